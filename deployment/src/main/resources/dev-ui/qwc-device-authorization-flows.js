import { QwcHotReloadElement, css, html, nothing } from 'qwc-hot-reload-element';
import { JsonRpc } from 'jsonrpc';
import { answerOf, durationOf, link, nameOf, problem, qrCode, styles, timeOf } from './device-authorization.js';

const STATES = {
    Started: 'Waiting for the person',
    Pending: 'Waiting for the person',
    SlowedDown: 'Waiting for the person, more slowly',
    TransientFailure: 'The server can\'t be asked, trying again',
    GaveUp: 'The server is not asked any more',
    Approved: 'Approved',
    Denied: 'Denied',
    Expired: 'Expired',
    Failed: 'Failed',
    Cancelled: 'Cancelled'
};

const ENTRIES = {
    Started: 'Asked for codes: issued',
    Pending: 'Polled: not decided yet',
    SlowedDown: 'Polled: slow down',
    TransientFailure: 'Polled: no answer that counts',
    GaveUp: 'Too many failures in a row: not polled any more',
    Approved: 'Polled: approved, and the tokens are stored',
    Denied: 'Polled: denied',
    Expired: 'The codes have ended',
    Failed: 'Polled: ended by the server',
    Cancelled: 'Cancelled by the application'
};

/** How many timelines are open at first. */
const UNFOLDED = 3;

/** The flows as they happen, and a way to start and decide one. */
export class QwcDeviceAuthorizationFlows extends QwcHotReloadElement {

    jsonRpc = new JsonRpc(this);

    static styles = [styles, css`
        .user-code {
            font-family: ui-monospace, monospace;
            font-size: var(--lumo-font-size-xxl);
            letter-spacing: 0.1em;
            margin: 0;
        }
        .sign-in {
            display: flex;
            flex-wrap: wrap;
            gap: var(--lumo-space-m) var(--lumo-space-l);
            margin: var(--lumo-space-m) 0;
        }
        .sign-in > div {
            flex: 1 1 16em;
        }
        .sign-in .qr {
            flex: 0 1 14em;
        }
        ol {
            list-style: none;
            margin: var(--lumo-space-s) 0 0;
            padding: 0;
            font-size: var(--lumo-font-size-s);
        }
        li {
            display: grid;
            grid-template-columns: 6.5em 9em 1fr;
            gap: 0 var(--lumo-space-s);
            padding: 2px 0;
        }
        .gap {
            display: flex;
            align-items: center;
            gap: var(--lumo-space-xs);
            white-space: nowrap;
        }
        .gap i {
            height: 6px;
            min-width: 1px;
            background: var(--lumo-primary-color);
            border-radius: 3px;
        }
        @media (max-width: 700px) {
            li {
                grid-template-columns: 6em 1fr;
                padding: var(--lumo-space-xs) 0;
            }
            li > :last-child {
                grid-column: 1 / -1;
            }
        }
    `];

    static properties = {
        _clients: { state: true },
        _flows: { state: true },
        _signIns: { state: true },
        _users: { state: true },
        _problem: { state: true },
        _told: { state: true },
        _starting: { state: true },
        _now: { state: true }
    };

    constructor() {
        super();
        this._flows = [];
        this._signIns = {};
        this._users = [];
        this._now = Date.now();
    }

    connectedCallback() {
        super.connectedCallback();
        this._clock = setInterval(() => this._now = Date.now(), 1000);
        this.hotReload();
    }

    disconnectedCallback() {
        clearInterval(this._clock);
        this._changes?.cancel();
        super.disconnectedCallback();
    }

    hotReload() {
        this._changes?.cancel();
        this._changes = this.jsonRpc.streamFlows().onNext(response => this._changed(response.result));
        answerOf(this.jsonRpc.clients()).then(answer => {
            this._clients = (answer.value ?? []).filter(client => client.usable);
            this._problem = answer.problem;
        });
        this.jsonRpc.flows().then(response => this._flows = response.result.filter(flow => flow.id));
    }

    _changed(flow) {
        if (!flow.id) {
            return;
        }
        const known = this._flows.findIndex(other => keyOf(other) === keyOf(flow));
        this._flows = known < 0 ? [flow, ...this._flows] : this._flows.with(known, flow);
        if (flow.over) {
            this._told = `${nameOf(flow.client)}, ${flow.owner}: ${STATES[flow.state]}`;
        }
    }

    render() {
        return html`
            ${this._start()}
            ${problem(this._problem)}
            <p class="unseen" role="status">${this._told}</p>
            <section aria-labelledby="flows">
                <h2 id="flows">Flows since the application was started</h2>
                ${this._flows.length === 0 ? html`<p>None yet. Start one here, or let the application start one.</p>` : nothing}
                ${this._flows.map((flow, index) => this._flow(flow, index))}
            </section>`;
    }

    _start() {
        if (!this._clients) {
            return nothing;
        }
        if (this._clients.length === 0) {
            return html`<p>No client of this application can be used: the page <em>Clients</em> says why.</p>`;
        }
        return html`
            <section aria-labelledby="start">
                <h2 id="start">Start a sign-in</h2>
                <form class="row fields" @submit=${this._submitted}>
                    <label class="field">Client
                        <select name="client">
                            ${this._clients.map(client => html`
                                <option value=${client.name}>${nameOf(client.name)}</option>`)}
                        </select></label>
                    <label class="field">Owner of the tokens
                        <input name="owner" value="default" autocomplete="off" spellcheck="false"></label>
                    <vaadin-button theme="primary" ?disabled=${this._starting}
                        @click=${event => event.target.closest('form').requestSubmit()}>Start</vaadin-button>
                </form>
            </section>`;
    }

    _flow(flow, index) {
        const waiting = !flow.over && (flow.expiresAt == null || this._now < flow.expiresAt);
        return html`
            <article aria-labelledby="flow-${index}">
                <header>
                    <h3 id="flow-${index}"><bdi>${nameOf(flow.client)}</bdi>, owner <bdi>${flow.owner}</bdi></h3>
                    <span class="badge ${flow.state === 'Approved' ? 'good' : flow.over ? 'bad' : ''}">
                        ${!waiting && !flow.over ? 'The codes have ended' : STATES[flow.state]}</span>
                    ${waiting && flow.expiresAt != null ? html`
                        <span class="quiet end">${durationOf(flow.expiresAt - this._now)} left</span>` : nothing}
                </header>
                ${waiting ? this._signIn(flow, this._signIns[keyOf(flow)]) : nothing}
                ${this._timeline(flow, index)}
            </article>`;
    }

    _signIn(flow, shown) {
        if (!shown) {
            return html`
                <p class="row">
                    <vaadin-button theme="small" @click=${() => this._showCode(flow)}>Show the code</vaadin-button>
                    ${this._cancel(flow)}
                </p>`;
        }
        if (!shown.value) {
            return problem(shown.problem);
        }
        const signIn = shown.value;
        const complete = signIn.verificationUriComplete;
        return html`
            <div class="sign-in">
                ${qrCode(signIn.qrCode, `QR code of ${complete ?? signIn.verificationUri}`)}
                <div>
                    <p>${link(signIn.verificationUri)}</p>
                    <p class="user-code"><span class="unseen">User code: </span>${signIn.userCode}</p>
                    ${complete ? html`<p class="quiet">With the code in it: ${link(complete)}</p>` : nothing}
                    <p class="row fields">
                        ${signIn.devService ? this._decision(signIn) : nothing}
                        ${this._cancel(flow)}
                    </p>
                    ${problem(shown.refusal)}
                </div>
            </div>`;
    }

    _decision(signIn) {
        return html`
            <label class="field">Person
                <select class="user">${this._users.map(user => html`<option>${user}</option>`)}</select></label>
            <vaadin-button theme="primary success" @click=${event => this._decide(signIn, 'approve',
                event.target.parentElement.querySelector('.user').value)}>Approve</vaadin-button>
            <vaadin-button theme="error" @click=${() => this._decide(signIn, 'deny', '')}>Deny</vaadin-button>
            <vaadin-button @click=${() => this._decide(signIn, 'expire', '')}>Let it expire</vaadin-button>`;
    }

    _cancel(flow) {
        return html`
            <vaadin-button theme="small tertiary" @click=${() => this._do(flow, this.jsonRpc.cancel(
                { client: flow.client, owner: flow.owner, id: flow.id }))}>Cancel</vaadin-button>`;
    }

    _timeline(flow, index) {
        const gaps = flow.entries.map((entry, nth) => nth === 0 ? 0 : entry.at - flow.entries[nth - 1].at);
        const longest = Math.max(...gaps, 1);
        return html`
            <details ?open=${index < UNFOLDED}>
                <summary>Timeline</summary>
                <ol>${flow.entries.map((entry, nth) => html`
                    ${nth === 1 && flow.omitted > 0 ? html`
                        <li><span></span><span></span><span>${flow.omitted} entries are left out here</span></li>` : nothing}
                    <li>
                        <time datetime=${new Date(entry.at).toISOString()}>${timeOf(entry.at)}</time>
                        <span class="gap">${nth === 0 ? nothing : html`
                            <i style="width: ${Math.round(gaps[nth] / longest * 50)}px"></i>
                            +${(gaps[nth] / 1000).toFixed(1)} s`}</span>
                        <span>${ENTRIES[entry.kind] ?? entry.kind}${entry.detail ? html`: ${entry.detail}` : nothing}</span>
                    </li>`)}
                </ol>
            </details>`;
    }

    _submitted(event) {
        event.preventDefault();
        const form = new FormData(event.target);
        this._starting = true;
        answerOf(this.jsonRpc.start({ client: form.get('client'), owner: form.get('owner') })).then(answer => {
            this._starting = false;
            this._problem = answer.problem;
            if (answer.value) {
                this._show(answer);
            }
        });
    }

    _showCode(flow) {
        answerOf(this.jsonRpc.codes({ client: flow.client, owner: flow.owner, id: flow.id })).then(answer =>
            answer.value ? this._show(answer) : this._signIns = { ...this._signIns, [keyOf(flow)]: answer });
    }

    _show(answer) {
        this._signIns = { ...this._signIns, [keyOf(answer.value)]: answer };
        if (answer.value.devService && this._users.length === 0) {
            answerOf(this.jsonRpc.script()).then(script => this._users = script.value?.state.users ?? []);
        }
    }

    _decide(signIn, action, user) {
        this._do(signIn, this.jsonRpc.runScript(
            { action, userCode: signIn.userCode, user, endpoint: '', status: '', times: '' }));
    }

    /** What goes wrong is told beside the flow that it is about. */
    _do(flow, call) {
        answerOf(call).then(answer => {
            const shown = this._signIns[keyOf(flow)];
            if (shown) {
                this._signIns = { ...this._signIns, [keyOf(flow)]: { ...shown, refusal: answer.problem } };
            } else {
                this._problem = answer.problem;
            }
        });
    }
}

function keyOf(flow) {
    return JSON.stringify([flow.client, flow.owner, flow.id]);
}

customElements.define('qwc-device-authorization-flows', QwcDeviceAuthorizationFlows);

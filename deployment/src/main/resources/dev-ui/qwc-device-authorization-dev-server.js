import { QwcHotReloadElement, css, html, nothing } from 'qwc-hot-reload-element';
import { JsonRpc } from 'jsonrpc';
import { answerOf, link, problem, styles } from './device-authorization.js';

const ENDPOINTS = ['token', 'device_authorization', 'revocation', 'userinfo', 'jwks', 'openid_configuration',
    'authorization_server_metadata', 'hello'];

const COUNTERS = {
    device_authorization_requests: 'device authorization requests',
    token_requests: 'token requests',
    jwks_requests: 'requests for keys',
    early_polls: 'polls that came too early',
    refresh_token_reuses: 'refresh tokens used again',
    revocations: 'tokens revoked'
};

const DONE = {
    approve: 'Approved.',
    deny: 'Denied.',
    expire: 'Expired.',
    slow_down: 'One more poll will be answered with slow_down.',
    pending: 'The next polls will be answered with authorization_pending.',
    fail: 'The next requests will fail.',
    drop_connection: 'The connection of the next request will be closed.',
    lose_answer: 'The answer to the next request will be lost.',
    reset: 'The queue is empty, and all flows are forgotten.'
};

/** The script of the Dev Service: what the person decides, and what goes wrong. */
export class QwcDeviceAuthorizationDevServer extends QwcHotReloadElement {

    jsonRpc = new JsonRpc(this);

    static styles = [styles, css`
        fieldset {
            border: 1px solid var(--lumo-contrast-20pct);
            border-radius: var(--lumo-border-radius-l);
            margin: 0 0 var(--lumo-space-m);
            padding: var(--lumo-space-s) var(--lumo-space-m) var(--lumo-space-m);
            min-width: 0;
        }
        legend {
            font-weight: 600;
            padding: 0 var(--lumo-space-xs);
        }
        .number {
            width: 8em;
        }
        ul {
            margin: 0;
            padding-inline-start: var(--lumo-space-m);
        }
    `];

    static properties = {
        _server: { state: true },
        _loaded: { state: true },
        _problem: { state: true },
        _done: { state: true }
    };

    connectedCallback() {
        super.connectedCallback();
        this.hotReload();
    }

    disconnectedCallback() {
        this._changes?.cancel();
        super.disconnectedCallback();
    }

    hotReload() {
        this._changes?.cancel();
        this._changes = this.jsonRpc.streamFlows().onNext(() => this._load());
        this._load();
    }

    _load() {
        answerOf(this.jsonRpc.script()).then(answer => this._answered(answer));
    }

    _answered(answer) {
        this._loaded = true;
        this._problem = answer.problem;
        if (!answer.problem) {
            this._server = answer.value;
        }
    }

    render() {
        if (!this._loaded) {
            return html`<p role="status">Loading the script …</p>`;
        }
        if (!this._server) {
            return html`${problem(this._problem)}
                <p>No client of this application has the Dev Service for its server. It starts when a client that is injected has
                    no <code>auth-server-url</code> and no <code>provider</code> in dev mode.</p>`;
        }
        return html`
            <p>The Dev Service at ${link(this._server.url)} does what you tell it here. Steps wait in a queue until a request meets
                them.</p>
            ${problem(this._problem)}
            <p role="status">${this._done}</p>
            ${this._person()}
            ${this._nextPolls()}
            ${this._faults()}
            ${this._state()}`;
    }

    _person() {
        return html`
            <fieldset>
                <legend>All flows that wait, or else the next one</legend>
                <div class="row fields">
                    <label class="field">Person
                        <select id="user">${this._server.state.users.map(user => html`<option>${user}</option>`)}</select></label>
                    <vaadin-button theme="primary success"
                        @click=${() => this._run('approve', { user: this._field('user') })}>Approve</vaadin-button>
                    <vaadin-button theme="error" @click=${() => this._run('deny')}>Deny</vaadin-button>
                    <vaadin-button @click=${() => this._run('expire')}>Let them expire</vaadin-button>
                </div>
            </fieldset>`;
    }

    _nextPolls() {
        return html`
            <fieldset>
                <legend>The next polls</legend>
                <div class="row fields">
                    <vaadin-button @click=${() => this._run('slow_down')}>Slow down</vaadin-button>
                    <label class="field">Polls
                        <input id="polls" class="number" type="number" min="1" max="100" value="3"></label>
                    <vaadin-button @click=${() => this._run('pending', { times: this._field('polls') })}>
                        Not decided yet</vaadin-button>
                </div>
            </fieldset>`;
    }

    _faults() {
        return html`
            <fieldset>
                <legend>The next requests fail</legend>
                <div class="row fields">
                    <label class="field">Endpoint
                        <select id="endpoint">${ENDPOINTS.map(name => html`<option>${name}</option>`)}</select></label>
                    <label class="field">HTTP status
                        <input id="status" class="number" type="number" min="200" max="599" value="502"></label>
                    <label class="field">Requests
                        <input id="times" class="number" type="number" min="1" max="100" value="1"></label>
                    <vaadin-button theme="error" @click=${() => this._run('fail', { endpoint: this._field('endpoint'),
                        status: this._field('status'), times: this._field('times') })}>Fail</vaadin-button>
                    <vaadin-button @click=${() => this._run('drop_connection', { endpoint: this._field('endpoint') })}>
                        Drop the connection</vaadin-button>
                    <vaadin-button @click=${() => this._run('lose_answer', { endpoint: this._field('endpoint') })}>
                        Lose the answer</vaadin-button>
                </div>
            </fieldset>`;
    }

    _state() {
        const { flows, queue, counters } = this._server.state;
        return html`
            <section aria-labelledby="queue">
                <h2 id="queue">Queue</h2>
                ${Object.keys(queue).length === 0 ? html`<p>Empty: the server answers as usual.</p>` : html`
                    <ul>${Object.entries(queue).map(([endpoint, steps]) => html`
                        <li><code>${endpoint}</code>: ${steps.join(', ')}</li>`)}
                    </ul>`}
                <p class="row">
                    <vaadin-button theme="small" @click=${() => this._load()}>Look again</vaadin-button>
                    <vaadin-button theme="small tertiary" @click=${() => this._run('reset')}>
                        Empty the queue and forget all flows</vaadin-button>
                </p>
            </section>
            <section aria-labelledby="seen">
                <h2 id="seen">What the server has seen</h2>
                ${flows.length === 0 ? html`<p>No flows.</p>` : html`
                    <table>
                        <caption class="unseen">Flows at the server</caption>
                        <thead><tr><th scope="col">User code</th><th scope="col">Client id</th><th scope="col">State</th></tr></thead>
                        <tbody>${flows.map(flow => html`
                            <tr><th scope="row"><code>${flow.user_code}</code></th><td>${flow.client_id}</td>
                                <td>${flow.state}${flow.user ? html`, by ${flow.user}` : nothing}</td></tr>`)}
                        </tbody>
                    </table>`}
                <ul>${Object.entries(counters).map(([name, count]) => html`<li>${count} ${COUNTERS[name] ?? name}</li>`)}</ul>
            </section>`;
    }

    _field(id) {
        return this.renderRoot.getElementById(id).value;
    }

    _run(action, parameters = {}) {
        this._done = '';
        answerOf(this.jsonRpc.runScript(
            { action, userCode: '', user: '', endpoint: '', status: '', times: '', ...parameters })).then(answer => {
                this._answered(answer);
                this._done = answer.problem ? '' : DONE[action];
            });
    }
}

customElements.define('qwc-device-authorization-dev-server', QwcDeviceAuthorizationDevServer);

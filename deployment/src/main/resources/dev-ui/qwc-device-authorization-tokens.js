import { QwcHotReloadElement, css, html, nothing } from 'qwc-hot-reload-element';
import { JsonRpc } from 'jsonrpc';
import { answerOf, dateOf, durationOf, nameOf, problem, styles, timeOf } from './device-authorization.js';

const EVENTS = {
    Refreshed: 'Refreshed',
    RefreshRejected: 'The server refused the refresh token',
    SignedOut: 'Signed out'
};

/** What changes stored tokens. */
const CHANGES = ['Approved', 'Refreshed', 'RefreshRejected', 'SignedOut'];

/** The stored tokens: what they say, and never what they are. */
export class QwcDeviceAuthorizationTokens extends QwcHotReloadElement {

    jsonRpc = new JsonRpc(this);

    static styles = [styles, css`
        dl {
            display: grid;
            grid-template-columns: max-content 1fr;
            gap: var(--lumo-space-xs) var(--lumo-space-m);
            margin: var(--lumo-space-s) 0;
        }
        dt {
            font-weight: 600;
        }
        dd {
            margin: 0;
            min-width: 0;
        }
        ul {
            margin: 0;
            padding-inline-start: var(--lumo-space-m);
            font-size: var(--lumo-font-size-s);
        }
        @media (max-width: 700px) {
            dl {
                display: block;
            }
            dd {
                margin-bottom: var(--lumo-space-s);
            }
        }
    `];

    static properties = {
        _clients: { state: true },
        _problem: { state: true },
        _history: { state: true },
        _leaving: { state: true },
        _now: { state: true }
    };

    constructor() {
        super();
        this._history = [];
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
        this._changes = this.jsonRpc.streamFlows().onNext(response => {
            if (CHANGES.includes(response.result.state)) {
                this._load();
            }
        });
        this._load();
    }

    _load() {
        answerOf(this.jsonRpc.tokens()).then(answer => {
            this._clients = answer.value ?? this._clients;
            this._problem = answer.problem;
        });
        this.jsonRpc.flows().then(response => this._history = response.result.filter(flow => !flow.id));
    }

    render() {
        if (!this._clients) {
            return this._problem ? problem(this._problem) : html`<p role="status">Loading the tokens …</p>`;
        }
        return html`
            ${problem(this._problem)}
            <p class="quiet">Looking at tokens refreshes none. No token is shown as a whole: of each, its last four characters, so
                that you can tell two apart.</p>
            ${this._clients.map((client, index) => this._client(client, index))}`;
    }

    _client(client, index) {
        return html`
            <section aria-labelledby="tokens-${index}">
                <h2 id="tokens-${index}"><bdi>${nameOf(client.client)}</bdi></h2>
                ${problem(client.problem)}
                ${client.owners === 0 && !client.problem ? html`<p>Nobody is signed in.</p>` : nothing}
                ${client.owners > client.shown.length ? html`
                    <p>${client.shown.length} of ${client.owners} owners are shown.</p>` : nothing}
                ${client.shown.map((tokens, owner) => this._tokens(tokens, `${index}-${owner}`))}
            </section>`;
    }

    _tokens(tokens, id) {
        return html`
            <article aria-labelledby="owner-${id}">
                <header>
                    <h3 id="owner-${id}">Owner <bdi>${tokens.owner}</bdi></h3>
                    <span class="badge">${tokens.tokenType}${tokens.bound ? ', bound to a key' : nothing}</span>
                    ${this._expiry(tokens.expiresAt)}
                    ${tokens.refreshing ? html`<span class="badge">a refresh is under way, or was cut off</span>` : nothing}
                    ${this._signOut(tokens)}
                </header>
                <dl>
                    <dt>Scopes</dt><dd>${tokens.scopes.length === 0 ? 'not told' : tokens.scopes.join(' ')}</dd>
                    ${this._token('Access token', tokens.accessToken)}
                    ${this._token('Refresh token', tokens.refreshToken)}
                    ${this._token('ID token', tokens.idToken)}
                </dl>
                ${this._events(tokens)}
            </article>`;
    }

    _expiry(expiresAt) {
        if (expiresAt == null) {
            return html`<span class="badge">no known end</span>`;
        }
        const left = expiresAt - this._now;
        return html`<span class="badge ${left > 0 ? 'good' : 'bad'}" title=${dateOf(expiresAt)}>
            ${left > 0 ? `good for ${durationOf(left)}` : `expired ${durationOf(left)} ago`}</span>`;
    }

    _token(name, token) {
        if (!token) {
            return html`<dt>${name}</dt><dd>none</dd>`;
        }
        const said = name === 'ID token' ? name : name.toLowerCase();
        return html`
            <dt>${name}</dt>
            <dd><code>…${token.end}</code>${token.jwt ? nothing : ', not readable as a JWT'}
                ${token.jwt ? html`
                    <details>
                        <summary>What the ${said} says (decoded, signature not verified)</summary>
                        ${Object.keys(token.jwt.times).length === 0 ? nothing : html`
                            <ul>${Object.entries(token.jwt.times).map(([claim, time]) => html`
                                <li><code>${claim}</code>: ${dateOf(time)}</li>`)}
                            </ul>`}
                        <pre tabindex="0" aria-label="Claims of the ${said}">${token.jwt.claims}</pre>
                        <pre tabindex="0" aria-label="Header of the ${said}">${token.jwt.header}</pre>
                    </details>` : nothing}
            </dd>`;
    }

    _events(tokens) {
        const happened = this._history.find(other => other.client === tokens.client && other.owner === tokens.owner);
        return happened ? html`
            <details>
                <summary>What has happened to them</summary>
                <ul>${happened.entries.map(entry => html`
                    <li>${timeOf(entry.at)} ${EVENTS[entry.kind] ?? entry.kind}${entry.detail ? html`: ${entry.detail}`
                        : nothing}</li>`)}
                </ul>
            </details>` : nothing;
    }

    /** Asks once more, since the tokens are gone after it. */
    _signOut(tokens) {
        const key = JSON.stringify([tokens.client, tokens.owner]);
        if (this._leaving !== key) {
            return html`
                <vaadin-button class="end" theme="small" aria-label="Sign out ${tokens.owner}"
                    @click=${() => this._leaving = key}>Sign out</vaadin-button>`;
        }
        return html`
            <span class="row end" role="group" aria-label="Sign out ${tokens.owner}?">
                <vaadin-button theme="small error primary" @click=${() => this._leave(tokens)}>Revoke and forget</vaadin-button>
                <vaadin-button theme="small tertiary" @click=${() => this._leaving = null}>Keep</vaadin-button>
            </span>`;
    }

    _leave(tokens) {
        this._leaving = null;
        answerOf(this.jsonRpc.signOut({ client: tokens.client, owner: tokens.owner })).then(answer => {
            this._load();
            this._problem = answer.problem;
        });
    }
}

customElements.define('qwc-device-authorization-tokens', QwcDeviceAuthorizationTokens);

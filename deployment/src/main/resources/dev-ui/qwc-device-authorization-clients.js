import { QwcHotReloadElement, css, html, nothing } from 'qwc-hot-reload-element';
import { JsonRpc } from 'jsonrpc';
import { answerOf, nameOf, problem, styles } from './device-authorization.js';

const ORIGINS = {
    DEFAULT: 'default',
    PRESET: 'preset of the provider',
    DERIVED: 'follows from other keys',
    NOT_SET: 'not set'
};

/** The clients: what each is set to, where that comes from, and whether its endpoint can be used. */
export class QwcDeviceAuthorizationClients extends QwcHotReloadElement {

    jsonRpc = new JsonRpc(this);

    static styles = [styles, css`
        td.value code {
            white-space: pre-wrap;
        }
        .configured td, .configured th {
            font-weight: 600;
        }
    `];

    static properties = {
        _clients: { state: true },
        _problem: { state: true },
        _statuses: { state: true },
        _asking: { state: true },
        _all: { state: true }
    };

    constructor() {
        super();
        this._statuses = {};
        this._asking = {};
        this._all = false;
    }

    connectedCallback() {
        super.connectedCallback();
        this.hotReload();
    }

    hotReload() {
        answerOf(this.jsonRpc.clients()).then(answer => {
            this._clients = answer.value;
            this._problem = answer.problem;
        });
    }

    render() {
        if (!this._clients) {
            return this._problem ? problem(this._problem) : html`<p role="status">Loading the clients …</p>`;
        }
        return html`
            <p class="row">
                <label><input type="checkbox" .checked=${this._all} @change=${event => this._all = event.target.checked}>
                    Show keys without a value, too</label>
            </p>
            ${this._clients.length === 0 ? html`<p>This application has no client.</p>` : nothing}
            ${this._clients.map((client, index) => this._client(client, index))}`;
    }

    _client(client, index) {
        return html`
            <article aria-labelledby="client-${index}">
                <header>
                    <h2 id="client-${index}"><bdi>${nameOf(client.name)}</bdi></h2>
                    ${client.usable ? html`<span class="badge good">in use</span>`
                        : html`<span class="badge">not usable</span>`}
                    ${client.devService ? html`<span class="badge">Dev Service</span>` : nothing}
                    ${client.usable ? html`
                        <vaadin-button class="end" theme="small" ?disabled=${this._asking[client.name]}
                            aria-label="Check the endpoint of ${nameOf(client.name)}"
                            @click=${() => this._probe(client.name)}>Check the endpoint</vaadin-button>` : nothing}
                </header>
                ${client.problem ? html`<p>${client.problem}</p>` : nothing}
                <div role="status">${this._status(this._statuses[client.name])}</div>
                ${this._settings(client)}
            </article>`;
    }

    _status(status) {
        if (!status) {
            return nothing;
        }
        if (!status.value) {
            return html`<p class="problem">${status.problem}</p>`;
        }
        const { up, probed, latency, cached, problem } = status.value;
        return html`
            <p><strong class=${up ? 'good' : 'bad'}>${up ? 'Up' : 'Down'}</strong>
                <code>${probed}</code>, ${latency} ms${cached ? ', known from an earlier check' : nothing}
                ${problem ? html`<br>${problem}` : nothing}</p>`;
    }

    _settings(client) {
        const shown = client.settings.filter(setting => this._all || setting.origin !== 'NOT_SET');
        return html`
            <table>
                <caption class="unseen">Configuration of ${nameOf(client.name)}</caption>
                <thead><tr><th scope="col">Key</th><th scope="col">Value</th><th scope="col">From</th></tr></thead>
                <tbody>${shown.map(setting => this._setting(setting))}</tbody>
            </table>`;
    }

    _setting(setting) {
        return html`
            <tr class=${setting.origin === 'CONFIGURED' ? 'configured' : ''}>
                <th scope="row"><code>${setting.key}</code></th>
                <td class="value">${this._value(setting)}</td>
                <td title=${setting.sourceName ?? ''}>
                    ${setting.origin === 'CONFIGURED' ? setting.source : ORIGINS[setting.origin]}</td>
            </tr>`;
    }

    _value(setting) {
        if (setting.secret) {
            return setting.origin === 'NOT_SET' ? 'not set' : 'set, not shown';
        }
        return html`
            ${setting.value == null ? nothing : html`<code>${setting.value}</code>`}
            ${setting.inUse == null ? nothing
                : html`${setting.value == null ? nothing : ' used as '}<code>${setting.inUse}</code>`}`;
    }

    _probe(client) {
        this._asking = { ...this._asking, [client]: true };
        answerOf(this.jsonRpc.probe({ client })).then(answer => {
            this._asking = { ...this._asking, [client]: false };
            this._statuses = { ...this._statuses, [client]: answer };
        });
    }
}

customElements.define('qwc-device-authorization-clients', QwcDeviceAuthorizationClients);

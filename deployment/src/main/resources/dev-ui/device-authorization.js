import { css, html, nothing } from 'lit';
import '@vaadin/button';
import '@vaadin/icon';

/*
 * What the pages share. Everything that they show is text from servers, owners and configuration: it goes into templates of
 * lit, which escape it, and never into the notifier of the Dev UI, which does not.
 */

/** How many light modules belong around a QR code. */
const QUIET_ZONE = 4;

/** A failure of the call itself has no result. Members that are null are left out of answers. */
export function answerOf(call) {
    return call.then(
        response => response.result,
        failed => ({ value: null, problem: failed?.error?.message ?? 'The application did not answer' }));
}

export function nameOf(client) {
    return client === '<default>' ? 'default client' : client;
}

export function timeOf(millis) {
    return new Date(millis).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit', second: '2-digit' });
}

export function dateOf(millis) {
    return new Date(millis).toLocaleString();
}

/** How long, in one or two units. */
export function durationOf(millis) {
    const seconds = Math.floor(Math.abs(millis) / 1000);
    if (seconds < 60) {
        return `${seconds} s`;
    }
    if (seconds < 3600) {
        return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
    }
    if (seconds < 86400) {
        return `${Math.floor(seconds / 3600)} h ${Math.floor(seconds % 3600 / 60)} min`;
    }
    return `${Math.floor(seconds / 86400)} d ${Math.floor(seconds % 86400 / 3600)} h`;
}

/** Only what a browser opens as a page becomes a link. */
export function link(uri) {
    return /^https?:\/\//i.test(uri)
        ? html`<a href=${uri} target="_blank" rel="noopener noreferrer">${uri}</a>`
        : html`${uri}`;
}

/** Dark on light, whatever the theme is: many readers know no other way round. */
export function qrCode(rows, what) {
    if (rows.length === 0) {
        return nothing;
    }
    let path = '';
    rows.forEach((row, y) => {
        for (const run of row.matchAll(/1+/g)) {
            path += `M${run.index + QUIET_ZONE} ${y + QUIET_ZONE}h${run[0].length}v1h-${run[0].length}z`;
        }
    });
    const all = rows.length + 2 * QUIET_ZONE;
    return html`
        <svg class="qr" viewBox="0 0 ${all} ${all}" shape-rendering="crispEdges" role="img" aria-label=${what}>
            <rect width="100%" height="100%" fill="#fff"></rect>
            <path d=${path} fill="#000"></path>
        </svg>`;
}

export function problem(text) {
    return text ? html`<p class="problem" role="alert">${text}</p>` : nothing;
}

export const styles = css`
    :host {
        display: block;
        box-sizing: border-box;
        padding: 0 var(--lumo-space-m) var(--lumo-space-l);
        color: var(--lumo-body-text-color);
        overflow-wrap: anywhere;
    }
    * {
        box-sizing: border-box;
    }
    h2 {
        font-size: var(--lumo-font-size-l);
        margin: var(--lumo-space-m) 0 var(--lumo-space-s);
    }
    h3 {
        font-size: var(--lumo-font-size-m);
        margin: 0;
    }
    p {
        margin: var(--lumo-space-s) 0;
    }
    /* The colours of the Dev UI have too little contrast for text, in light or in dark */
    :host {
        --link: color-mix(in srgb, var(--lumo-primary-color) 40%, var(--lumo-header-text-color));
        --good: color-mix(in srgb, var(--lumo-success-color) 40%, var(--lumo-header-text-color));
        --bad: color-mix(in srgb, var(--lumo-error-color) 40%, var(--lumo-header-text-color));
    }
    a {
        color: var(--link);
        text-decoration: underline;
    }
    vaadin-button {
        --lumo-primary-text-color: var(--link);
        --lumo-error-text-color: var(--bad);
        margin: 0;
    }
    vaadin-button[theme~=primary] {
        background: color-mix(in srgb, var(--lumo-primary-color) 65%, black);
        color: #fff;
    }
    vaadin-button[theme~=success] {
        background: color-mix(in srgb, var(--lumo-success-color) 65%, black);
    }
    vaadin-button[theme~=primary][theme~=error] {
        background: color-mix(in srgb, var(--lumo-error-color) 65%, black);
    }
    code, pre {
        font-family: ui-monospace, monospace;
        font-size: var(--lumo-font-size-s);
    }
    pre {
        margin: var(--lumo-space-s) 0;
        padding: var(--lumo-space-s);
        background: var(--lumo-contrast-5pct);
        white-space: pre-wrap;
    }
    article {
        border: 1px solid var(--lumo-contrast-20pct);
        border-radius: var(--lumo-border-radius-l);
        padding: var(--lumo-space-m);
        margin-bottom: var(--lumo-space-m);
    }
    article > header, .row {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--lumo-space-s) var(--lumo-space-m);
    }
    article > header h2 {
        margin: 0;
    }
    article > header > .end {
        margin-inline-start: auto;
    }
    .row.fields {
        align-items: end;
    }
    label.field {
        display: flex;
        flex-direction: column;
        gap: 2px;
        font-size: var(--lumo-font-size-s);
        min-width: 8em;
    }
    input:not([type=checkbox]), select {
        font: inherit;
        color: inherit;
        background: var(--lumo-base-color);
        border: 1px solid var(--lumo-contrast-60pct);
        border-radius: var(--lumo-border-radius-m);
        min-height: var(--lumo-size-m);
        padding: 0 var(--lumo-space-s);
        max-width: 100%;
    }
    input:focus-visible, select:focus-visible, summary:focus-visible, a:focus-visible {
        outline: 2px solid var(--lumo-primary-color);
        outline-offset: 2px;
    }
    summary {
        cursor: pointer;
        padding: var(--lumo-space-xs) 0;
    }
    .badge {
        border: 1px solid currentcolor;
        border-radius: var(--lumo-border-radius-l);
        padding: 0 var(--lumo-space-s);
        font-size: var(--lumo-font-size-s);
        white-space: nowrap;
    }
    .quiet {
        font-size: var(--lumo-font-size-s);
    }
    .good {
        color: var(--good);
    }
    .bad, .problem {
        color: var(--bad);
    }
    .problem {
        border-inline-start: 4px solid currentcolor;
        padding-inline-start: var(--lumo-space-s);
    }
    .qr {
        display: block;
        width: min(14em, 100%);
        height: auto;
    }
    .unseen {
        position: absolute;
        width: 1px;
        height: 1px;
        overflow: hidden;
        clip-path: inset(50%);
        white-space: nowrap;
    }
    table {
        width: 100%;
        border-collapse: collapse;
        font-size: var(--lumo-font-size-s);
    }
    th, td {
        text-align: start;
        vertical-align: top;
        padding: var(--lumo-space-xs) var(--lumo-space-s) var(--lumo-space-xs) 0;
        border-bottom: 1px solid var(--lumo-contrast-10pct);
        font-weight: inherit;
    }
    thead th {
        font-weight: 600;
    }
    @media (max-width: 700px) {
        :host {
            padding: 0 var(--lumo-space-s) var(--lumo-space-m);
        }
        article {
            padding: var(--lumo-space-s);
        }
        thead {
            position: absolute;
            clip-path: inset(50%);
            width: 1px;
            height: 1px;
            overflow: hidden;
        }
        tr, th, td {
            display: block;
        }
        th, td {
            border: 0;
            padding: 0;
        }
        tr {
            padding: var(--lumo-space-xs) 0;
            border-bottom: 1px solid var(--lumo-contrast-10pct);
        }
        vaadin-button, select, input:not([type=checkbox]) {
            min-height: 44px;
        }
    }
`;

package io.quarkiverse.deviceauthorization.runtime.dev;

import java.util.List;

/**
 * What has happened to a flow, or to the tokens of an owner, as a page shows it.
 *
 * @param client the name of the client
 * @param owner the account holder
 * @param id the id of the flow; null for what happened to tokens
 * @param expiresAt when its codes end, in milliseconds since 1970; or null
 * @param state what happened last
 * @param over whether nothing happens to it any more
 * @param omitted how many entries are left out between the first one and the others
 * @param entries what has happened, first things first
 */
record FlowView(String client, String owner, String id, Long expiresAt, String state, boolean over, int omitted,
        List<Entry> entries) {

    /**
     * Something that happened.
     *
     * @param at when, in milliseconds since 1970
     * @param kind the name of the event
     * @param detail what the event tells besides; or null
     */
    record Entry(long at, String kind, String detail) {
    }
}

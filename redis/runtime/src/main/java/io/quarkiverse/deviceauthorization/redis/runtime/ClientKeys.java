package io.quarkiverse.deviceauthorization.redis.runtime;

/**
 * The keys of one client. Redis Cluster places keys by what is between their first braces, so all of a client are in one slot,
 * and a script may use several of them.
 */
final class ClientKeys {

    private final String client;
    private final String beginning;

    /** @param prefix has no braces */
    ClientKeys(String prefix, String client) {
        this.client = client;
        this.beginning = prefix + ":{" + KeyText.encode(client) + "}:";
    }

    String client() {
        return client;
    }

    String flow(String id) {
        return flowOfMember(KeyText.encode(id));
    }

    /** @param member an id as it is in the lists of flows */
    String flowOfMember(String member) {
        return beginning + "flow:" + member;
    }

    /** @return the key of the owner's pending flows, sorted by the end of their codes in milliseconds since the epoch */
    String pending(String owner) {
        return beginning + "pending:" + KeyText.encode(owner);
    }

    /** @return the key of the followed flows, sorted by their next request in microseconds since the epoch */
    String followed() {
        return beginning + "followed";
    }

    String tokens(String owner) {
        return tokensOfMember(KeyText.encode(owner));
    }

    /** @param member an owner as it is in the set of owners */
    String tokensOfMember(String member) {
        return beginning + "tokens:" + member;
    }

    String owners() {
        return beginning + "owners";
    }

    String lease(String owner) {
        return beginning + "lease:" + KeyText.encode(owner);
    }

    String probe() {
        return beginning + "probe";
    }
}

package io.quarkiverse.deviceauthorization.it.redis;

import java.util.Optional;

/** A token request and its answer. Times are in microseconds. */
final class TokenExchange {

    final String node;
    final long receivedAt;
    final Optional<String> spent;
    private volatile long performedAt;
    private volatile String error;
    private volatile String accessToken;
    private volatile String refreshToken;

    /**
     * @param node the process that asked
     * @param spent a digest of the refresh token that it came with, if it was a refresh
     */
    TokenExchange(String node, long receivedAt, Optional<String> spent) {
        this.node = node;
        this.receivedAt = receivedAt;
        this.spent = spent;
    }

    /** The request was carried out; tokens as digests, null if there are none. */
    void performed(long at, String error, String accessToken, String refreshToken) {
        this.error = error;
        this.accessToken = accessToken;
        this.refreshToken = refreshToken;
        this.performedAt = at;
    }

    long performedAt() {
        return performedAt;
    }

    Optional<String> issuedAccessToken() {
        return Optional.ofNullable(accessToken);
    }

    Optional<String> issuedRefreshToken() {
        return Optional.ofNullable(refreshToken);
    }

    /** Whether nobody needs to ask again. */
    boolean ends() {
        return accessToken != null || error != null && !error.equals("authorization_pending") && !error.equals("slow_down");
    }

    @Override
    public String toString() {
        return receivedAt + " by " + node + ": " + (accessToken != null ? "tokens" : error) + " at " + performedAt;
    }
}

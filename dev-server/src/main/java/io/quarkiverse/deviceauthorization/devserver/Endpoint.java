package io.quarkiverse.deviceauthorization.devserver;

/** The endpoints of the server. */
public enum Endpoint {

    /** Where a flow starts (RFC 8628 §3.1). */
    DEVICE_AUTHORIZATION("/oauth/device/code"),
    /** Where clients poll and refresh (RFC 8628 §3.4, RFC 6749 §6). */
    TOKEN("/oauth/token"),
    /** Where clients revoke (RFC 7009). */
    REVOCATION("/oauth/revoke"),
    /** OpenID Connect Discovery 1.0 §4. */
    OPENID_CONFIGURATION("/.well-known/openid-configuration"),
    /** RFC 8414 §3. */
    AUTHORIZATION_SERVER_METADATA("/.well-known/oauth-authorization-server"),
    /** The public signing key (RFC 7517). */
    JWKS("/.well-known/jwks.json"),
    /** OpenID Connect Core 1.0 §5.3. */
    USERINFO("/userinfo"),
    /** A protected resource that says who calls. */
    HELLO("/api/hello");

    private final String path;

    Endpoint(String path) {
        this.path = path;
    }

    /** The path, to be appended to the issuer. */
    public String path() {
        return path;
    }
}

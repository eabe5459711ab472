package io.quarkiverse.deviceauthorization.runtime.config;

/** How a client secret is used (RFC 6749 §2.3.1, OpenID Connect Core 1.0 §9). */
public enum ClientSecretMethod {
    /** {@code client_secret_basic}: in the {@code Authorization} header. */
    BASIC,
    /** {@code client_secret_post}: as a form parameter. */
    POST,
    /** {@code client_secret_jwt}: it signs an assertion for each request, and is not sent. */
    POST_JWT
}

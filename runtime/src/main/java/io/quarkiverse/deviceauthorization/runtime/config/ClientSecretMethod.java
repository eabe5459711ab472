package io.quarkiverse.deviceauthorization.runtime.config;

/** How a client secret is sent (RFC 6749 §2.3.1). */
public enum ClientSecretMethod {
    /** {@code client_secret_basic}: in the {@code Authorization} header. */
    BASIC,
    /** {@code client_secret_post}: as a form parameter. */
    POST
}

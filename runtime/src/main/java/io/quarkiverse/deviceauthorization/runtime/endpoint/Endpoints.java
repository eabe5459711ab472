package io.quarkiverse.deviceauthorization.runtime.endpoint;

import java.net.URI;
import java.util.Optional;

/**
 * Where the requests go.
 *
 * @param deviceAuthorization the device authorization endpoint (RFC 8628 §3.1)
 * @param token the token endpoint (RFC 6749 §3.2)
 * @param revocation the revocation endpoint (RFC 7009 §2), if there is one
 * @param userInfo the userinfo endpoint (OpenID Connect Core 1.0 §5.3), if there is one
 * @param jwks the keys of the server (RFC 7517 §5), if it publishes any
 * @param issuer what the server says that it is, if it does
 */
record Endpoints(URI deviceAuthorization, URI token, Optional<URI> revocation, Optional<URI> userInfo, Optional<URI> jwks,
        Optional<String> issuer) {
}

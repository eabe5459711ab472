package io.quarkiverse.deviceauthorization.runtime.endpoint;

import java.net.URI;
import java.util.Optional;

/**
 * Where the requests go.
 *
 * @param deviceAuthorization the device authorization endpoint (RFC 8628 §3.1)
 * @param token the token endpoint (RFC 6749 §3.2)
 * @param revocation the revocation endpoint (RFC 7009 §2), if there is one
 */
record Endpoints(URI deviceAuthorization, URI token, Optional<URI> revocation) {
}

package io.quarkiverse.deviceauthorization.devserver;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a client asked for at the device authorization endpoint.
 *
 * @param clientId the client
 * @param scopes the scopes
 * @param audiences where the access token shall be good for: {@code audience}, {@code resource}
 * @param authorizationDetails RFC 9396, empty when none were sent
 * @param nonce what the ID token shall repeat
 * @param codeChallenge what the {@code code_verifier} of each poll must match (RFC 7636)
 * @param keyThumbprint the key of the DPoP proof that came along: each poll must show it
 */
record DeviceRequest(String clientId, Set<String> scopes, List<String> audiences,
        List<Map<String, Object>> authorizationDetails, Optional<String> nonce, Optional<String> codeChallenge,
        Optional<String> keyThumbprint) {
}

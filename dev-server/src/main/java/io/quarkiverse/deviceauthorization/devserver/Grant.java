package io.quarkiverse.deviceauthorization.devserver;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a person approved: the substance of the tokens.
 *
 * @param request what was asked for
 * @param user the person
 * @param scopes what was granted
 * @param keyThumbprint the key that the tokens are bound to (RFC 9449); none: they are bearer tokens
 */
record Grant(DeviceRequest request, User user, Set<String> scopes, Optional<String> keyThumbprint) {

    Grant narrowedTo(Set<String> fewer) {
        return new Grant(request, user, fewer, keyThumbprint);
    }

    Grant boundTo(Optional<String> thumbprint) {
        return new Grant(request, user, scopes, thumbprint);
    }

    String clientId() {
        return request.clientId();
    }

    List<String> audiences() {
        return request.audiences();
    }

    boolean has(String scope) {
        return scopes.contains(scope);
    }
}

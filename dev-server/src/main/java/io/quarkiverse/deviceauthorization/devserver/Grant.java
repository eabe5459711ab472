package io.quarkiverse.deviceauthorization.devserver;

import java.util.List;
import java.util.Set;

/**
 * What a person approved: the substance of the tokens.
 *
 * @param clientId the client it was granted to
 * @param user the person
 * @param scopes what was granted
 * @param audiences where the access token is good for: {@code audience}, {@code resource}
 */
record Grant(String clientId, User user, Set<String> scopes, List<String> audiences) {

    Grant narrowedTo(Set<String> fewer) {
        return new Grant(clientId, user, fewer, audiences);
    }

    boolean has(String scope) {
        return scopes.contains(scope);
    }
}

package io.quarkiverse.deviceauthorization.runtime.protocol;

import java.util.Optional;

import io.quarkiverse.deviceauthorization.AuthorizationRequest;
import io.quarkiverse.deviceauthorization.OAuthError;
import io.quarkiverse.deviceauthorization.Tokens;
import io.quarkiverse.deviceauthorization.provider.ProviderRequest;
import io.quarkiverse.deviceauthorization.store.FlowBinding;
import io.quarkiverse.deviceauthorization.store.StoredFlow;
import io.smallrye.mutiny.Uni;

/** What the engine asks of an authorization server, for one client. It says nothing about HTTP. */
public interface AuthorizationServer {

    /**
     * The device authorization request (RFC 8628 §3.1).
     *
     * @param request what differs from the configuration
     * @return the codes; fails with a {@link io.quarkiverse.deviceauthorization.DeviceAuthorizationException}
     */
    Uni<DeviceCodes> requestCodes(AuthorizationRequest request);

    /**
     * Prepares the device access token request (RFC 8628 §3.4), which is sent many times.
     *
     * @param flow the flow
     * @return the request
     */
    TokenRequest deviceTokenRequest(StoredFlow flow);

    /**
     * Checks the ID token of granted tokens, if they have one (OpenID Connect Core 1.0 §3.1.3.7).
     *
     * @param tokens what was granted
     * @param binding what ties the flow to the one who started it
     * @return completes when all is well; fails with an {@link io.quarkiverse.deviceauthorization.InvalidIdTokenException}, or
     *         with an {@link io.quarkiverse.deviceauthorization.AuthorizationServerException} when the keys can't be read now
     */
    Uni<Void> checkIdToken(Tokens tokens, FlowBinding binding);

    /**
     * Refreshes tokens (RFC 6749 §6).
     *
     * @param tokens tokens with a refresh token
     * @return the answer; what it doesn't repeat is taken from {@code tokens}
     */
    Uni<TokenAnswer> refresh(Tokens tokens);

    /**
     * Revokes tokens (RFC 7009), by their refresh token if there is one. Does nothing where the server has no endpoint for it.
     *
     * @param tokens the tokens
     * @return completes when they are revoked or the server refuses to; fails only when it can't be asked
     */
    Uni<Void> revoke(Tokens tokens);

    /** @return which client this is, and at which server: what codes that are issued from now on are good for */
    default Optional<String> registration() {
        return Optional.empty();
    }

    /**
     * @param kind what was sent
     * @param error the server's answer
     * @return what to do about it, if the provider is known for it
     */
    default Optional<String> cure(ProviderRequest.Kind kind, OAuthError error) {
        return Optional.empty();
    }
}

package io.quarkiverse.deviceauthorization.runtime.protocol;

import io.quarkiverse.deviceauthorization.AuthorizationRequest;
import io.quarkiverse.deviceauthorization.PendingAuthorization;
import io.quarkiverse.deviceauthorization.Tokens;
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
     * @param pending the flow
     * @param request what was asked for at its start
     * @return the request
     */
    TokenRequest deviceTokenRequest(PendingAuthorization pending, AuthorizationRequest request);

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
}

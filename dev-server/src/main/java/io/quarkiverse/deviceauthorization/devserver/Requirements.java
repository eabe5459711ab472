package io.quarkiverse.deviceauthorization.devserver;

/**
 * What a request must have, beyond what the protocol demands; see {@link DeviceAuthorizationServer.Builder} for the meaning.
 *
 * @param scope a flow must name a {@code scope}
 * @param audience a flow must name an {@code audience}
 * @param pkce a flow must have a {@code code_challenge}
 * @param dpop a request must have a DPoP proof
 * @param dpopNonces a DPoP proof must have the server's nonce
 */
record Requirements(boolean scope, boolean audience, boolean pkce, boolean dpop, boolean dpopNonces) {
}

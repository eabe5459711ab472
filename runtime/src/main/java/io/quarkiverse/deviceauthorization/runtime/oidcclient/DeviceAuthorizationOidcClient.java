package io.quarkiverse.deviceauthorization.runtime.oidcclient;

import java.util.Map;
import java.util.Optional;

import io.quarkiverse.deviceauthorization.AuthorizationServerException;
import io.quarkiverse.deviceauthorization.ReactiveDeviceAuthorization;
import io.quarkiverse.deviceauthorization.Secret;
import io.quarkiverse.deviceauthorization.Tokens;
import io.quarkiverse.deviceauthorization.runtime.config.ClientConfig;
import io.quarkus.oidc.client.OidcClient;
import io.quarkus.oidc.client.OidcClientException;
import io.smallrye.mutiny.Uni;

/**
 * A device authorization client for code that expects an {@link OidcClient}. Loaded only where that extension is. It asks
 * nobody to sign in: where a person is needed, it fails as {@link ReactiveDeviceAuthorization#tokens()} does.
 */
public final class DeviceAuthorizationOidcClient implements OidcClient {

    private final ReactiveDeviceAuthorization client;
    private final ClientConfig config;
    private volatile Tokens last;

    public DeviceAuthorizationOidcClient(ReactiveDeviceAuthorization client, ClientConfig config) {
        this.client = client;
        this.config = config;
    }

    /** @return the stored tokens, else refreshed ones */
    @Override
    public Uni<io.quarkus.oidc.client.Tokens> getTokens(Map<String, String> additionalGrantParameters) {
        return unchanged(additionalGrantParameters).onItem().transformToUni(nothing -> handOut(client.tokens()));
    }

    /**
     * The refresh token is sent by the client, and by nobody beside it, so that none is sent twice.
     *
     * @return other tokens than those that came with this refresh token
     */
    @Override
    public Uni<io.quarkus.oidc.client.Tokens> refreshTokens(String refreshToken,
            Map<String, String> additionalGrantParameters) {
        return unchanged(additionalGrantParameters).onItem().transformToUni(nothing -> {
            Optional<Tokens> known = Optional.ofNullable(last).filter(tokens -> tokens.refreshToken()
                    .map(token -> is(token, refreshToken)).orElse(false));
            return handOut(known.map(client::refresh).orElseGet(client::tokens));
        });
    }

    /** Signs the person out: that revokes the refresh token as well, which would bring the next access token. */
    @Override
    public Uni<Boolean> revokeAccessToken(String accessToken, Map<String, String> additionalParameters) {
        return unchanged(additionalParameters).onItem().transformToUni(nothing -> {
            Tokens known = last;
            if (known == null || !is(known.accessToken(), accessToken)) {
                return Uni.createFrom().item(false); // replaced by a refresh
            }
            return client.logout().replaceWith(true)
                    .onFailure(AuthorizationServerException.class).recoverWithItem(false);
        });
    }

    /** The client lives as long as the application. */
    @Override
    public void close() {
    }

    private static boolean is(Secret token, String text) {
        return text != null && token.equals(Secret.of(text));
    }

    private Uni<io.quarkus.oidc.client.Tokens> handOut(Uni<Tokens> found) {
        return found.onItem().invoke(tokens -> last = tokens).onItem().transform(tokens -> OidcTokens.of(tokens, config));
    }

    private static Uni<Void> unchanged(Map<String, String> parameters) {
        return parameters.isEmpty() ? Uni.createFrom().voidItem()
                : Uni.createFrom().failure(new OidcClientException("A person has approved what these tokens are good for, and "
                        + parameters.keySet() + " can't change it. Start another device authorization with an"
                        + " AuthorizationRequest, or leave the parameters out"));
    }
}

package io.quarkiverse.deviceauthorization.runtime.oidcclient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import io.quarkiverse.deviceauthorization.AuthorizationServerException;
import io.quarkiverse.deviceauthorization.DeviceAuthorizationException;
import io.quarkiverse.deviceauthorization.ReactiveDeviceAuthorization;
import io.quarkiverse.deviceauthorization.Secret;
import io.quarkiverse.deviceauthorization.Tokens;
import io.quarkiverse.deviceauthorization.runtime.endpoint.Settings;
import io.quarkus.oidc.client.OidcClient;
import io.quarkus.oidc.client.OidcClientException;
import io.smallrye.mutiny.Uni;

@DisplayName("A device authorization client for code that expects an OIDC client")
class DeviceAuthorizationOidcClientTest {

    private static final Tokens FIRST = tokens("first", "Bearer", Optional.empty());
    private static final Tokens SECOND = tokens("second", "Bearer", Optional.empty());

    private final List<String> calls = new ArrayList<>();
    private Uni<Tokens> stored = Uni.createFrom().item(FIRST);
    private Uni<Void> signOut = Uni.createFrom().voidItem();
    private final OidcClient client = new DeviceAuthorizationOidcClient(
            (ReactiveDeviceAuthorization) Proxy.newProxyInstance(getClass().getClassLoader(),
                    new Class<?>[] { ReactiveDeviceAuthorization.class }, (proxy, method, arguments) -> {
                        calls.add(method.getName());
                        return switch (method.getName()) {
                            case "tokens" -> stored;
                            case "refresh" -> stored = Uni.createFrom().item(SECOND);
                            case "logout" -> signOut;
                            default -> throw new UnsupportedOperationException(method.getName());
                        };
                    }),
            Settings.of("tokens.refresh-skew", "20S").config());

    @Test
    void tellsWhatTheTokensAre() {
        io.quarkus.oidc.client.Tokens tokens = get(client.getTokens());
        assertThat(tokens.getAccessToken()).isEqualTo("access-first");
        assertThat(tokens.getRefreshToken()).isEqualTo("refresh-first");
        assertThat(tokens.getAccessTokenExpiresAt()).isEqualTo(4102444800L);
        assertThat(tokens.getRefreshTokenTimeSkew()).isEqualTo(20);
        assertThat(tokens.getClientId()).isEqualTo("tv");
        assertThat(tokens.isAccessTokenExpired()).isFalse();
        assertThat(tokens.isRefreshTokenExpired()).isFalse();
        assertThat(tokens.get("id_token")).isEqualTo("id-first");
        assertThat(tokens.get("scope")).isEqualTo("openid");
        assertThat(tokens.get("session_state")).isEqualTo("state");
    }

    @Test
    void refreshesOnceForOneRefreshToken() {
        String refreshToken = get(client.getTokens()).getRefreshToken();
        assertThat(get(client.refreshTokens(refreshToken)).getAccessToken()).isEqualTo("access-second");
        assertThat(get(client.refreshTokens(refreshToken)).getAccessToken()).isEqualTo("access-second");
        assertThat(calls).containsExactly("tokens", "refresh", "tokens");
    }

    @Test
    void doesNotChangeWhatAPersonHasApproved() {
        assertThatThrownBy(() -> get(client.getTokens(Map.of("scope", "everything")))).isInstanceOf(OidcClientException.class)
                .hasMessageContaining("[scope] can't change it").hasMessageNotContaining("everything");
        assertThatThrownBy(() -> get(client.refreshTokens("any", Map.of("audience", "other"))))
                .isInstanceOf(OidcClientException.class).hasMessageContaining("[audience]");
        assertThat(calls).isEmpty();
    }

    @Test
    void signsOutWhoseAccessTokenIsRevoked() {
        String accessToken = get(client.getTokens()).getAccessToken();
        assertThat(get(client.revokeAccessToken("another"))).isFalse();
        assertThat(calls).containsExactly("tokens");
        assertThat(get(client.revokeAccessToken(accessToken))).isTrue();
        assertThat(calls).containsExactly("tokens", "logout");
    }

    @Test
    void saysThatARevocationCanBeTriedAgain() {
        signOut = Uni.createFrom().failure(new AuthorizationServerException("The server can't be reached", 0, null));
        assertThat(get(client.revokeAccessToken(get(client.getTokens()).getAccessToken()))).isFalse();
    }

    @Test
    void handsOutNothingThatNeedsAProof() {
        stored = Uni.createFrom().item(tokens("bound", "DPoP", Optional.of(Secret.of("key"))));
        assertThatThrownBy(() -> get(client.getTokens())).isInstanceOf(DeviceAuthorizationException.class)
                .hasMessageContaining("dpop=false").hasMessageNotContaining("access-bound");
    }

    private static <T> T get(Uni<T> result) {
        return result.await().indefinitely();
    }

    private static Tokens tokens(String name, String type, Optional<Secret> key) {
        return new Tokens(Secret.of("access-" + name), type, Optional.of(Secret.of("refresh-" + name)),
                Optional.of(Secret.of("id-" + name)), Optional.of(Instant.parse("2100-01-01T00:00:00Z")), Set.of("openid"),
                Map.of("session_state", "state"), key);
    }
}

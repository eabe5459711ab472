package io.quarkiverse.deviceauthorization.runtime.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import io.quarkiverse.deviceauthorization.AuthorizationRequiredException;
import io.quarkiverse.deviceauthorization.DeviceAuthorization;
import io.quarkiverse.deviceauthorization.DeviceAuthorizationException;
import io.quarkiverse.deviceauthorization.ReactiveDeviceAuthorization;
import io.quarkiverse.deviceauthorization.Secret;
import io.quarkiverse.deviceauthorization.Tokens;
import io.quarkus.runtime.BlockingOperationControl;
import io.quarkus.runtime.BlockingOperationNotAllowedException;
import io.quarkus.runtime.IOThreadDetector;
import io.smallrye.mutiny.Uni;

@DisplayName("What an MCP client sends as authorization")
class DeviceAuthorizationMcpClientAuthProviderTest {

    private static final Tokens BEARER = tokens("Bearer", Optional.empty());
    private static final Tokens BOUND = tokens("DPoP", Optional.of(Secret.of("key")));

    private boolean eventLoop;

    @BeforeEach
    void detect() {
        BlockingOperationControl.setIoThreadDetector(new IOThreadDetector[] { () -> eventLoop });
    }

    @AfterEach
    void undetect() {
        BlockingOperationControl.setIoThreadDetector(null);
    }

    @Test
    void isTheAccessToken() {
        assertThat(provider(Uni.createFrom().item(BEARER)).getAuthorization(null)).isEqualTo("Bearer secret");
    }

    @Test
    void isTheAccessTokenOnAnEventLoopWhenItIsInMemory() {
        eventLoop = true;
        assertThat(provider(Uni.createFrom().item(BEARER)).getAuthorization(null)).isEqualTo("Bearer secret");
    }

    @Test
    void anEventLoopDoesNotWait() {
        eventLoop = true;
        assertThatThrownBy(() -> provider(Uni.createFrom().nothing()).getAuthorization(null))
                .isInstanceOf(BlockingOperationNotAllowedException.class)
                .hasMessageContaining("The tokens of client 'notes' have to be read or refreshed first")
                .hasMessageContaining("@Blocking");
    }

    @Test
    void anEventLoopIsToldThatAPersonIsNeeded() {
        eventLoop = true;
        assertThatThrownBy(() -> provider(Uni.createFrom().failure(new AuthorizationRequiredException("Sign in", null)))
                .getAuthorization(null)).isInstanceOf(AuthorizationRequiredException.class).hasMessage("Sign in");
    }

    @Test
    void isNothingThatNeedsAProof() {
        assertThatThrownBy(() -> provider(Uni.createFrom().item(BOUND)).getAuthorization(null))
                .isInstanceOf(DeviceAuthorizationException.class)
                .hasMessageContaining("quarkus.device-authorization.\"notes\".dpop=false")
                .hasMessageNotContaining("secret");
    }

    private static DeviceAuthorizationMcpClientAuthProvider provider(Uni<Tokens> tokens) {
        return new DeviceAuthorizationMcpClientAuthProvider("notes",
                client(DeviceAuthorization.class, () -> tokens.await().indefinitely()),
                client(ReactiveDeviceAuthorization.class, () -> tokens));
    }

    private static <T> T client(Class<T> type, Supplier<Object> tokens) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] { type }, (proxy, method, arguments) -> {
            assertThat(method.getName()).isEqualTo("tokens");
            return tokens.get();
        }));
    }

    private static Tokens tokens(String type, Optional<Secret> key) {
        return new Tokens(Secret.of("secret"), type, Optional.empty(), Optional.empty(), Optional.empty(), Set.of(), Map.of(),
                key);
    }
}

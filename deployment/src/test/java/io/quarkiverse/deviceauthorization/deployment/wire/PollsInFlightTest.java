package io.quarkiverse.deviceauthorization.deployment.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import jakarta.inject.Inject;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.deviceauthorization.DeviceAuthorizationName;
import io.quarkiverse.deviceauthorization.Secret;
import io.quarkiverse.deviceauthorization.runtime.DeviceAuthorizationClients;
import io.quarkiverse.deviceauthorization.runtime.endpoint.HttpAuthorizationServer;
import io.quarkiverse.deviceauthorization.runtime.protocol.TokenAnswer;
import io.quarkus.test.QuarkusUnitTest;

@DisplayName("As many polls in flight as are allowed, to a server that holds them,")
class PollsInFlightTest {

    /** More than the connections that a REST client has when nobody says how many. */
    private static final int POLLS = 60;

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(root -> root.addClasses(ServerCalls.class, SlowServer.class))
            .setBeforeAllCustomizer(() -> SlowServer.start(POLLS))
            .overrideRuntimeConfigKey("quarkus.device-authorization.auth-server-url", "http://localhost:${slow.port}")
            .overrideRuntimeConfigKey("quarkus.device-authorization.device-authorization-path", "/device")
            .overrideRuntimeConfigKey("quarkus.device-authorization.token-path", "/token")
            .overrideRuntimeConfigKey("quarkus.device-authorization.client-id", "tv")
            .overrideRuntimeConfigKey("quarkus.device-authorization.polling.max-in-flight", String.valueOf(POLLS))
            .setAfterAllCustomizer(SlowServer::stop);

    @Inject
    DeviceAuthorizationClients clients;

    @Test
    @DisplayName("are under way at once, and leave connections to who starts")
    void connections() throws Exception {
        HttpAuthorizationServer server = clients.client(DeviceAuthorizationName.DEFAULT).server();
        List<CompletableFuture<TokenAnswer>> polls = Stream.generate(() -> poll(server)).limit(POLLS - 1).toList();

        assertThat(ServerCalls.start(server).userCode()).as("a start while polls are held").isEqualTo("CODE");
        assertThat(polls).as("polls whose answer is held").noneMatch(CompletableFuture::isDone);

        poll(server);
        for (CompletableFuture<TokenAnswer> poll : polls) {
            assertThat(poll.get(ServerCalls.SOON.toSeconds(), TimeUnit.SECONDS)).isInstanceOf(TokenAnswer.Error.class);
        }
    }

    private static CompletableFuture<TokenAnswer> poll(HttpAuthorizationServer server) {
        return ServerCalls.prepared(server, DeviceAuthorizationName.DEFAULT, Secret.of("code")).send()
                .subscribeAsCompletionStage();
    }
}

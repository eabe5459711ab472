package io.quarkiverse.deviceauthorization.deployment.filter;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

import org.awaitility.Awaitility;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.deviceauthorization.DeviceAuthorization;
import io.quarkiverse.deviceauthorization.Tokens;
import io.quarkiverse.deviceauthorization.devserver.DeviceAuthorizationServer;
import io.quarkiverse.deviceauthorization.filter.DeviceAuthorizationFilter;
import io.quarkus.test.QuarkusUnitTest;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;

@DisplayName("Calls at the same time")
class ConcurrentCallsTest {

    private static final int CALLS = 40;

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = FilterApplication
            .of(DeviceAuthorizationServer.builder().accessTokenLifespan(Duration.ofSeconds(5)))
            .overrideConfigKey("quarkus.rest-client.hello.url", "${filter-test.server}");

    @RegisterRestClient(configKey = "hello")
    @DeviceAuthorizationFilter
    public interface Hello {

        @GET
        @Path("/api/hello")
        Uni<String> hello();
    }

    @DeviceAuthorizationFilter
    public interface Things {

        @GET
        Uni<String> get();
    }

    @Inject
    DeviceAuthorization client;

    @RestClient
    Hello hello;

    @Inject
    Api api;

    @Inject
    Vertx vertx;

    @BeforeEach
    void reset() {
        api.reset();
    }

    @Test
    @DisplayName("with tokens that have expired share one refresh")
    void expired() throws Exception {
        Tokens tokens = Api.signIn(client);
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> Instant.now().isAfter(tokens.expiresAt().orElseThrow()));
        assertThat(all(hello::hello)).allSatisfy(answer -> assertThat(answer).contains("\"sub\""));
        assertThat(api.refreshes()).isOne();
    }

    @Test
    @DisplayName("whose tokens are refused share one refresh")
    void refused() throws Exception {
        api.refuse(Api.signIn(client));
        Things things = api.client(Things.class);
        assertThat(all(things::get)).containsOnly("hello");
        assertThat(api.refreshes()).isOne();
        assertThat(api.calls()).hasSize(2 * CALLS);
    }

    /** All calls are made on one event loop: a call that waited there would wait for ever. */
    private List<String> all(Supplier<Uni<String>> call) throws Exception {
        Context eventLoop = vertx.getOrCreateContext();
        List<CompletableFuture<String>> answers = new ArrayList<>();
        for (int i = 0; i < CALLS; i++) {
            CompletableFuture<String> answer = new CompletableFuture<>();
            answers.add(answer);
            eventLoop.runOnContext(nothing -> {
                assertThat(Context.isOnEventLoopThread()).isTrue();
                call.get().subscribe().with(answer::complete, answer::completeExceptionally);
            });
        }
        List<String> all = new ArrayList<>();
        for (CompletableFuture<String> answer : answers) {
            all.add(answer.get(20, TimeUnit.SECONDS));
        }
        return all;
    }
}

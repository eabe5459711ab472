package io.quarkiverse.deviceauthorization.deployment.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.client.ClientBuilder;
import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientRequestFilter;
import jakarta.ws.rs.core.Response;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.deviceauthorization.AuthorizationRequiredException;
import io.quarkiverse.deviceauthorization.DeviceAuthorization;
import io.quarkiverse.deviceauthorization.ReactiveDeviceAuthorization;
import io.quarkiverse.deviceauthorization.Tokens;
import io.quarkiverse.deviceauthorization.filter.DeviceAuthorizationRequestFilter;
import io.quarkiverse.deviceauthorization.filter.Owner;
import io.quarkiverse.deviceauthorization.filter.RestCall;
import io.quarkus.rest.client.reactive.NotBody;
import io.quarkus.test.QuarkusUnitTest;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;

@DisplayName("A DeviceAuthorizationRequestFilter that is registered in code")
class RequestFilterTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = FilterApplication.of();

    @jakarta.ws.rs.Path("things")
    public interface Things {

        @GET
        String get();

        @GET
        Uni<String> reactive();

        @GET
        String of(@Owner @NotBody String owner);

        @GET
        String with(@HeaderParam("X-User") String user);
    }

    @Inject
    DeviceAuthorization client;

    @Inject
    ReactiveDeviceAuthorization reactive;

    @Inject
    Api api;

    @Inject
    Vertx vertx;

    private Tokens tokens;

    @BeforeEach
    void signIn() {
        api.reset();
        tokens = Api.signIn(client);
    }

    @Test
    @DisplayName("sends the tokens of its client, refreshes and repeats")
    void sends() {
        Things things = api.builder().register(new DeviceAuthorizationRequestFilter(reactive)).build(Things.class);
        api.refuse(tokens);
        assertThat(things.get()).isEqualTo("hello");
        assertThat(api.calls()).hasSize(2);
        assertThat(api.refreshes()).isOne();
    }

    @Test
    @DisplayName("sends those of an owner: its client's, the resolver's, or a parameter's")
    void owners() {
        Tokens alice = Api.signIn(client.forOwner("alice"));
        Tokens bob = Api.signIn(client.forOwner("bob"));
        Things alices = api.builder().register(new DeviceAuthorizationRequestFilter(reactive.forOwner("alice")))
                .build(Things.class);
        alices.get();
        alices.of("bob");
        Things resolved = api.builder().register(new DeviceAuthorizationRequestFilter(reactive,
                call -> call.request().map(request -> request.getHeaderString("X-User")))).build(Things.class);
        resolved.with("bob");
        resolved.of("alice");
        assertThat(api.authorizations()).containsExactly(alice.authorizationHeader(), bob.authorizationHeader(),
                bob.authorizationHeader(), alice.authorizationHeader());
        assertThatThrownBy(resolved::get).isExactlyInstanceOf(AuthorizationRequiredException.class)
                .hasMessageContaining("its OwnerResolver names nobody");
    }

    @Test
    @DisplayName("leaves the thread of a call only when it has to wait")
    void sameThread() throws Exception {
        List<String> steps = new CopyOnWriteArrayList<>();
        Things things = api.builder().register(new DeviceAuthorizationRequestFilter(reactive, call -> {
            assertThat(Context.isOnEventLoopThread()).isTrue();
            steps.add("resolved");
            return Optional.of("default");
        })).build(Things.class);
        CompletableFuture<String> answer = new CompletableFuture<>();
        vertx.getOrCreateContext().runOnContext(nothing -> {
            things.reactive().subscribe().with(answer::complete, answer::completeExceptionally);
            steps.add("subscribed");
        });
        assertThat(answer.get(20, TimeUnit.SECONDS)).isEqualTo("hello");
        assertThat(steps).containsExactly("resolved", "subscribed");
    }

    @Test
    @DisplayName("asks for nothing when another filter answers")
    void answered() {
        client.logout();
        ClientRequestFilter cache = new ClientRequestFilter() {
            @Override
            public void filter(ClientRequestContext request) {
                request.abortWith(Response.ok("cached").build());
            }
        };
        Things things = api.builder().register(new DeviceAuthorizationRequestFilter(reactive)).register(cache)
                .build(Things.class);
        assertThat(things.get()).isEqualTo("cached");
        assertThat(api.calls()).isEmpty();
    }

    @Test
    @DisplayName("serves clients of Jakarta REST, whose calls have no method")
    void jakartaRest() {
        List<RestCall> calls = new CopyOnWriteArrayList<>();
        try (jakarta.ws.rs.client.Client jakarta = ClientBuilder.newClient()) {
            jakarta.register(new DeviceAuthorizationRequestFilter(reactive, call -> {
                calls.add(call);
                return Optional.of("default");
            }));
            api.refuse(tokens);
            assertThat(jakarta.target(api.uri()).request().get(String.class)).isEqualTo("hello");
        }
        assertThat(calls).hasSize(1).allSatisfy(call -> {
            assertThat(call.method()).isEmpty();
            assertThat(call.arguments()).isEmpty();
            assertThat(call).hasToString("RestCall[GET without a method]");
        });
    }

    @Test
    @DisplayName("lets the caller see what a resolver throws")
    void problem() {
        Things things = api.builder().register(new DeviceAuthorizationRequestFilter(reactive, call -> {
            throw new IllegalStateException("no idea");
        })).build(Things.class);
        assertThatThrownBy(things::get).isExactlyInstanceOf(IllegalStateException.class).hasMessage("no idea");
        assertThatThrownBy(() -> things.reactive().await().indefinitely()).isExactlyInstanceOf(IllegalStateException.class)
                .hasMessage("no idea");
    }
}

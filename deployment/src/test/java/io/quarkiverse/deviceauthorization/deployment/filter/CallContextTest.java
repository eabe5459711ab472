package io.quarkiverse.deviceauthorization.deployment.filter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.deviceauthorization.DeviceAuthorization;
import io.quarkiverse.deviceauthorization.ReactiveDeviceAuthorization;
import io.quarkiverse.deviceauthorization.Tokens;
import io.quarkiverse.deviceauthorization.filter.DeviceAuthorizationFilter;
import io.quarkiverse.deviceauthorization.filter.DeviceAuthorizationRequestFilter;
import io.quarkus.test.QuarkusUnitTest;
import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;

@DisplayName("A call goes on where it was made")
class CallContextTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = FilterApplication.of();

    @Path("things")
    public interface Plain {

        @GET
        Uni<String> get();

        @POST
        Uni<String> post(InputStream body);
    }

    @Path("things")
    @DeviceAuthorizationFilter
    public interface Filtered {

        @GET
        Uni<String> get();
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

    /** Where somebody else's refresh ends. */
    private static <T> Uni<T> elsewhere(T item, Throwable failure) {
        return Uni.createFrom().emitter(emitter -> new Thread(() -> {
            if (failure != null) {
                emitter.fail(failure);
            } else {
                emitter.complete(item);
            }
        }, "elsewhere").start());
    }

    private ReactiveDeviceAuthorization stub(Uni<Tokens> found, Uni<Tokens> refreshed) {
        return (ReactiveDeviceAuthorization) Proxy.newProxyInstance(getClass().getClassLoader(),
                new Class<?>[] { ReactiveDeviceAuthorization.class }, (proxy, method, arguments) -> switch (method.getName()) {
                    case "tokens" -> found;
                    case "refresh" -> refreshed;
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    private record Where(String thread, Context root) {

        static Where now() {
            Context context = Vertx.currentContext();
            return new Where(Thread.currentThread().getName(), context == null ? null : VertxContext.getRootContext(context));
        }
    }

    /** @return where the call was made, and where its result arrived */
    private List<Where> run(ReactiveDeviceAuthorization stub, boolean post) throws Exception {
        List<Where> places = new CopyOnWriteArrayList<>();
        Plain things = api.builder().register(new DeviceAuthorizationRequestFilter(stub)).build(Plain.class);
        Context own = VertxContext.createNewDuplicatedContext(vertx.getOrCreateContext());
        CompletableFuture<Object> done = new CompletableFuture<>();
        own.runOnContext(ignored -> {
            places.add(Where.now());
            (post ? things.post(new ByteArrayInputStream(new byte[] { 1 })) : things.get())
                    .onItemOrFailure().invoke((item, problem) -> places.add(Where.now()))
                    .subscribe().with(done::complete, done::complete);
        });
        done.get(20, TimeUnit.SECONDS);
        return places;
    }

    @Test
    @DisplayName("whether tokens are there, or come from elsewhere, or don't come")
    void results() throws Exception {
        Uni<Tokens> there = Uni.createFrom().item(tokens);
        IllegalStateException problem = new IllegalStateException("no");
        List<List<Where>> all = new CopyOnWriteArrayList<>();
        all.add(run(stub(there, null), false));
        all.add(run(stub(elsewhere(tokens, null), null), false));
        all.add(run(stub(elsewhere(null, problem), null), false));
        api.refuseAll();
        all.add(run(stub(there, elsewhere(tokens, null)), false));
        all.add(run(stub(there, elsewhere(tokens, null)), true));
        all.add(run(stub(there, elsewhere(null, problem)), false));
        assertThat(all).allSatisfy(places -> assertThat(places).hasSize(2).containsOnly(places.get(0)));
    }

    @Test
    @DisplayName("One that is subscribed to again takes the tokens of then, also after it was cancelled before it was sent")
    void cancelledBeforeSent() throws Exception {
        // the client keeps the connection of a call that is cancelled while it waits for one
        Filtered things = api.builder().property("io.quarkus.rest.client.connection-pool-size", 2).build(Filtered.class);
        BlockingQueue<HttpServerResponse> held = new LinkedBlockingQueue<>();
        api.answer((call, response) -> held.add(response));
        List<CompletableFuture<String>> busy = List.of(things.get().subscribeAsCompletionStage(),
                things.get().subscribeAsCompletionStage());
        List<HttpServerResponse> responses = List.of(held.take(), held.take());
        api.answer((call, response) -> response.end("hello"));
        Uni<String> call = things.get();
        Cancellable waiting = call.subscribe().with(item -> {
        });
        waiting.cancel();
        responses.forEach(response -> response.end("hello"));
        for (CompletableFuture<String> one : busy) {
            one.get(20, TimeUnit.SECONDS);
        }
        Tokens second = Api.signIn(client);
        assertThat(call.await().atMost(Duration.ofSeconds(10))).isEqualTo("hello");
        assertThat(api.authorizations()).last().isEqualTo(second.authorizationHeader());
    }
}

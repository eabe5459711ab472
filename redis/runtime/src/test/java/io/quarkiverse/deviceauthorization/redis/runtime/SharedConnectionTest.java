package io.quarkiverse.deviceauthorization.redis.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import io.quarkiverse.deviceauthorization.redis.server.RedisServer;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;

@DisplayName("The connection that all commands share")
class SharedConnectionTest extends RedisFixture {

    @Test
    @DisplayName("is one, however many commands there are at a time, and none is refused")
    void one() {
        RedisServer server = server();
        RedisAuthorizationStore store = store(server);
        done(store.findOwners("tv"));
        server.pause();
        List<CompletableFuture<Boolean>> answers = IntStream.range(0, 60 * UNANSWERED) // more than the Redis client takes
                .mapToObj(i -> store.replaceFlow(0, Samples.flow("flow " + i, 1)).subscribeAsCompletionStage()).toList();
        server.resume();

        assertThat(answers.stream().map(CompletableFuture::join)).containsOnly(true);
        assertThat(String.valueOf(server.command("CLIENT", "LIST")).lines()).as("this one, and the one that asks").hasSize(2);
    }

    @Test
    @DisplayName("is not made before something is stored or read")
    void lazy() {
        RedisServer server = server();
        store(server).findOwners("tv");
        assertThat(String.valueOf(server.command("CLIENT", "LIST")).lines()).as("the one that asks").hasSize(1);
    }

    @Test
    @DisplayName("is replaced while commands wait for their turn, which are done on the next one")
    void replaced() {
        RedisServer server = server();
        RedisAuthorizationStore store = store(server);
        done(store.findOwners("tv"));
        server.pause();
        List<CompletableFuture<Boolean>> answers = IntStream.range(0, 4 * UNANSWERED)
                .mapToObj(i -> store.replaceFlow(0, Samples.flow("flow " + i, 1)).subscribeAsCompletionStage()).toList();
        server.kill();
        server.startAgain();

        assertThat(answers.stream().map(CompletableFuture::join)).containsOnly(true);
        assertThat(done(store.findFlows("tv", "alice"))).hasSize(4 * UNANSWERED);
    }

    @Test
    @DisplayName("goes back to the pool when it was replaced and answers again")
    void givenBack() {
        RedisServer server = server();
        RedisAuthorizationStore store = store(server.uri(), Duration.ofMillis(100));
        for (int i = 0; i < 10; i++) { // the pool has 6
            Awaitility.await().ignoreExceptions().untilAsserted(() -> assertThat(done(store.findOwners("tv"))).isEmpty());
            server.pause();
            CompletableFuture<?> failed = store.findOwners("tv").subscribeAsCompletionStage();
            Awaitility.await().until(failed::isCompletedExceptionally);
            server.resume();
        }
        Awaitility.await().ignoreExceptions().untilAsserted(() -> assertThat(done(store.findOwners("tv"))).isEmpty());
    }

    @Test
    @DisplayName("answers everybody on their own context, also those who waited for it to be made")
    void contexts() throws Exception {
        RedisAuthorizationStore store = store(server());
        List<Context> contexts = IntStream.range(0, 8).<Context> mapToObj(i -> ((VertxInternal) vertx).createEventLoopContext())
                .toList();
        for (int round = 0; round < 2; round++) {
            List<CompletableFuture<Context>> answered = contexts.stream().map(context -> {
                CompletableFuture<Context> on = new CompletableFuture<>();
                context.runOnContext(nothing -> store.findTokens("tv", "alice").subscribe()
                        .with(answer -> on.complete(Vertx.currentContext()), on::completeExceptionally));
                return on;
            }).toList();
            for (int i = 0; i < contexts.size(); i++) {
                assertThat(answered.get(i).get(20, TimeUnit.SECONDS)).isSameAs(contexts.get(i));
            }
        }
    }
}

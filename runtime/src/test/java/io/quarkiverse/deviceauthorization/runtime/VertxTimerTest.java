package io.quarkiverse.deviceauthorization.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.quarkiverse.deviceauthorization.runtime.protocol.Timer;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.impl.VertxInternal;

@DisplayName("A timer")
@Timeout(30)
class VertxTimerTest {

    private static final int EVENT_LOOPS = 4;

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(EVENT_LOOPS));
    private final Timer timer = new VertxTimer(vertx);

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    @DisplayName("that is set on an event loop fires on it, where the connections are")
    void stays() throws Exception {
        for (int i = 0; i < 2 * EVENT_LOOPS; i++) {
            ContextInternal request = ((VertxInternal) vertx).createEventLoopContext().duplicate();
            CompletableFuture<Thread> set = new CompletableFuture<>();
            CompletableFuture<Thread> fired = new CompletableFuture<>();
            request.runOnContext(nothing -> {
                set.complete(Thread.currentThread());
                timer.schedule(Duration.ofNanos(1), () -> fired.complete(Thread.currentThread()));
            });
            assertThat(get(fired)).isSameAs(get(set));
        }
    }

    @Test
    @DisplayName("fires apart from the request that it was set in, on one context for each event loop")
    void apart() throws Exception {
        Set<Object> contexts = new HashSet<>();
        for (int i = 0; i < 3 * EVENT_LOOPS; i++) {
            ContextInternal request = ((VertxInternal) vertx).createEventLoopContext().duplicate();
            CompletableFuture<Object> fired = new CompletableFuture<>();
            request.runOnContext(nothing -> {
                request.putLocal("request", "whose");
                timer.schedule(Duration.ofNanos(1), () -> fired.complete(Vertx.currentContext()));
            });
            contexts.add(get(fired));
            assertThat(((ContextInternal) get(fired)).isDuplicate()).isFalse();
        }
        assertThat(contexts).hasSize(EVENT_LOOPS);
    }

    @Test
    @DisplayName("that is set elsewhere, or is due at once, is left to the event loops by turns")
    void byTurns() throws Exception {
        assertThat(threads(() -> set(Duration.ofNanos(1)))).hasSize(EVENT_LOOPS);
        assertThat(threads(() -> set(Duration.ZERO))).hasSize(EVENT_LOOPS);

        ContextInternal request = ((VertxInternal) vertx).createEventLoopContext();
        assertThat(threads(() -> {
            CompletableFuture<Thread> fired = new CompletableFuture<>();
            request.runOnContext(nothing -> timer.schedule(Duration.ZERO, () -> fired.complete(Thread.currentThread())));
            return fired;
        })).hasSize(EVENT_LOOPS);
    }

    @Test
    @DisplayName("that is cancelled does not fire")
    void cancelled() throws Exception {
        ContextInternal request = ((VertxInternal) vertx).createEventLoopContext();
        CompletableFuture<Thread> cancelled = new CompletableFuture<>();
        CompletableFuture<Thread> later = new CompletableFuture<>();
        request.runOnContext(nothing -> {
            timer.schedule(Duration.ofMillis(1), () -> cancelled.complete(Thread.currentThread())).cancel();
            timer.schedule(Duration.ofMillis(20), () -> later.complete(Thread.currentThread()));
        });
        get(later);
        assertThat(cancelled).isNotDone();
    }

    private CompletableFuture<Thread> set(Duration delay) {
        CompletableFuture<Thread> fired = new CompletableFuture<>();
        timer.schedule(delay, () -> fired.complete(Thread.currentThread()));
        return fired;
    }

    private static Set<Thread> threads(Supplier<CompletableFuture<Thread>> fired) throws Exception {
        Set<Thread> threads = new HashSet<>();
        for (int i = 0; i < EVENT_LOOPS; i++) {
            threads.add(get(fired.get()));
        }
        return threads;
    }

    private static <T> T get(CompletableFuture<T> future) throws Exception {
        return future.get(10, TimeUnit.SECONDS);
    }
}

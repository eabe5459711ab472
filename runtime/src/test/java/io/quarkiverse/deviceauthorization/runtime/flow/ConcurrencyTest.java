package io.quarkiverse.deviceauthorization.runtime.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import io.quarkiverse.deviceauthorization.AuthorizationRequest;
import io.quarkiverse.deviceauthorization.OAuthError;
import io.quarkiverse.deviceauthorization.PendingAuthorization;
import io.quarkiverse.deviceauthorization.Secret;
import io.quarkiverse.deviceauthorization.Tokens;
import io.quarkiverse.deviceauthorization.runtime.protocol.AuthorizationServer;
import io.quarkiverse.deviceauthorization.runtime.protocol.DeviceCodes;
import io.quarkiverse.deviceauthorization.runtime.protocol.Telemetry;
import io.quarkiverse.deviceauthorization.runtime.protocol.Timer;
import io.quarkiverse.deviceauthorization.runtime.protocol.TokenAnswer;
import io.quarkiverse.deviceauthorization.runtime.protocol.TokenRequest;
import io.quarkiverse.deviceauthorization.runtime.store.MemoryAuthorizationStore;
import io.quarkiverse.deviceauthorization.runtime.token.RefreshPolicy;
import io.quarkiverse.deviceauthorization.runtime.token.TokenVault;
import io.quarkiverse.deviceauthorization.store.FlowBinding;
import io.quarkiverse.deviceauthorization.store.StoredFlow;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;

/** Many threads, real timers, answers from other threads. */
class ConcurrencyTest {

    private static final int THREADS = 16;
    private static final Duration INTERVAL = Duration.ofMillis(2);

    private final ScheduledExecutorService scheduler = Executors.newScheduledThreadPool(4);
    private final ExecutorService callers = Executors.newFixedThreadPool(THREADS);
    private final Server server = new Server();
    private final MemoryAuthorizationStore store = new MemoryAuthorizationStore(InstantSource.system());
    private final TokenVault tokens = new TokenVault("tv", server, store,
            new RefreshPolicy(Duration.ZERO, Duration.ofMinutes(1)), InstantSource.system(), new RealTimer(), event -> {
            }, Telemetry.NONE);
    private final Flows flows = new Flows("tv", server, store, tokens,
            new PollingPolicy(Duration.ofMinutes(1), Duration.ofMillis(4), 1000, Duration.ofSeconds(10), 256, 100_000),
            InstantSource.system(), new RealTimer(),
            event -> {
            }, Telemetry.NONE);

    @AfterEach
    void stop() {
        flows.stop();
        scheduler.shutdownNow();
        callers.shutdownNow();
    }

    @Test
    @DisplayName("Promise 3: threads that await, poll and follow one flow share its requests, one at a time, never too early")
    void oneRequestAtATime() throws Exception {
        server.polls = 50;
        PendingAuthorization flow = flows.start("family", AuthorizationRequest.defaults()).await().indefinitely();
        List<Tokens> seen = together(() -> {
            flows.follow(flow).await().indefinitely();
            flows.poll(flow).await().indefinitely();
            return flows.await(flow).await().atMost(Duration.ofSeconds(20));
        });

        assertThat(server.requests).hasValue(51);
        assertThat(server.atOnce).as("requests at the same time").hasValue(1);
        assertThat(server.early).as("requests before the interval was over").hasValue(0);
        assertThat(seen).hasSize(THREADS).allMatch(seen.get(0)::equals);
    }

    @Test
    @DisplayName("Promise 4: threads that need new tokens share one refresh")
    void oneRefreshAtATime() throws Exception {
        tokens.of("family").granted(server.tokens(0, Duration.ZERO), "flow").await().indefinitely();
        List<Tokens> seen = together(() -> tokens.of("family").get().await().atMost(Duration.ofSeconds(20)));

        assertThat(server.requests).as("refreshes").hasValue(1);
        assertThat(seen).hasSize(THREADS).allMatch(seen.get(0)::equals);
    }

    private <T> List<T> together(Supplier<T> work) throws Exception {
        CountDownLatch start = new CountDownLatch(1);
        List<Future<T>> futures = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            futures.add(callers.submit(() -> {
                start.await();
                return work.get();
            }));
        }
        start.countDown();
        List<T> results = new ArrayList<>();
        for (Future<T> future : futures) {
            results.add(future.get(30, TimeUnit.SECONDS));
        }
        return results;
    }

    private final class RealTimer implements Timer {

        @Override
        public long nanoTime() {
            return System.nanoTime();
        }

        @Override
        public Cancellable schedule(Duration delay, Runnable task) {
            Future<?> scheduled = scheduler.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
            return () -> scheduled.cancel(false);
        }
    }

    /** Answers each request a little later on another thread, and watches how the requests come. */
    private final class Server implements AuthorizationServer {

        private final AtomicInteger requests = new AtomicInteger();
        private final AtomicInteger now = new AtomicInteger();
        private final AtomicInteger atOnce = new AtomicInteger();
        private final AtomicInteger early = new AtomicInteger();
        private volatile int polls;
        private volatile long answered;

        @Override
        public Uni<DeviceCodes> requestCodes(AuthorizationRequest request) {
            answered = System.nanoTime();
            return Uni.createFrom().item(new DeviceCodes(Secret.of("device"), "WDJB-MJHT", URI.create("https://example.com"),
                    Optional.empty(), Duration.ofMinutes(5), INTERVAL, Map.of(), FlowBinding.none()));
        }

        @Override
        public TokenRequest deviceTokenRequest(StoredFlow flow) {
            return () -> answer(() -> requests.get() > polls ? new TokenAnswer.Granted(tokens(1, Duration.ofHours(1)))
                    : new TokenAnswer.Error(TokenAnswer.Meaning.PENDING,
                            new OAuthError("authorization_pending", Optional.empty(), Optional.empty(), 400),
                            Optional.empty(), Optional.empty()));
        }

        @Override
        public Uni<Void> checkIdToken(Tokens tokens, FlowBinding binding) {
            return Uni.createFrom().voidItem();
        }

        @Override
        public Uni<TokenAnswer> refresh(Tokens old) {
            answered = 0;
            return answer(() -> new TokenAnswer.Granted(tokens(2, Duration.ofHours(1))));
        }

        private Uni<TokenAnswer> answer(Supplier<TokenAnswer> content) {
            return Uni.createFrom().emitter(emitter -> {
                requests.incrementAndGet();
                if (System.nanoTime() - answered < INTERVAL.toNanos()) {
                    early.incrementAndGet();
                }
                atOnce.accumulateAndGet(now.incrementAndGet(), Math::max);
                scheduler.schedule(() -> {
                    TokenAnswer answer = content.get();
                    now.decrementAndGet();
                    answered = System.nanoTime();
                    emitter.complete(answer);
                }, 100, TimeUnit.MICROSECONDS);
            });
        }

        private Tokens tokens(int number, Duration life) {
            return new Tokens(Secret.of("access-" + number), "Bearer", Optional.of(Secret.of("refresh-" + number)),
                    Optional.empty(), Optional.of(InstantSource.system().instant().plus(life)), Set.of(), Map.of());
        }

        @Override
        public Uni<Void> revoke(Tokens revoked) {
            return Uni.createFrom().voidItem();
        }
    }
}

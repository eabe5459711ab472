package io.quarkiverse.deviceauthorization.store.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

import org.junit.jupiter.api.BeforeEach;

import io.quarkiverse.deviceauthorization.store.AuthorizationStore;
import io.quarkiverse.deviceauthorization.store.RefreshLease;
import io.quarkiverse.deviceauthorization.store.StoredFlow;
import io.quarkiverse.deviceauthorization.store.StoredTokens;
import io.smallrye.mutiny.Uni;

/** What the author of a store says about it, and what the tests work with. */
abstract class ContractFixture {

    /** No store takes longer than this for one operation, or for one of many at the same time. */
    static final Duration PATIENCE = Duration.ofSeconds(20);
    static final int THREADS = 12;

    final MovableClock clock = new MovableClock();

    /** Two instances, as two processes have them, or one twice. */
    AuthorizationStore store;
    AuthorizationStore second;

    /**
     * Called once before each test.
     *
     * @param clock tells the time: the present at first, later when {@link #letTimePass} says so
     * @return a store on storage that is empty and that nobody else uses
     * @throws Exception if there is none, which fails the test
     */
    protected abstract AuthorizationStore create(InstantSource clock) throws Exception;

    /**
     * Called once for each test, after {@link #create}.
     *
     * @param clock the same clock
     * @return a second store on the storage that was created last, as another process would have it; the same object if a store
     *         can't share its storage
     * @throws Exception if there is none, which fails the test
     */
    protected abstract AuthorizationStore another(InstantSource clock) throws Exception;

    /**
     * @param clock the same clock
     * @return a new store on the storage that was created last, as it would be after a restart; empty if what is stored ends
     *         with the process
     * @throws Exception if there is none, which fails the test
     */
    protected abstract Optional<AuthorizationStore> reopened(InstantSource clock) throws Exception;

    /**
     * A store that notices by itself when a process ends may let a lease be held for longer than it was asked for. Return false
     * then, and test that in another way.
     *
     * @return whether others can take a lease after its time
     */
    protected boolean leasesRunOut() {
        return true;
    }

    /**
     * Moves the clock of the test. If what is stored lives by a clock of its own, such as that of another machine, override
     * this: move that clock too, or wait as long. No test lets more than a few seconds pass.
     *
     * @param time how long
     */
    protected void letTimePass(Duration time) {
        clock.advance(time);
    }

    @BeforeEach
    void open() throws Exception {
        store = create(clock);
        second = another(clock);
    }

    /** @return all who can read what was written: this process, another one, and the next one */
    final List<AuthorizationStore> everybody() {
        List<AuthorizationStore> all = new ArrayList<>(List.of(store, second));
        try {
            reopened(clock).ifPresent(all::add);
        } catch (Exception e) {
            throw new AssertionError("The store can't be opened again", e);
        }
        return all;
    }

    static <T> T done(Uni<T> operation) {
        return operation.await().atMost(PATIENCE);
    }

    final Optional<StoredTokens> tokens(String owner) {
        return done(store.findTokens("tv", owner));
    }

    final boolean replace(String owner, long expected, StoredTokens replacement) {
        return done(store.replaceTokens("tv", owner, expected, Optional.of(replacement)));
    }

    final void put(String owner, StoredTokens replacement) {
        assertThat(replace(owner, 0, replacement)).as("tokens of a new owner were stored").isTrue();
    }

    final void put(StoredFlow flow) {
        assertThat(done(store.replaceFlow(0, flow))).as("a new flow was stored").isTrue();
    }

    final Optional<RefreshLease> lease(AuthorizationStore from, String owner) {
        return done(from.leaseRefresh("tv", owner, Duration.ofMinutes(1)));
    }

    /** @return what each of many threads got that did the same at the same time */
    static <T> List<T> together(int threads, IntFunction<Callable<T>> work) throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            CountDownLatch start = new CountDownLatch(1);
            List<Future<T>> futures = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                Callable<T> mine = work.apply(i);
                futures.add(executor.submit(() -> {
                    start.await();
                    return mine.call();
                }));
            }
            start.countDown();
            List<T> results = new ArrayList<>();
            for (Future<T> future : futures) {
                results.add(future.get(PATIENCE.toSeconds(), TimeUnit.SECONDS));
            }
            return results;
        } finally {
            executor.shutdownNow();
        }
    }
}

package io.quarkiverse.deviceauthorization.runtime.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import io.quarkiverse.deviceauthorization.runtime.LoggedWarnings;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;

@DisplayName("File work")
class FileExecutorTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final FileExecutor executor = new FileExecutor();

    @Test
    @DisplayName("is done when somebody wants its result, on a thread of its own that keeps no application alive")
    void thread() {
        AtomicInteger runs = new AtomicInteger();
        Uni<Thread> work = run(() -> {
            runs.incrementAndGet();
            return Thread.currentThread();
        });
        assertThat(runs).hasValue(0);
        Thread thread = work.await().atMost(PATIENCE);
        assertThat(thread).isNotEqualTo(Thread.currentThread());
        assertThat(thread.getName()).startsWith("device-authorization-files-");
        assertThat(thread.isDaemon()).isTrue();
        assertThat(runs).hasValue(1);
    }

    @Test
    @DisplayName("that fails is told, whatever it throws")
    void failures() {
        assertThatThrownBy(() -> run(() -> {
            throw new IllegalStateException("no");
        }).await().atMost(PATIENCE)).isInstanceOf(IllegalStateException.class).hasMessage("no");
        assertThatThrownBy(() -> run(() -> {
            throw new StackOverflowError("deep");
        }).await().atMost(PATIENCE)).hasStackTraceContaining("deep");
        for (int i = 0; i < 20; i++) {
            assertThat(run(() -> 1).await().atMost(PATIENCE)).isEqualTo(1);
        }
    }

    @Test
    @DisplayName("is done by four threads at a time")
    void limited() {
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch end = new CountDownLatch(1);
        List<UniAssertSubscriber<Integer>> callers = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            callers.add(run(() -> {
                most.accumulateAndGet(now.incrementAndGet(), Math::max);
                await(end);
                return now.decrementAndGet();
            }).subscribe().withSubscriber(UniAssertSubscriber.create()));
        }
        Awaitility.await().until(() -> now.get() == 4);
        end.countDown();
        callers.forEach(caller -> caller.awaitItem(PATIENCE));
        assertThat(most).hasValue(4);
    }

    @Test
    @DisplayName("waits when there can't be another thread, which is told, and is done when there can")
    void noThreads() {
        AtomicBoolean full = new AtomicBoolean();
        FileExecutor limited = new FileExecutor(work -> {
            if (full.get()) {
                throw new OutOfMemoryError("unable to create native thread");
            }
            return new Thread(work);
        });
        List<CountDownLatch> ends = new ArrayList<>();
        List<UniAssertSubscriber<Integer>> callers = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            CountDownLatch end = new CountDownLatch(1);
            ends.add(end);
            callers.add(limited.run(() -> {
                await(end);
                return 1;
            }).subscribe().withSubscriber(UniAssertSubscriber.create()));
        }
        try (LoggedWarnings logged = new LoggedWarnings(FileExecutor.class.getName())) {
            full.set(true);
            ends.get(4).countDown();
            ends.get(0).countDown();
            callers.get(0).awaitItem(PATIENCE);
            assertThat(logged.messages)
                    .containsExactly("There can't be another thread for files, and who needs one has to wait:"
                            + " unable to create native thread");
            callers.get(4).assertNotTerminated();
            full.set(false);
            ends.get(1).countDown();
            callers.get(4).awaitItem(PATIENCE);
        } finally {
            ends.forEach(CountDownLatch::countDown);
        }
    }

    @Test
    @DisplayName("goes on while any number of callers block the threads that they got their results on")
    void blockedCallers() {
        CountDownLatch end = new CountDownLatch(1);
        List<UniAssertSubscriber<Integer>> callers = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            callers.add(run(() -> 1).onItem().transform(result -> {
                await(end);
                return result + run(() -> 1).await().atMost(PATIENCE);
            }).subscribe().withSubscriber(UniAssertSubscriber.create()));
        }
        assertThat(run(() -> 3).await().atMost(PATIENCE)).isEqualTo(3);
        end.countDown();
        callers.forEach(caller -> assertThat(caller.awaitItem(PATIENCE).getItem()).isEqualTo(2));
    }

    @Test
    @DisplayName("doesn't meet the interrupt that a caller has left behind")
    void interrupt() {
        for (int i = 0; i < 10; i++) {
            assertThat(
                    run(() -> Thread.currentThread().isInterrupted()).onItem().invoke(() -> Thread.currentThread().interrupt())
                            .await().atMost(PATIENCE))
                    .isFalse();
        }
    }

    @Test
    @DisplayName("leaves no thread behind when there has been none for some seconds")
    void idle() {
        Thread thread = run(Thread::currentThread).await().atMost(PATIENCE);
        Awaitility.await().atMost(PATIENCE).until(() -> !thread.isAlive());
    }

    private <T> Uni<T> run(Supplier<T> work) {
        return executor.run(work);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}

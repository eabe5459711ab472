package io.quarkiverse.deviceauthorization.benchmarks;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import io.quarkiverse.deviceauthorization.benchmarks.contender.Exchange;
import io.vertx.core.Vertx;
import io.vertx.core.impl.ContextInternal;

/** Keeps a number of requests under way: the next one starts when one is answered. */
final class Lanes implements AutoCloseable {

    private final Vertx vertx;
    private final int lanes;
    private final ExecutorService threads;

    Lanes(Vertx vertx, int lanes) {
        this.vertx = vertx;
        this.lanes = lanes;
        this.threads = Executors.newFixedThreadPool(lanes);
    }

    /** Makes so many requests, and returns when all are answered. */
    void run(Exchange exchange, int requests) throws Exception {
        AtomicInteger left = new AtomicInteger(requests);
        AtomicReference<Throwable> problem = new AtomicReference<>();
        CountDownLatch done = new CountDownLatch(lanes);
        for (int i = 0; i < lanes; i++) {
            if (exchange instanceof Exchange.Blocking blocking) {
                threads.execute(() -> block(blocking, left, problem, done));
            } else if (exchange instanceof Exchange.Asynchronous asynchronous) {
                ContextInternal root = ((ContextInternal) vertx.getOrCreateContext()).unwrap();
                next(asynchronous, root, left, problem, done);
            }
        }
        done.await();
        if (problem.get() != null) {
            throw new IllegalStateException("A request failed", problem.get());
        }
    }

    private static void block(Exchange.Blocking exchange, AtomicInteger left, AtomicReference<Throwable> problem,
            CountDownLatch done) {
        try {
            while (left.getAndDecrement() > 0 && problem.get() == null) {
                exchange.send();
            }
        } catch (Exception e) {
            problem.set(e);
        }
        done.countDown();
    }

    /** Each request in a context of its own, as if it were made for a request that is served. */
    private static void next(Exchange.Asynchronous exchange, ContextInternal root, AtomicInteger left,
            AtomicReference<Throwable> problem, CountDownLatch done) {
        if (left.getAndDecrement() <= 0 || problem.get() != null) {
            done.countDown();
            return;
        }
        root.duplicate().runOnContext(nothing -> exchange.send(() -> next(exchange, root, left, problem, done), failure -> {
            problem.set(failure);
            done.countDown();
        }));
    }

    @Override
    public void close() {
        threads.shutdown();
    }
}

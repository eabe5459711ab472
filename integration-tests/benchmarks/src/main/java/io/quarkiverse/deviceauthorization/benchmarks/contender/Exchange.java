package io.quarkiverse.deviceauthorization.benchmarks.contender;

import java.util.function.Consumer;
import java.util.function.Supplier;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;

/** One request and its answer, which can be made any number of times, several at once. */
public sealed interface Exchange {

    /** It calls back. */
    @FunctionalInterface
    non-sealed interface Asynchronous extends Exchange {

        /** Exactly one of the two is called, once; {@code failed} when the answer is not the one that was expected, too. */
        void send(Runnable answered, Consumer<Throwable> failed);
    }

    /** It holds its thread. */
    @FunctionalInterface
    non-sealed interface Blocking extends Exchange {

        /** Fails when the answer is not the one that was expected, too. */
        void send() throws Exception;
    }

    /** @return sends what the supplier makes */
    static Asynchronous of(Supplier<Uni<?>> sent) {
        return (answered, failed) -> sent.get().subscribe().with(answer -> answered.run(), failed);
    }

    /** @return sends what the supplier makes */
    static Asynchronous ofFuture(Supplier<Future<?>> sent) {
        return (answered, failed) -> sent.get().onComplete(answer -> answered.run(), failed::accept);
    }

    /** @throws IllegalStateException if this isn't what the stub always says */
    static void requirePending(String error) {
        require("authorization_pending".equals(error), error);
    }

    static void require(boolean expected, Object answer) {
        if (!expected) {
            throw new IllegalStateException("Unexpected answer: " + answer);
        }
    }
}

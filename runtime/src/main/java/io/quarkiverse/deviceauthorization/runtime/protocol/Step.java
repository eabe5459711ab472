package io.quarkiverse.deviceauthorization.runtime.protocol;

import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.operators.AbstractUni;
import io.smallrye.mutiny.operators.UniOperator;
import io.smallrye.mutiny.operators.uni.UniOnItemTransformToUni;
import io.smallrye.mutiny.operators.uni.UniOnTermination;
import io.smallrye.mutiny.operators.uni.UniOperatorProcessor;
import io.smallrye.mutiny.operators.uni.builders.UniCreateFromDeferredSupplier;
import io.smallrye.mutiny.subscription.UniSubscriber;

/**
 * Makes something of what comes, or of the failure to come. Each of Mutiny's own steps captures the context of its caller, to
 * run its function in it, which costs as much as reading a small answer. This one doesn't, nor do those that its static methods
 * make: they are for functions that need no context, on the way of requests that are made by the thousand.
 */
public final class Step<I, O> extends UniOperator<I, O> {

    private final Function<? super I, ? extends O> received;
    private final Function<Throwable, ? extends O> failed;

    /**
     * @param upstream what comes
     * @param received makes something of it, or throws a failure
     * @param failed makes something of a failure, or throws another one
     */
    public Step(Uni<? extends I> upstream, Function<? super I, ? extends O> received, Function<Throwable, ? extends O> failed) {
        super(upstream);
        this.received = received;
        this.failed = failed;
    }

    /** @return what the work brings, which begins when somebody wants to know */
    public static <T> Uni<T> deferred(Supplier<Uni<? extends T>> work) {
        return new UniCreateFromDeferredSupplier<>(work);
    }

    /** @return what the work brings, which begins, in a scope, when somebody wants to know */
    static <T> Uni<T> within(Telemetry.Scope scope, Supplier<Uni<? extends T>> work) {
        Uni<T> begun = deferred(work);
        return new AbstractUni<>() {
            @Override
            public void subscribe(UniSubscriber<? super T> subscriber) {
                scope.run(() -> AbstractUni.subscribe(begun, subscriber));
            }
        };
    }

    /** @return what the next work brings, which is made of what comes */
    public static <I, O> Uni<O> then(Uni<I> upstream, Function<? super I, Uni<? extends O>> next) {
        return new UniOnItemTransformToUni<>(upstream, next);
    }

    /** @return what comes, once the action has been done; it is also done when nobody wants to know any more */
    public static <T> Uni<T> atEnd(Uni<T> upstream, Runnable action) {
        return new UniOnTermination<>(upstream, (item, failure, cancelled) -> action.run());
    }

    /** @return what comes; a failure is told as well */
    public static <T> Uni<T> atFailure(Uni<T> upstream, Consumer<Throwable> action) {
        return new UniOnTermination<>(upstream, (item, failure, cancelled) -> {
            if (failure != null) {
                action.accept(failure);
            }
        });
    }

    @Override
    public void subscribe(UniSubscriber<? super O> subscriber) {
        AbstractUni.subscribe(upstream(), new UniOperatorProcessor<I, O>(subscriber) {
            @Override
            public void onItem(I item) {
                finish(received, item);
            }

            @Override
            public void onFailure(Throwable failure) {
                finish(failed, failure);
            }

            private <R> void finish(Function<? super R, ? extends O> step, R what) {
                if (isCancelled()) {
                    return;
                }
                O outcome;
                try {
                    outcome = step.apply(what);
                } catch (Throwable problem) { // also an Error: who waits would never hear of anything
                    downstream.onFailure(problem);
                    return;
                }
                downstream.onItem(outcome);
            }
        });
    }
}

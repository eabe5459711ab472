package io.quarkiverse.deviceauthorization.runtime.protocol;

import java.util.function.Function;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.operators.AbstractUni;
import io.smallrye.mutiny.operators.UniOperator;
import io.smallrye.mutiny.operators.uni.UniOperatorProcessor;
import io.smallrye.mutiny.subscription.UniSubscriber;

/**
 * Makes something of what comes, or of the failure to come. Each of Mutiny's own steps captures the context of its caller, to
 * run its function in it, which costs as much as reading a small answer. This one doesn't: it is for functions that need no
 * context, on the way of requests that are made by the thousand.
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
                } catch (RuntimeException problem) {
                    downstream.onFailure(problem);
                    return;
                }
                downstream.onItem(outcome);
            }
        });
    }
}

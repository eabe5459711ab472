package io.quarkiverse.deviceauthorization.runtime.flow;

import java.util.ArrayList;
import java.util.List;

import io.quarkiverse.deviceauthorization.PollResult;
import io.quarkiverse.deviceauthorization.Tokens;
import io.smallrye.mutiny.subscription.UniEmitter;

/** Who wants to know about a flow. Guarded by the flow's monitor; whoever is removed is told outside of it. */
final class Listeners {

    private List<UniEmitter<? super PollResult>> pollers = List.of();
    private List<UniEmitter<? super Tokens>> waiters = List.of();

    static void deliver(PollResult result, UniEmitter<? super Tokens> waiter) {
        if (result instanceof PollResult.Granted granted) {
            waiter.complete(granted.tokens());
        } else if (result instanceof PollResult.Refused refused) {
            waiter.fail(refused.cause());
        }
    }

    /** Adds somebody who wants the result of one request. */
    void addPoller(UniEmitter<? super PollResult> poller) {
        if (pollers.isEmpty()) {
            pollers = new ArrayList<>(1);
        }
        pollers.add(poller);
    }

    /** Adds somebody who wants the result of the flow. */
    void addWaiter(UniEmitter<? super Tokens> waiter) {
        if (waiters.isEmpty()) {
            waiters = new ArrayList<>(1);
        }
        waiters.add(waiter);
    }

    void removeWaiter(UniEmitter<? super Tokens> waiter) {
        if (!waiters.isEmpty()) {
            waiters.remove(waiter);
        }
    }

    boolean someoneWaits() {
        return !waiters.isEmpty();
    }

    List<UniEmitter<? super PollResult>> removePollers() {
        List<UniEmitter<? super PollResult>> removed = pollers;
        pollers = List.of();
        return removed;
    }

    List<UniEmitter<? super Tokens>> removeWaiters() {
        List<UniEmitter<? super Tokens>> removed = waiters;
        waiters = List.of();
        return removed;
    }

    /** Tells everybody how the flow ended. */
    void tell(PollResult ending) {
        pollers.forEach(poller -> poller.complete(ending));
        waiters.forEach(waiter -> deliver(ending, waiter));
    }
}

package io.quarkiverse.deviceauthorization.runtime.flow;

import java.util.ArrayList;
import java.util.List;

import io.quarkiverse.deviceauthorization.PollResult;
import io.quarkiverse.deviceauthorization.Tokens;
import io.smallrye.mutiny.subscription.UniEmitter;

/**
 * Who wants to know about a flow. Guarded by the flow's monitor; whoever is removed is told outside of it. Of most flows nobody
 * wants to know at any moment: those share {@link #NOBODY}.
 */
final class Listeners {

    static final Listeners NOBODY = new Listeners();

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
    Listeners withPoller(UniEmitter<? super PollResult> poller) {
        Listeners with = orNew();
        if (with.pollers.isEmpty()) {
            with.pollers = new ArrayList<>(1);
        }
        with.pollers.add(poller);
        return with;
    }

    /** Adds somebody who wants the result of the flow. */
    Listeners withWaiter(UniEmitter<? super Tokens> waiter) {
        Listeners with = orNew();
        if (with.waiters.isEmpty()) {
            with.waiters = new ArrayList<>(1);
        }
        with.waiters.add(waiter);
        return with;
    }

    private Listeners orNew() {
        return this == NOBODY ? new Listeners() : this;
    }

    Listeners without(UniEmitter<? super Tokens> waiter) {
        if (!waiters.isEmpty()) {
            waiters.remove(waiter);
        }
        return orNobody();
    }

    Listeners orNobody() {
        return someonePolls() || someoneWaits() ? this : NOBODY;
    }

    boolean someonePolls() {
        return !pollers.isEmpty();
    }

    boolean someoneWaits() {
        return !waiters.isEmpty();
    }

    List<UniEmitter<? super PollResult>> removePollers() {
        List<UniEmitter<? super PollResult>> removed = pollers;
        if (!removed.isEmpty()) {
            pollers = List.of();
        }
        return removed;
    }

    List<UniEmitter<? super Tokens>> removeWaiters() {
        List<UniEmitter<? super Tokens>> removed = waiters;
        if (!removed.isEmpty()) {
            waiters = List.of();
        }
        return removed;
    }

    /** Tells everybody how the flow ended. */
    void tell(PollResult ending) {
        pollers.forEach(poller -> poller.complete(ending));
        waiters.forEach(waiter -> deliver(ending, waiter));
    }
}

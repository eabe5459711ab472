package io.quarkiverse.deviceauthorization.runtime.flow;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

import org.jboss.logging.Logger;

import io.quarkiverse.deviceauthorization.runtime.config.ConfigKeys;
import io.quarkiverse.deviceauthorization.store.StoredFlow;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;

/**
 * Looks from time to time for followed flows that nobody polls any more, since their process was killed or stopped, and goes on
 * with those that it gets. Several processes may find the same ones; each flow goes to the one that claims it first.
 */
final class TakeOver {

    private static final Logger LOG = Logger.getLogger(TakeOver.class);

    /** How long it waits before it looks again; a little more or less, so that processes that begin together drift apart. */
    private static final Duration PERIOD = Duration.ofSeconds(5);

    /** When a flow is asked for that was taken over, at the earliest. */
    private static final Duration SOONEST = Duration.ofSeconds(2);

    /** How many it goes on with at once, and how many of them it claims at the same time. */
    private static final int MANY = 1000;
    private static final int AT_ONCE = 64;

    private final FlowEngine engine;
    private boolean ended;
    private boolean failing;
    private Cancellable timer;

    TakeOver(FlowEngine engine) {
        this.engine = engine;
    }

    synchronized void begin() {
        if (timer == null) {
            lookIn(Duration.ZERO);
        }
    }

    synchronized void end() {
        ended = true;
        if (timer != null) {
            timer.cancel();
        }
    }

    private synchronized void lookIn(Duration wait) {
        if (!ended) {
            timer = engine.timer().schedule(wait, this::look);
        }
    }

    private void look() {
        engine.store().findAbandoned(engine.client(), engine.clock().instant(), MANY).onItem()
                .transformToUni(found -> takeOver(found).onItem().transform(claimed -> found.size() == MANY && claimed))
                .subscribe().with(this::looked, this::failed);
    }

    /**
     * A claim that can't be written is none: the flow is found again.
     *
     * @return whether some of them are not left any more
     */
    private Uni<Boolean> takeOver(List<StoredFlow> found) {
        return Multi.createFrom().iterable(found)
                .filter(flow -> engine.isIssuedToUs(flow))
                .onItem().transformToUni(flow -> takeOver(flow, spread(flow.interval())).onFailure().recoverWithItem(false))
                .merge(AT_ONCE).collect().asList().onItem().transform(claims -> claims.contains(true));
    }

    /**
     * Claims a flow that another process has left, and goes on with it at some time within its interval.
     *
     * @return whether somebody has it now who hadn't
     */
    private Uni<Boolean> takeOver(StoredFlow left, Duration wait) {
        Flow here = engine.pending().find(left.pending().id());
        if (here != null) {
            here.goOnAlone();
        }
        if (here != null || engine.isStopped()) {
            return Uni.createFrom().item(false);
        }
        Instant now = engine.clock().instant();
        StoredFlow claimed = left.claimed(now.plus(engine.policy().turn(left.interval()))).replacing(left.version());
        return engine.store().replaceFlow(left.version(), claimed).onItem().invoke(done -> {
            if (done && !engine.isStopped()) {
                engine.pending().takenOver(new Flow(engine, claimed.claimed(now.plus(wait)), true)).goOnAlone();
            }
        }).replaceWith(true);
    }

    /**
     * Thousands that were left together are not asked for together; and who left one only because the store was away, with its
     * tokens perhaps, comes first.
     */
    private static Duration spread(Duration interval) {
        long soonest = Math.min(SOONEST.toNanos(), interval.toNanos() / 2);
        return Duration.ofNanos(ThreadLocalRandom.current().nextLong(soonest, interval.toNanos() + 1));
    }

    private void looked(boolean more) {
        failing = false;
        lookIn(more ? Duration.ZERO : next());
    }

    private void failed(Throwable problem) {
        LOG.logf(failing ? Logger.Level.DEBUG : Logger.Level.WARN,
                "Flows of %s that other processes have left are not found: %s",
                ConfigKeys.describe(engine.client()), problem.getMessage());
        failing = true;
        lookIn(next());
    }

    private static Duration next() {
        return PERIOD.plusMillis(ThreadLocalRandom.current().nextLong(-1000, 1000));
    }
}

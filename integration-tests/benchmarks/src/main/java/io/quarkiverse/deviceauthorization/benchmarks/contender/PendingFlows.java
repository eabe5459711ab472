package io.quarkiverse.deviceauthorization.benchmarks.contender;

import io.smallrye.mutiny.Uni;

/** Pending flows that somebody looks after. */
public interface PendingFlows {

    /** Starts a flow and goes on with it by itself from then on. */
    Uni<Void> begin();

    /** Ends those that have begun, once, to warm up; those that begin afterwards go on. */
    void end();
}

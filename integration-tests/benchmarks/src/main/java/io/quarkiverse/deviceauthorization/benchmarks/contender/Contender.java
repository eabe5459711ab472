package io.quarkiverse.deviceauthorization.benchmarks.contender;

import java.util.List;

/** One way to talk to an authorization server. What it can't do, it leaves out. */
public interface Contender {

    /** @return asks for a device code and reads the answer (RFC 8628 §3.1) */
    default Exchange start() {
        throw new UnsupportedOperationException();
    }

    /** @return the same on the caller's thread, which waits */
    default Exchange blockingStart() {
        return start();
    }

    /** Lets go of what {@link #start} has left; not measured. */
    default void forget() {
    }

    /**
     * @param deviceCodes for whom; each poll is for the next of them
     * @return asks whether there are tokens, and understands that there are none yet (RFC 8628 §3.4)
     */
    default Exchange poll(List<String> deviceCodes) {
        throw new UnsupportedOperationException();
    }

    /** @return pending flows that are polled at their interval until this process ends */
    default PendingFlows pendingFlows() {
        throw new UnsupportedOperationException();
    }
}

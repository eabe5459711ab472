package io.quarkiverse.deviceauthorization.runtime.store;

import java.time.Duration;

/** For how long stores keep what has ended: somebody may want to know how, and clocks differ. */
public final class Retention {

    /** From when the codes of a flow end. */
    public static final Duration OF_ENDED = Duration.ofMinutes(10);

    private Retention() {
    }
}

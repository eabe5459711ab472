package io.quarkiverse.deviceauthorization.runtime.flow;

import java.time.Duration;

/**
 * How patiently a server is polled, and for how many.
 *
 * @param maxInterval the longest interval that a server can ask for
 * @param maxBackoff the longest wait between two attempts while it can't be asked, unless the interval is longer
 * @param maxFailures how many failures in a row end an {@code await} or a {@code follow}
 * @param requestTimeout how long one request may take, as far as HTTP is concerned
 * @param maxInFlight how many polls are under way at once
 * @param maxPending how many flows may be pending for another one to be started
 */
public record PollingPolicy(Duration maxInterval, Duration maxBackoff, int maxFailures, Duration requestTimeout,
        int maxInFlight, int maxPending) {

    /**
     * @param more the interval, or longer where a store takes its time
     * @return for how long one process claims a flow at most: another may ask then, without having heard of it
     */
    Duration turn(Duration more) {
        return requestTimeout.plus(more);
    }
}

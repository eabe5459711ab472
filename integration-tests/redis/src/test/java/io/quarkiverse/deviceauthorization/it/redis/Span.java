package io.quarkiverse.deviceauthorization.it.redis;

/**
 * A time.
 *
 * @param from when it began, in microseconds
 * @param to when it ended, or the largest number while it goes on
 */
record Span(long from, long to) {

    boolean touches(long begin, long end) {
        return from <= end && begin <= to;
    }
}

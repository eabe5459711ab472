package io.quarkiverse.deviceauthorization.devserver;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;

/** Limits how fast user codes can be guessed (RFC 8628 §5.1). */
final class WrongCodes {

    static final int ALLOWED = 10;
    static final Duration WINDOW = Duration.ofMinutes(1);

    private final InstantSource clock;
    private final Deque<Instant> wrong = new ArrayDeque<>();

    WrongCodes(InstantSource clock) {
        this.clock = clock;
    }

    /** Whether there were so many that no code is looked at, right or wrong. */
    synchronized boolean tooMany() {
        Instant now = clock.instant();
        while (!wrong.isEmpty() && !wrong.peek().plus(WINDOW).isAfter(now)) {
            wrong.remove();
        }
        return wrong.size() >= ALLOWED;
    }

    synchronized void add() {
        wrong.add(clock.instant());
    }
}

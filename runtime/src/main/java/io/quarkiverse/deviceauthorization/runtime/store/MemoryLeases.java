package io.quarkiverse.deviceauthorization.runtime.store;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

import io.quarkiverse.deviceauthorization.store.RefreshLease;
import io.smallrye.mutiny.Uni;

/** Who refreshes whose tokens now. Those who never come back are forgotten when their time is over. */
final class MemoryLeases {

    private record Held(MemoryTokens.Key key, Instant until, long number) implements Comparable<Held> {

        private static final Comparator<Held> ORDER = Comparator.comparing(Held::until).thenComparing(Held::number);

        @Override
        public int compareTo(Held other) {
            return ORDER.compare(this, other);
        }
    }

    private final InstantSource clock;
    private final Map<MemoryTokens.Key, Held> byOwner = new HashMap<>();
    private final NavigableSet<Held> byEnd = new TreeSet<>();
    private long numbers;

    MemoryLeases(InstantSource clock) {
        this.clock = clock;
    }

    synchronized Optional<RefreshLease> take(MemoryTokens.Key key, Duration atMost) {
        Held mine = new Held(key, clock.instant().plus(atMost), numbers++);
        forgetEnded();
        if (byOwner.putIfAbsent(key, mine) != null) {
            return Optional.empty();
        }
        byEnd.add(mine);
        return Optional.of(() -> Uni.createFrom().item(() -> {
            release(mine);
            return null;
        }));
    }

    synchronized boolean isHeld(MemoryTokens.Key key) {
        forgetEnded();
        return byOwner.containsKey(key);
    }

    /** @return how many are remembered */
    synchronized int size() {
        return byOwner.size();
    }

    private synchronized void release(Held lease) {
        byEnd.remove(lease);
        byOwner.remove(lease.key, lease);
    }

    private void forgetEnded() {
        Instant now = clock.instant();
        while (!byEnd.isEmpty() && !now.isBefore(byEnd.first().until)) {
            release(byEnd.first());
        }
    }
}

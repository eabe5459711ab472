package io.quarkiverse.deviceauthorization.runtime.store;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import io.quarkiverse.deviceauthorization.store.StoredTokens;

/**
 * Tokens in this process, the least recently used first, and which of them go when room is needed. There is one lock, which is
 * held for a moment, and nothing but the names of all owners looks at all of them.
 */
final class MemoryTokens {

    record Key(String client, String owner) implements Comparable<Key> {

        private static final Comparator<Key> ORDER = Comparator.comparing(Key::client).thenComparing(Key::owner);

        Key {
            Objects.requireNonNull(client, "client");
            Objects.requireNonNull(owner, "owner");
        }

        @Override
        public int compareTo(Key other) {
            return ORDER.compare(this, other);
        }
    }

    private static final class Entry {

        private StoredTokens tokens;
        private Instant used;
    }

    /** When tokens without refresh token are of no use any more. */
    private record End(Instant at, Key key) implements Comparable<End> {

        private static final Comparator<End> ORDER = Comparator.comparing(End::at).thenComparing(End::key);

        static Optional<End> of(Key key, StoredTokens stored) {
            return stored.tokens().refreshToken().isPresent() ? Optional.empty()
                    : stored.tokens().expiresAt().map(at -> new End(at, key));
        }

        @Override
        public int compareTo(End other) {
            return ORDER.compare(this, other);
        }
    }

    private final InstantSource clock;
    private final int maxOwners;
    private final Optional<Duration> idleTimeout;
    private final Predicate<Key> needed;
    private final ForgottenOwners forgotten;
    private final Map<Key, Entry> byUse = new LinkedHashMap<>(16, 0.75f, true);
    private final NavigableSet<End> ends = new TreeSet<>();

    /** @param needed whose tokens don't go now */
    MemoryTokens(InstantSource clock, OptionalInt maxOwners, Optional<Duration> idleTimeout, Predicate<Key> needed) {
        if (maxOwners.isPresent() && maxOwners.getAsInt() < 1) {
            throw new IllegalArgumentException("A store for " + maxOwners.getAsInt()
                    + " owners can't keep anything: tokens.memory.max-owners is at least 1");
        }
        idleTimeout.filter(timeout -> timeout.isZero() || timeout.isNegative()).ifPresent(timeout -> {
            throw new IllegalArgumentException(
                    "Tokens would be forgotten at once: tokens.memory.idle-timeout is more than 0 seconds");
        });
        this.clock = clock;
        this.maxOwners = maxOwners.orElse(Integer.MAX_VALUE);
        this.idleTimeout = idleTimeout;
        this.needed = needed;
        this.forgotten = new ForgottenOwners(clock);
    }

    synchronized Optional<StoredTokens> find(Key key) {
        forgetIdle();
        return use(key).map(entry -> entry.tokens);
    }

    boolean replace(Key key, long expectedVersion, Optional<StoredTokens> replacement) {
        int gone;
        synchronized (this) {
            forgetIdle();
            Optional<Entry> present = use(key);
            if (present.map(entry -> entry.tokens.version()).orElse(0L) != expectedVersion) {
                return false;
            }
            present.flatMap(entry -> End.of(key, entry.tokens)).ifPresent(ends::remove);
            if (replacement.isEmpty()) {
                byUse.remove(key);
                return true;
            }
            Entry entry = present.orElseGet(Entry::new);
            entry.tokens = replacement.get();
            entry.used = clock.instant();
            byUse.put(key, entry);
            End.of(key, entry.tokens).ifPresent(ends::add);
            gone = makeRoom(key);
        }
        forgotten.add(gone);
        return true;
    }

    synchronized Set<String> owners(String client) {
        forgetIdle();
        return byUse.keySet().stream().filter(key -> key.client.equals(client)).map(Key::owner).collect(Collectors.toSet());
    }

    /** Reading from the map makes an entry the last of it, and so its time of use is the latest. */
    private Optional<Entry> use(Key key) {
        Optional<Entry> entry = Optional.ofNullable(byUse.get(key));
        entry.ifPresent(used -> used.used = clock.instant());
        return entry;
    }

    private void forgetIdle() {
        if (idleTimeout.isEmpty()) {
            return;
        }
        Instant limit = clock.instant().minus(idleTimeout.get());
        Iterator<Map.Entry<Key, Entry>> eldest = byUse.entrySet().iterator();
        while (eldest.hasNext()) {
            Map.Entry<Key, Entry> next = eldest.next();
            if (next.getValue().used.isAfter(limit)) {
                return;
            }
            if (!needed.test(next.getKey())) {
                eldest.remove();
                End.of(next.getKey(), next.getValue().tokens).ifPresent(ends::remove);
            }
        }
    }

    /** @return how many were forgotten that somebody could have used */
    private int makeRoom(Key written) {
        Instant now = clock.instant();
        Iterator<End> first = ends.iterator();
        while (byUse.size() > maxOwners && first.hasNext()) {
            End end = first.next();
            if (now.isBefore(end.at)) {
                break;
            }
            if (mayGo(end.key, written)) {
                first.remove();
                byUse.remove(end.key);
            }
        }
        int gone = 0;
        Iterator<Map.Entry<Key, Entry>> eldest = byUse.entrySet().iterator();
        while (byUse.size() > maxOwners && eldest.hasNext()) {
            Map.Entry<Key, Entry> next = eldest.next();
            if (mayGo(next.getKey(), written)) {
                eldest.remove();
                End.of(next.getKey(), next.getValue().tokens).ifPresent(ends::remove);
                gone++;
            }
        }
        return gone;
    }

    private boolean mayGo(Key key, Key written) {
        return !key.equals(written) && !needed.test(key);
    }
}

package io.quarkiverse.deviceauthorization.runtime.store;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

import io.quarkiverse.deviceauthorization.PendingAuthorization;
import io.quarkiverse.deviceauthorization.store.StoredFlow;

/**
 * Flows in memory, until some time after their codes have ended. There may be a hundred thousand of them, so what is kept of
 * one, beside the flow itself, is its entry in a map, and a reference among those of all flows that are forgotten in the same
 * minute.
 */
final class MemoryFlows {

    private static final long MINUTE = 60;

    private final InstantSource clock;
    private final Map<String, Map<String, StoredFlow>> byClient = new ConcurrentHashMap<>();
    private final TreeMap<Long, List<PendingAuthorization>> forgottenIn = new TreeMap<>();

    /** @param clock tells when a flow can be forgotten */
    MemoryFlows(InstantSource clock) {
        this.clock = clock;
    }

    private Map<String, StoredFlow> of(String client) {
        Map<String, StoredFlow> flows = byClient.get(client);
        return flows == null ? Map.of() : flows;
    }

    Optional<StoredFlow> find(String client, String id) {
        return Optional.ofNullable(of(client).get(id));
    }

    List<StoredFlow> unfinished(String client, String owner) {
        Instant now = clock.instant();
        return of(client).values().stream().filter(flow -> flow.pending().owner().equals(owner)
                && flow.status() == StoredFlow.Status.PENDING && now.isBefore(flow.pending().expiresAt())).toList();
    }

    /** @return whether it was done; false when the flow has another version than was expected */
    boolean replace(long expectedVersion, StoredFlow replacement) {
        forgetEnded();
        PendingAuthorization pending = replacement.pending();
        Map<String, StoredFlow> flows = byClient.computeIfAbsent(pending.client(), first -> new ConcurrentHashMap<>());
        StoredFlow before = expectedVersion == 0 ? null : flows.get(pending.id());
        boolean done = expectedVersion == 0 ? flows.putIfAbsent(pending.id(), replacement) == null
                : before != null && before.version() == expectedVersion && flows.replace(pending.id(), before, replacement);
        if (done && (before == null || forgottenIn(before.pending()) != forgottenIn(pending))) {
            synchronized (forgottenIn) {
                forgottenIn.computeIfAbsent(forgottenIn(pending), minute -> new ArrayList<>()).add(pending);
            }
        }
        return done;
    }

    private static long forgottenIn(PendingAuthorization pending) {
        return (pending.expiresAt().getEpochSecond() + Retention.OF_ENDED.toSeconds()) / MINUTE + 1;
    }

    private void forgetEnded() {
        long now = clock.instant().getEpochSecond() / MINUTE;
        for (List<PendingAuthorization> ended = ended(now); ended != null; ended = ended(now)) {
            for (PendingAuthorization flow : ended) {
                of(flow.client()).computeIfPresent(flow.id(),
                        (id, stored) -> forgottenIn(stored.pending()) <= now ? null : stored);
            }
        }
    }

    private List<PendingAuthorization> ended(long now) {
        synchronized (forgottenIn) {
            return forgottenIn.isEmpty() || forgottenIn.firstKey() > now ? null : forgottenIn.pollFirstEntry().getValue();
        }
    }
}

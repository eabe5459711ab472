package io.quarkiverse.deviceauthorization.store;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Collectors;

import io.smallrye.mutiny.Uni;

/**
 * Keeps flows and tokens in this process: they end with it, and nobody outside of it can read them. A flow is forgotten
 * ten minutes after its codes ended.
 */
public final class MemoryAuthorizationStore implements AuthorizationStore {

    static final Duration RETENTION = Duration.ofMinutes(10);

    private record FlowKey(String client, String id) {
        private FlowKey {
            Objects.requireNonNull(client, "client");
            Objects.requireNonNull(id, "id");
        }
    }

    private record TokensKey(String client, String owner) {
        private TokensKey {
            Objects.requireNonNull(client, "client");
            Objects.requireNonNull(owner, "owner");
        }
    }

    /** A lease; not a record, since only the one that was given can be released. */
    private static final class Held {

        private final Instant until;

        private Held(Instant until) {
            this.until = until;
        }
    }

    private record End(Instant at, FlowKey key) implements Comparable<End> {
        @Override
        public int compareTo(End other) {
            int byTime = at.compareTo(other.at);
            if (byTime != 0) {
                return byTime;
            }
            int byId = key.id.compareTo(other.key.id);
            return byId != 0 ? byId : key.client.compareTo(other.key.client);
        }
    }

    private final InstantSource clock;
    private final Map<FlowKey, StoredFlow> flows = new ConcurrentHashMap<>();
    private final ConcurrentSkipListMap<End, FlowKey> ends = new ConcurrentSkipListMap<>();
    private final Map<TokensKey, StoredTokens> tokens = new ConcurrentHashMap<>();
    private final Map<TokensKey, Held> leases = new ConcurrentHashMap<>();

    /** @param clock tells when a flow can be forgotten */
    public MemoryAuthorizationStore(InstantSource clock) {
        this.clock = clock;
    }

    /** @return false: only this process sees what is stored */
    @Override
    public boolean shared() {
        return false;
    }

    @Override
    public Uni<Optional<StoredFlow>> findFlow(String client, String id) {
        return Uni.createFrom().item(() -> Optional.ofNullable(flows.get(new FlowKey(client, id))));
    }

    @Override
    public Uni<List<StoredFlow>> findFlows(String client, String owner) {
        Objects.requireNonNull(client, "client");
        Objects.requireNonNull(owner, "owner");
        return Uni.createFrom().item(() -> {
            Instant now = clock.instant();
            return flows.values().stream().filter(flow -> flow.pending().client().equals(client)
                    && flow.pending().owner().equals(owner) && flow.status() == StoredFlow.Status.PENDING
                    && now.isBefore(flow.pending().expiresAt())).toList();
        });
    }

    @Override
    public Uni<Boolean> replaceFlow(long expectedVersion, StoredFlow replacement) {
        return Uni.createFrom().item(() -> {
            forgetEndedFlows();
            FlowKey key = new FlowKey(replacement.pending().client(), replacement.pending().id());
            boolean[] done = { false };
            flows.compute(key, (same, present) -> {
                done[0] = (present == null ? 0 : present.version()) == expectedVersion;
                return done[0] ? replacement : present;
            });
            if (done[0]) {
                ends.put(new End(replacement.pending().expiresAt(), key), key);
            }
            return done[0];
        });
    }

    private void forgetEndedFlows() {
        Instant limit = clock.instant().minus(RETENTION);
        for (Map.Entry<End, FlowKey> first = ends.firstEntry(); first != null && first.getKey().at.isBefore(limit); //
                first = ends.firstEntry()) {
            flows.remove(first.getValue());
            ends.remove(first.getKey());
        }
    }

    @Override
    public Uni<Optional<StoredTokens>> findTokens(String client, String owner) {
        return Uni.createFrom().item(() -> Optional.ofNullable(tokens.get(new TokensKey(client, owner))));
    }

    @Override
    public Uni<Boolean> replaceTokens(String client, String owner, long expectedVersion, Optional<StoredTokens> replacement) {
        return Uni.createFrom().item(() -> {
            Objects.requireNonNull(replacement, "replacement");
            boolean[] done = { false };
            tokens.compute(new TokensKey(client, owner), (key, present) -> {
                done[0] = (present == null ? 0 : present.version()) == expectedVersion;
                return done[0] ? replacement.orElse(null) : present;
            });
            return done[0];
        });
    }

    @Override
    public Uni<Set<String>> findOwners(String client) {
        Objects.requireNonNull(client, "client");
        return Uni.createFrom().item(() -> tokens.keySet().stream().filter(key -> key.client.equals(client))
                .map(TokensKey::owner).collect(Collectors.toSet()));
    }

    @Override
    public Uni<Optional<RefreshLease>> leaseRefresh(String client, String owner, Duration atMost) {
        return Uni.createFrom().item(() -> {
            TokensKey key = new TokensKey(client, owner);
            Instant now = clock.instant();
            Held mine = new Held(now.plus(atMost));
            Held held = leases.compute(key,
                    (same, present) -> present == null || !now.isBefore(present.until) ? mine : present);
            return held == mine ? Optional.of(() -> Uni.createFrom().item(() -> {
                leases.remove(key, mine);
                return null;
            })) : Optional.empty();
        });
    }
}

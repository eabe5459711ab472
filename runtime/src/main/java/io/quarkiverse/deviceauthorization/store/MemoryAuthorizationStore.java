package io.quarkiverse.deviceauthorization.store;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

import io.smallrye.mutiny.Uni;

/**
 * Keeps flows and tokens in this process: they end with it, and nobody outside of it can read them. A flow is forgotten
 * ten minutes after its codes ended.
 */
public final class MemoryAuthorizationStore implements AuthorizationStore {

    static final Duration RETENTION = Duration.ofMinutes(10);

    private record FlowKey(String client, String id) {
    }

    private record TokensKey(String client, String owner) {
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

    /** @param clock tells when a flow can be forgotten */
    public MemoryAuthorizationStore(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public Uni<Optional<StoredFlow>> findFlow(String client, String id) {
        return Uni.createFrom().item(() -> Optional.ofNullable(flows.get(new FlowKey(client, id))));
    }

    @Override
    public Uni<Void> saveFlow(StoredFlow flow) {
        return Uni.createFrom().item(() -> {
            forgetEndedFlows();
            FlowKey key = new FlowKey(flow.pending().client(), flow.pending().id());
            flows.put(key, flow);
            ends.put(new End(flow.pending().expiresAt(), key), key);
            return null;
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
            boolean[] done = { false };
            tokens.compute(new TokensKey(client, owner), (key, present) -> {
                done[0] = (present == null ? 0 : present.version()) == expectedVersion;
                return done[0] ? replacement.orElse(null) : present;
            });
            return done[0];
        });
    }
}

package io.quarkiverse.deviceauthorization.runtime.flow;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.quarkiverse.deviceauthorization.runtime.ForwardingStore;
import io.quarkiverse.deviceauthorization.store.AuthorizationStoreException;
import io.quarkiverse.deviceauthorization.store.StoredFlow;
import io.quarkiverse.deviceauthorization.store.StoredTokens;
import io.smallrye.mutiny.Uni;

/** A store of several processes, that can go away, and whose answers can get lost. */
final class HandingOverStore extends ForwardingStore {

    private final Set<String> ids = new LinkedHashSet<>();
    boolean down;
    boolean readOnly;
    boolean answersGetLost;
    boolean slow;
    final List<Runnable> slowly = new ArrayList<>();
    int writes;
    int looks;

    @Override
    public boolean handsOver() {
        return true;
    }

    @Override
    public Uni<Optional<StoredFlow>> findFlow(String client, String id) {
        return ifUp(super.findFlow(client, id));
    }

    @Override
    public Uni<Optional<StoredTokens>> findTokens(String client, String owner) {
        Uni<Optional<StoredTokens>> found = super.findTokens(client, owner);
        return !slow ? found
                : Uni.createFrom().emitter(answer -> slowly
                        .add(() -> answer.complete(found.await().indefinitely())));
    }

    @Override
    public Uni<List<StoredFlow>> findAbandoned(String client, Instant before, int atMost) {
        if (++looks > 1000) {
            down = true; // whoever looks all the time would never end
        }
        return ifUp(Uni.createFrom().item(() -> ids.stream()
                .map(id -> super.findFlow(client, id).await().indefinitely()).flatMap(Optional::stream)
                .filter(flow -> flow.followed() && flow.status() == StoredFlow.Status.PENDING
                        && flow.nextRequest().isBefore(before))
                .sorted(Comparator.comparing(StoredFlow::nextRequest)).limit(atMost).toList()));
    }

    @Override
    public Uni<Boolean> replaceFlow(long expectedVersion, StoredFlow replacement) {
        return readOnly ? Uni.createFrom().failure(problem())
                : ifUp(super.replaceFlow(expectedVersion, replacement).onItem().invoke(done -> {
                    if (done) {
                        writes++;
                        ids.add(replacement.pending().id());
                    }
                    if (answersGetLost) {
                        throw problem();
                    }
                }));
    }

    /** @return loses what is written from now on, as a failover to a replica that is behind */
    Runnable checkpoint(String client, String owner) {
        List<StoredFlow> flows = ids.stream().map(id -> super.findFlow(client, id).await().indefinitely())
                .flatMap(Optional::stream).toList();
        Optional<StoredTokens> tokens = super.findTokens(client, owner).await().indefinitely();
        return () -> {
            forget();
            flows.forEach(flow -> super.replaceFlow(0, flow).await().indefinitely());
            tokens.ifPresent(known -> super.replaceTokens(client, owner, 0, tokens).await().indefinitely());
        };
    }

    private <T> Uni<T> ifUp(Uni<T> answer) {
        return Uni.createFrom().deferred(() -> down ? Uni.createFrom().failure(problem()) : answer);
    }

    private static AuthorizationStoreException problem() {
        return new AuthorizationStoreException("The store is not there", null);
    }
}

package io.quarkiverse.deviceauthorization.runtime;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.quarkiverse.deviceauthorization.store.AuthorizationStore;
import io.quarkiverse.deviceauthorization.store.AuthorizationStoreException;
import io.quarkiverse.deviceauthorization.store.RefreshLease;
import io.quarkiverse.deviceauthorization.store.StoredFlow;
import io.quarkiverse.deviceauthorization.store.StoredTokens;
import io.smallrye.mutiny.Uni;

/** A store as one process sees it over a network: requests and answers take their time, and get lost. */
public final class UnreliableStore implements AuthorizationStore {

    /**
     * What goes wrong.
     *
     * @param random chooses what
     * @param time passes while it answers
     * @param trouble whether anything goes wrong now
     * @param lost the share of the requests that get lost, and of the answers
     * @param slowest how long each takes at most
     * @param changes is told what is changed, for whoever wants to know what has happened
     */
    public record Faults(Random random, VirtualTime time, BooleanSupplier trouble, double lost, Duration slowest,
            Consumer<String> changes) {

        private boolean loses() {
            return trouble.getAsBoolean() && random.nextDouble() < lost;
        }

        private Duration latency() {
            return !trouble.getAsBoolean() || slowest.isZero() ? Duration.ofMillis(1)
                    : Duration.ofMillis(random.nextInt((int) slowest.toMillis()));
        }
    }

    private final AuthorizationStore store;
    private final Faults faults;
    private final NodeTime process;

    public UnreliableStore(AuthorizationStore store, Faults faults, NodeTime process) {
        this.store = store;
        this.faults = faults;
        this.process = process;
    }

    private void say(boolean done, String what) {
        faults.changes.accept(process + (done ? " writes " : " is too late to write ") + what);
    }

    private <T> Uni<T> remotely(Supplier<Uni<T>> request) {
        return Uni.createFrom().emitter(answer -> {
            boolean requestIsLost = faults.loses();
            boolean answerIsLost = faults.loses();
            faults.time.schedule(faults.latency(), () -> {
                T result = requestIsLost ? null : request.get().await().indefinitely();
                faults.time.schedule(faults.latency(), () -> process.schedule(Duration.ZERO, () -> {
                    if (requestIsLost || answerIsLost) {
                        answer.fail(new AuthorizationStoreException("The connection is closed", null));
                    } else {
                        answer.complete(result);
                    }
                }));
            });
        });
    }

    @Override
    public boolean handsOver() {
        return true;
    }

    @Override
    public Uni<Optional<StoredFlow>> findFlow(String client, String id) {
        return remotely(() -> store.findFlow(client, id));
    }

    @Override
    public Uni<List<StoredFlow>> findFlows(String client, String owner) {
        return remotely(() -> store.findFlows(client, owner));
    }

    @Override
    public Uni<List<StoredFlow>> findAbandoned(String client, Instant before, int atMost) {
        return remotely(() -> store.findAbandoned(client, before, atMost));
    }

    @Override
    public Uni<Boolean> replaceFlow(long expectedVersion, StoredFlow replacement) {
        return remotely(() -> store.replaceFlow(expectedVersion, replacement).onItem().invoke(done -> say(done,
                "flow " + replacement.version() + ", " + replacement.status() + ", next from "
                        + replacement.nextRequest().toString().substring(14))));
    }

    @Override
    public Uni<Optional<StoredTokens>> findTokens(String client, String owner) {
        return remotely(() -> store.findTokens(client, owner));
    }

    @Override
    public Uni<Boolean> replaceTokens(String client, String owner, long expectedVersion, Optional<StoredTokens> replacement) {
        return remotely(() -> store.replaceTokens(client, owner, expectedVersion, replacement).onItem().invoke(done -> say(done,
                replacement.map(tokens -> "tokens " + tokens.version() + ", refresh " + tokens.refreshStarted())
                        .orElse("no tokens"))));
    }

    @Override
    public Uni<Set<String>> findOwners(String client) {
        return remotely(() -> store.findOwners(client));
    }

    @Override
    public Uni<Optional<RefreshLease>> leaseRefresh(String client, String owner, Duration atMost) {
        return remotely(() -> store.leaseRefresh(client, owner, atMost));
    }
}

package io.quarkiverse.deviceauthorization.runtime.store;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

import io.quarkiverse.deviceauthorization.store.AuthorizationStore;
import io.quarkiverse.deviceauthorization.store.RefreshLease;
import io.quarkiverse.deviceauthorization.store.StoredFlow;
import io.quarkiverse.deviceauthorization.store.StoredTokens;
import io.smallrye.mutiny.Uni;

/**
 * Keeps flows and tokens in files, one for each, that only this user of this machine can read: for programs on the command
 * line, and for one node. Any number of processes can use the same directory at the same time, where its file system has locks.
 * <p>
 * Who can read the files has the tokens, unless they are encrypted. A file that others can write is not read, nor is one that
 * is not encrypted where files are, unless {@code tokens.encryption.accept-plain} says so. A flow is
 * forgotten ten minutes after its codes ended, when the next one begins.
 */
public final class FileAuthorizationStore implements AuthorizationStore {

    private final StoreFiles files;
    private final Optional<Encryption> encryption;
    private final FileExecutor executor = new FileExecutor();

    /**
     * @param directory where to keep the files, in {@code device-authorization/}; made when something is first stored
     * @param encryption where the key comes from that they are encrypted with, if they are
     * @param clock tells when a flow can be forgotten
     */
    public FileAuthorizationStore(Path directory, Optional<Encryption> encryption, InstantSource clock) {
        this.files = new StoreFiles(directory, clock);
        this.encryption = encryption;
    }

    @Override
    public Uni<Optional<StoredFlow>> findFlow(String client, String id) {
        return run(json -> files.findFlow(json, client, id));
    }

    @Override
    public Uni<List<StoredFlow>> findFlows(String client, String owner) {
        return run(json -> files.findFlows(json, client, owner));
    }

    @Override
    public Uni<Boolean> replaceFlow(long expectedVersion, StoredFlow replacement) {
        return run(json -> files.replaceFlow(json, expectedVersion, replacement));
    }

    @Override
    public Uni<Optional<StoredTokens>> findTokens(String client, String owner) {
        return run(json -> files.findTokens(json, client, owner));
    }

    @Override
    public Uni<Boolean> replaceTokens(String client, String owner, long expectedVersion, Optional<StoredTokens> replacement) {
        return run(json -> files.replaceTokens(json, client, owner, expectedVersion, replacement));
    }

    @Override
    public Uni<Set<String>> findOwners(String client) {
        return run(json -> files.findOwners(json, client));
    }

    /** The operating system notices when a process ends, so a lease is held until it is released, however long that takes. */
    @Override
    public Uni<Optional<RefreshLease>> leaseRefresh(String client, String owner, Duration atMost) {
        Objects.requireNonNull(atMost, "atMost");
        return executor.run(() -> files.leaseRefresh(client, owner).map(this::lease));
    }

    private RefreshLease lease(Runnable release) {
        return () -> executor.run(() -> {
            release.run();
            return null;
        });
    }

    private <T> Uni<T> run(Function<StoredJson, T> work) {
        return json().onItem().transformToUni(json -> executor.run(() -> work.apply(json)));
    }

    /** Who knows the key may take its time to tell, and is asked on a thread that can wait. */
    private Uni<StoredJson> json() {
        if (encryption.isEmpty()) {
            return Uni.createFrom().item(() -> new StoredJson(Optional.empty()));
        }
        Uni<StoredJson> encrypted = encryption.get().json();
        return encryption.get().isKnown() ? encrypted : encrypted.runSubscriptionOn(executor);
    }

    /** Shows where the files are. */
    @Override
    public String toString() {
        return "FileAuthorizationStore[" + files + "]";
    }
}

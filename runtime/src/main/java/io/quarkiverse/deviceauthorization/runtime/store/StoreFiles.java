package io.quarkiverse.deviceauthorization.runtime.store;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.quarkiverse.deviceauthorization.store.AuthorizationStoreException;
import io.quarkiverse.deviceauthorization.store.StoredFlow;
import io.quarkiverse.deviceauthorization.store.StoredTokens;

/**
 * The files of all clients. Everything here blocks, and throws an {@link AuthorizationStoreException} for what can't be read or
 * written.
 */
final class StoreFiles {

    private record Client(ClientDirectory directory, TokensFolder tokens, FlowsFolder flows) {
    }

    private final Path directory;
    private final InstantSource clock;
    private final Disk disk;
    private final Map<String, Client> clients = new ConcurrentHashMap<>();

    /**
     * @param directory where to keep the files; made when it is first needed
     * @param clock tells when a flow can be forgotten
     */
    StoreFiles(Path directory, InstantSource clock) {
        this(directory, clock, new Disk());
    }

    StoreFiles(Path directory, InstantSource clock, Disk disk) {
        this.directory = directory.toAbsolutePath().normalize();
        this.clock = clock;
        this.disk = disk;
    }

    private Client client(String name) {
        return clients.computeIfAbsent(name, missing -> {
            ClientDirectory made = new ClientDirectory(directory, missing, disk, clock);
            return new Client(made, new TokensFolder(made), new FlowsFolder(made));
        });
    }

    Optional<StoredFlow> findFlow(StoredJson json, String client, String id) {
        return client(client).flows.find(json, Objects.requireNonNull(id, "id"));
    }

    List<StoredFlow> findFlows(StoredJson json, String client, String owner) {
        return client(client).flows.findPending(json, Objects.requireNonNull(owner, "owner"));
    }

    boolean replaceFlow(StoredJson json, long expectedVersion, StoredFlow replacement) {
        FlowsFolder flows = client(replacement.pending().client()).flows;
        if (expectedVersion == 0) {
            flows.forgetEnded(json);
        }
        return flows.replace(json, replacement.pending().id(), expectedVersion, Optional.of(replacement));
    }

    Optional<StoredTokens> findTokens(StoredJson json, String client, String owner) {
        return client(client).tokens.find(json, Objects.requireNonNull(owner, "owner")).map(StoredJson.Owned::stored);
    }

    boolean replaceTokens(StoredJson json, String client, String owner, long expectedVersion,
            Optional<StoredTokens> replacement) {
        return client(client).tokens.replace(json, owner, expectedVersion,
                replacement.map(stored -> new StoredJson.Owned(client, owner, stored)));
    }

    Set<String> findOwners(StoredJson json, String client) {
        return client(client).tokens.findOwners(json);
    }

    /** @return what gives the lease back, any number of times; empty when somebody else has it */
    Optional<Runnable> leaseRefresh(String client, String owner) {
        return client(client).directory.lease(owner);
    }

    /** Shows where the files are. */
    @Override
    public String toString() {
        return directory.toString();
    }
}

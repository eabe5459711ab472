package io.quarkiverse.deviceauthorization.store;

import java.util.Optional;

import io.smallrye.mutiny.Uni;

/**
 * Where flows and tokens are kept. A CDI bean of this type replaces the default, which is memory.
 * <p>
 * What the engine relies on:
 * <ul>
 * <li>what a completed {@link Uni} says was written is there for everybody who reads afterwards, whole or not at all;</li>
 * <li>a flow can be forgotten some time after its {@code expiresAt}, and not before;</li>
 * <li>tokens are replaced by compare-and-set: of two writers who expect the same version, one succeeds;</li>
 * <li>nothing blocks the calling thread, which may be an event loop.</li>
 * </ul>
 * Values hold secrets: a store documents who can read them.
 */
public interface AuthorizationStore {

    /**
     * @param client the name of the client
     * @param id the id of the flow
     * @return the flow, or empty when it is not known (any more)
     */
    Uni<Optional<StoredFlow>> findFlow(String client, String id);

    /**
     * Creates or replaces a flow.
     *
     * @param flow the flow; its pending authorization says whose it is
     * @return completes when it is stored
     */
    Uni<Void> saveFlow(StoredFlow flow);

    /**
     * @param client the name of the client
     * @param owner the account holder
     * @return the owner's tokens, or empty
     */
    Uni<Optional<StoredTokens>> findTokens(String client, String owner);

    /**
     * Stores tokens, if what is stored still has the expected version.
     *
     * @param client the name of the client
     * @param owner the account holder
     * @param expectedVersion the version to replace; 0 for no tokens
     * @param replacement what to store instead, with a version of its own; empty to forget the tokens
     * @return whether it was done; false when somebody else was first
     */
    Uni<Boolean> replaceTokens(String client, String owner, long expectedVersion, Optional<StoredTokens> replacement);
}

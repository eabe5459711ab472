package io.quarkiverse.deviceauthorization.store;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

import io.smallrye.mutiny.Uni;

/**
 * Where flows and tokens are kept. A CDI bean of this type replaces the default, which is memory; {@code tokens.store} goes
 * before both.
 * <p>
 * What the engine relies on:
 * <ul>
 * <li>a write that has completed is there for everybody who reads afterwards, whole or not at all, and stays there when this
 * process is killed in the next moment, if the store outlives the process;</li>
 * <li>flows and tokens are replaced by compare-and-set: of two writers who expect the same version, one succeeds;</li>
 * <li>a flow can be forgotten some time after its {@code expiresAt}, and not before;</li>
 * <li>one at a time has the lease for refreshing an owner's tokens. It is held for one token request, and never while a person
 * decides;</li>
 * <li>names of clients and owners and ids of flows are any text, and different texts are different names;</li>
 * <li>nothing happens before somebody subscribes, and each subscription does it again. No argument is null;</li>
 * <li>nothing blocks the calling thread, which may be an event loop;</li>
 * <li>what can't be read or written is a failure of the {@link Uni}, best an {@link AuthorizationStoreException} that says what
 * to do about it, and holds no secret; of another exception only the type is told. It changes nothing.</li>
 * </ul>
 * Values hold secrets: a store documents who can read them. Whether one keeps all this is tested by the class
 * {@code AuthorizationStoreContract}, in the {@code test-jar} of this artifact.
 */
public interface AuthorizationStore {

    /**
     * Whether other processes may work with the same flows and tokens. If so, they take turns in polling a flow, and a refresh
     * is noted before it begins, so that the next process knows that one was cut off.
     *
     * @return false only if what is stored here is never seen by another process
     */
    default boolean shared() {
        return true;
    }

    /**
     * Whether followed flows are handed over: every application that uses the store looks for those that nobody polls any more,
     * from its start on, and goes on with them.
     *
     * @return true only if {@link #findAbandoned} finds them
     */
    default boolean handsOver() {
        return false;
    }

    /**
     * @param client the name of the client
     * @param id the id of the flow; may be any text
     * @return the flow, or empty when it is not known (any more)
     */
    Uni<Optional<StoredFlow>> findFlow(String client, String id);

    /**
     * @param client the name of the client
     * @param owner the account holder
     * @return the flows of the owner that have not ended, and whose codes live, in any order
     */
    Uni<List<StoredFlow>> findFlows(String client, String owner);

    /**
     * Finds flows whose process has left them: it claims each one anew with every request, by {@link StoredFlow#nextRequest()}.
     *
     * @param client the name of the client
     * @param before the time
     * @param atMost how many at most, above zero
     * @return flows that are {@linkplain StoredFlow#followed() followed} and pending, whether or not their codes live, and
     *         whose next request was due before that time; those that have waited for longest, in any order
     */
    default Uni<List<StoredFlow>> findAbandoned(String client, Instant before, int atMost) {
        Objects.requireNonNull(client, "client");
        Objects.requireNonNull(before, "before");
        return Uni.createFrom().item(List.of());
    }

    /**
     * Stores a flow, if what is stored still has the expected version.
     *
     * @param expectedVersion the version to replace; 0 for a new flow
     * @param replacement what to store, with a version of its own; its pending authorization says whose it is
     * @return whether it was done; false when somebody else was first
     */
    Uni<Boolean> replaceFlow(long expectedVersion, StoredFlow replacement);

    /**
     * @param client the name of the client
     * @param owner the account holder; may be any text
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

    /**
     * @param client the name of the client
     * @return the account holders that have tokens here
     */
    Uni<Set<String>> findOwners(String client);

    /**
     * Takes the right to refresh an owner's tokens, unless somebody has it: another thread, process or node.
     *
     * @param client the name of the client
     * @param owner the account holder
     * @param atMost after which time others may take it although it was not released. A store that notices by itself when a
     *        process ends may let it be held for longer
     * @return the lease, or empty when somebody else has it; doesn't wait for it
     */
    Uni<Optional<RefreshLease>> leaseRefresh(String client, String owner, Duration atMost);
}

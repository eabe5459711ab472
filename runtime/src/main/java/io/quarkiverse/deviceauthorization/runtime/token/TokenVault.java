package io.quarkiverse.deviceauthorization.runtime.token;

import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

import org.jboss.logging.Logger;

import io.quarkiverse.deviceauthorization.AuthorizationServerException;
import io.quarkiverse.deviceauthorization.event.DeviceAuthorizationEvent;
import io.quarkiverse.deviceauthorization.runtime.config.ConfigKeys;
import io.quarkiverse.deviceauthorization.runtime.protocol.AuthorizationServer;
import io.quarkiverse.deviceauthorization.runtime.protocol.DeferredStore;
import io.quarkiverse.deviceauthorization.runtime.protocol.Telemetry;
import io.quarkiverse.deviceauthorization.runtime.protocol.Timer;
import io.quarkiverse.deviceauthorization.runtime.protocol.UnderWay;
import io.quarkiverse.deviceauthorization.store.AuthorizationStore;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/**
 * The tokens of all owners of one client. An owner is remembered as long as somebody uses it: names may come from
 * outside, and the store has the tokens.
 */
public final class TokenVault {

    private static final Logger LOG = Logger.getLogger(TokenVault.class);

    /** The owner of those who need no name for one. */
    public static final String DEFAULT_OWNER = "default";

    final String client;
    final AuthorizationServer server;
    final AuthorizationStore store;
    final RefreshPolicy policy;
    final InstantSource clock;
    final Timer timer;
    final Consumer<DeviceAuthorizationEvent> events;
    final Telemetry telemetry;
    final UnderWay underWay = new UnderWay();

    private final Map<String, Remembered> owners = new ConcurrentHashMap<>();
    private final ReferenceQueue<OwnerTokens> unused = new ReferenceQueue<>();
    private final Set<OwnerTokens> held = ConcurrentHashMap.newKeySet();
    private volatile boolean stopped;

    private static final class Remembered extends WeakReference<OwnerTokens> {

        private final String owner;

        private Remembered(OwnerTokens tokens, String owner, ReferenceQueue<OwnerTokens> unused) {
            super(tokens, unused);
            this.owner = owner;
        }
    }

    public TokenVault(String client, AuthorizationServer server, AuthorizationStore store, RefreshPolicy policy,
            InstantSource clock, Timer timer, Consumer<DeviceAuthorizationEvent> events, Telemetry telemetry) {
        this.client = client;
        this.server = server;
        this.store = telemetry.store(client, new DeferredStore(store));
        this.policy = policy;
        this.clock = clock;
        this.timer = timer;
        this.events = events;
        this.telemetry = telemetry;
    }

    /** @return the tokens of an owner: the same object for all who use it at the same time */
    public OwnerTokens of(String owner) {
        forgetUnused();
        Remembered known = owners.get(owner);
        OwnerTokens tokens = known == null ? null : known.get();
        if (tokens != null) {
            return tokens;
        }
        OwnerTokens created = new OwnerTokens(this, owner);
        OwnerTokens[] result = { created };
        owners.compute(owner, (name, present) -> {
            OwnerTokens other = present == null ? null : present.get();
            if (other != null) {
                result[0] = other;
                return present;
            }
            return new Remembered(created, name, unused);
        });
        return result[0];
    }

    /** Begins no refresh any more, and tries once more to store what could not be stored. */
    public void stop() {
        stopped = true;
        held.forEach(tokens -> underWay.count(tokens.saveUnsaved()).subscribe().with(saved -> {
        }, problem -> LOG.warnf("Refreshed tokens of %s could not be stored, and are lost: %s", ConfigKeys.describe(client),
                problem.getMessage())));
    }

    boolean isStopped() {
        return stopped;
    }

    /** @return the refreshes that have not been answered, and the answers that have not been stored */
    public UnderWay underWay() {
        return underWay;
    }

    /** @return the owners that have tokens, in the store or in memory only */
    public Uni<Set<String>> owners() {
        return store.findOwners(client).onItem().transform(stored -> {
            Set<String> all = new HashSet<>(stored);
            owners.forEach((owner, remembered) -> {
                OwnerTokens tokens = remembered.get();
                if (tokens != null && tokens.isSignedIn()) {
                    all.add(owner);
                }
            });
            return all;
        });
    }

    /** @return signs out one owner after the other; fails in the end if some could not be signed out */
    public Uni<Void> signOutAll() {
        return owners().onItem().transformToUni(all -> {
            List<Throwable> problems = new ArrayList<>();
            return Multi.createFrom().iterable(new TreeSet<>(all))
                    .onItem().transformToUniAndConcatenate(owner -> of(owner).signOut().onFailure().recoverWithUni(problem -> {
                        problems.add(problem);
                        return Uni.createFrom().voidItem();
                    }))
                    .onItem().ignoreAsUni()
                    .onItem().transformToUni(nothing -> problems.isEmpty() ? Uni.createFrom().voidItem()
                            : Uni.createFrom().failure(notAll(problems, all.size())));
        });
    }

    private AuthorizationServerException notAll(List<Throwable> problems, int all) {
        return new AuthorizationServerException(problems.size() + " of " + all + " owners of " + ConfigKeys.describe(client)
                + " could not be signed out, and their tokens stay. The first problem: " + problems.get(0).getMessage()
                + ". Call logoutAll() again", 0, problems.get(0));
    }

    /** @return how many owners are remembered, used or not */
    int remembered() {
        return owners.size();
    }

    private void forgetUnused() {
        for (Object gone = unused.poll(); gone != null; gone = unused.poll()) {
            owners.remove(((Remembered) gone).owner, gone);
        }
    }

    /** Keeps what exists nowhere else: tokens that could not be stored yet. */
    void hold(OwnerTokens tokens) {
        held.add(tokens);
    }

    void release(OwnerTokens tokens) {
        held.remove(tokens);
    }
}

package io.quarkiverse.deviceauthorization.runtime.token;

import java.util.Optional;

import org.jboss.logging.Logger;

import io.quarkiverse.deviceauthorization.AuthorizationRequiredException;
import io.quarkiverse.deviceauthorization.Secret;
import io.quarkiverse.deviceauthorization.Tokens;
import io.quarkiverse.deviceauthorization.event.SignedOut;
import io.quarkiverse.deviceauthorization.runtime.config.ConfigKeys;
import io.quarkiverse.deviceauthorization.runtime.protocol.SingleFlight;
import io.quarkiverse.deviceauthorization.runtime.protocol.Telemetry;
import io.quarkiverse.deviceauthorization.store.AuthorizationStoreException;
import io.quarkiverse.deviceauthorization.store.StoredFlow;
import io.quarkiverse.deviceauthorization.store.StoredTokens;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/** The tokens of one owner: valid ones from memory, else from the store, else refreshed. */
public final class OwnerTokens {

    private static final Logger LOG = Logger.getLogger(OwnerTokens.class);

    private final TokenVault vault;
    private final String owner;
    private final TokensInMemory memory;
    private final TokenRefresh refresh;
    private final SingleFlight<Tokens> obtaining = new SingleFlight<>();

    OwnerTokens(TokenVault vault, String owner) {
        this.vault = vault;
        this.owner = owner;
        this.memory = new TokensInMemory(vault);
        this.refresh = new TokenRefresh(vault, this);
    }

    String name() {
        return owner;
    }

    TokensInMemory memory() {
        return memory;
    }

    /** @return tokens in memory that need nothing, or null */
    public Tokens ready() {
        return memory.ready();
    }

    /** @return valid tokens; fails with {@link AuthorizationRequiredException} when a person is needed */
    public Uni<Tokens> get() {
        return Uni.createFrom().deferred(() -> {
            Tokens ready = ready();
            return ready != null ? Uni.createFrom().item(ready)
                    : obtaining.join(() -> obtain(Optional.empty(), vault.telemetry.caller()))
                            // what others had asked for may be other tokens than those that are good enough here
                            .onFailure().recoverWithUni(problem -> inMemory(Optional.empty(), problem));
        });
    }

    /**
     * @param tokens tokens that a protected resource refused
     * @return others: newer ones, or refreshed ones; fails like {@link #get()}
     */
    public Uni<Tokens> otherThan(Tokens tokens) {
        Optional<Secret> refused = Optional.of(tokens.accessToken());
        return Uni.createFrom().deferred(() -> {
            boolean[] mine = { false };
            return obtaining.join(() -> {
                mine[0] = true;
                return obtain(refused, vault.telemetry.caller());
            }).onItem().transformToUni(found -> TokensInMemory.is(found, refused) && !mine[0] // what others had asked for
                    ? otherThan(tokens)
                    : Uni.createFrom().item(found));
        });
    }

    /**
     * @param refused the access token that is not wanted again
     * @param caller who wants them
     */
    Uni<Tokens> obtain(Optional<Secret> refused, Telemetry.Caller caller) {
        memory.dismiss(refused);
        Tokens ready = ready();
        if (ready != null) {
            return Uni.createFrom().item(ready);
        }
        int epoch = memory.epoch();
        return refresh.unsaved().save().onItemOrFailure().transformToUni((saved, problem) -> find().onItem()
                .transformToUni(found -> found.isEmpty() ? Uni.createFrom().failure(nobody())
                        : problem != null ? refresh.keep(found.get().tokens(), refused, (AuthorizationStoreException) problem)
                                : use(found.get(), refused, epoch, caller))
                .onFailure(AuthorizationStoreException.class)
                .recoverWithUni(unread -> inMemory(refused, unread)));
    }

    /** The store can't be asked whether there is something newer: that is no reason to withhold what is good. */
    private Uni<Tokens> inMemory(Optional<Secret> refused, Throwable problem) {
        Tokens known = memory.any();
        return known == null ? Uni.createFrom().failure(problem) : refresh.keep(known, refused, problem);
    }

    private Uni<Tokens> use(StoredTokens stored, Optional<Secret> refused, int epoch, Telemetry.Caller caller) {
        return memory.isFresh(stored, refused) ? Uni.createFrom().item(memory.publish(stored.tokens(), epoch))
                : refresh.of(stored, refused, epoch, caller);
    }

    /**
     * Stores what a person approved, over whatever was there, once for each flow: another process may have stored it before,
     * and refreshed it since, and what it was refreshed from is spent.
     *
     * @param tokens the tokens
     * @param flow the id of the flow that brought them
     * @return what is stored: them, or newer ones that come from them
     */
    public Uni<Tokens> granted(Tokens tokens, String flow) {
        int epoch = memory.epoch();
        return findAny().onItem().transformToUni(found -> {
            long version = found.map(StoredTokens::version).orElse(0L);
            if (TokenVersions.isFrom(flow, version)) {
                return Uni.createFrom().item(found.get().tokens());
            }
            StoredTokens first = new StoredTokens(tokens, TokenVersions.first(flow), Optional.empty(),
                    vault.server.registration());
            return vault.store.replaceTokens(vault.client, owner, version, Optional.of(first)).onItem()
                    .transformToUni(done -> {
                        if (!done) {
                            return granted(tokens, flow);
                        }
                        refresh.resume();
                        return Uni.createFrom().item(memory.publish(tokens, epoch));
                    });
        });
    }

    /** @return whether what is stored was brought by the flow, or comes from what it brought */
    public Uni<Boolean> areFrom(String flow) {
        return findAny().onItem()
                .transform(found -> found.filter(stored -> TokenVersions.isFrom(flow, stored.version())).isPresent());
    }

    /** @return revokes the tokens, then forgets them; fails and keeps them when the server can't be asked */
    public Uni<Void> signOut() {
        return obtaining.idle().onItem().transformToUni(nothing -> refresh.unsaved().save())
                .onItem().transformToUni(nothing -> find()).onItem().transformToUni(found -> {
                    if (found.isEmpty()) {
                        return signOutHere();
                    }
                    return vault.server.revoke(found.get().tokens())
                            .onItem().transformToUni(nothing -> remove(found.get()))
                            .onItem().transformToUni(done -> done ? signedOut() : signOut());
                });
    }

    /** The store has forgotten the owner, to make room for others for example; tokens in memory are good all the same. */
    private Uni<Void> signOutHere() {
        Tokens known = memory.any();
        return (known == null ? Uni.createFrom().voidItem() : vault.server.revoke(known))
                .onItem().transformToUni(nothing -> {
                    if (known != null) {
                        return signedOut();
                    }
                    memory.forget();
                    return Uni.createFrom().voidItem();
                });
    }

    /** @return whether there are tokens in memory that calls can be made with */
    boolean isSignedIn() {
        return ready() != null;
    }

    /** Stores refreshed tokens that could not be stored before, if there are such. */
    Uni<Void> saveUnsaved() {
        return refresh.unsaved().save();
    }

    /** Takes back tokens that were stored for a flow that somebody has cancelled: revokes and forgets them. */
    public Uni<Void> withdraw(Tokens tokens) {
        return find().onItem().transformToUni(found -> found.isPresent()
                && found.get().tokens().accessToken().equals(tokens.accessToken()) ? signOut() : Uni.createFrom().voidItem());
    }

    private Uni<Void> signedOut() {
        memory.forget();
        vault.events.accept(new SignedOut(vault.client, owner));
        return Uni.createFrom().voidItem();
    }

    /** @return what is stored, unless it was issued to another client or by another server, which must not see it */
    Uni<Optional<StoredTokens>> find() {
        return findAny().onItem().transform(found -> found.filter(this::isMine));
    }

    private Uni<Optional<StoredTokens>> findAny() {
        return vault.store.findTokens(vault.client, owner);
    }

    private boolean isMine(StoredTokens stored) {
        Optional<String> now = vault.server.registration();
        return stored.registration().isEmpty() || now.isEmpty() || stored.registration().equals(now);
    }

    /** @return whether the tokens are gone; false when somebody else has changed them */
    Uni<Boolean> remove(StoredTokens stored) {
        return endFlow(stored.version()).onItem().transformToUni(
                nothing -> vault.store.replaceTokens(vault.client, owner, stored.version(), Optional.empty()));
    }

    /** A flow whose end could not be stored would bring tokens back that somebody has signed out, or the server has refused. */
    private Uni<Void> endFlow(long version) {
        if (!vault.store.shared()) {
            return Uni.createFrom().voidItem();
        }
        return vault.store.findFlows(vault.client, owner)
                .onFailure().invoke(problem -> LOG.debugf("Flows of %s are not looked for: %s",
                        ConfigKeys.describe(vault.client), problem.getMessage()))
                .onItem().transformToMulti(flows -> Multi.createFrom().iterable(flows))
                .filter(flow -> flow.granted().isPresent() && TokenVersions.isFrom(flow.pending().id(), version))
                .onItem().transformToUniAndConcatenate(flow -> vault.store.replaceFlow(flow.version(),
                        flow.ended(StoredFlow.Status.APPROVED, Optional.empty()).replacing(flow.version()))
                        .onFailure().invoke(problem -> vault.telemetry.of(flow.pending()).run(() -> LOG.debugf(
                                "A flow of %s is not ended: %s", ConfigKeys.describe(vault.client), problem.getMessage()))))
                .collect().last().replaceWithVoid()
                .onFailure().recoverWithNull();
    }

    /** @return says so; what another process has signed out is not handed out any more here either */
    AuthorizationRequiredException nobody() {
        memory.forget();
        return new AuthorizationRequiredException(
                "Nobody is signed in for " + ConfigKeys.describe(vault.client)
                        + (owner.equals(TokenVault.DEFAULT_OWNER) ? "" : " as '" + owner + "'")
                        + ". Ask the person to sign in: login(), or start() and await()",
                null);
    }
}

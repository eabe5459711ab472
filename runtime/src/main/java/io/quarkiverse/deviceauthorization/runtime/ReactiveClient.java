package io.quarkiverse.deviceauthorization.runtime;

import java.util.Optional;
import java.util.Set;

import io.quarkiverse.deviceauthorization.AuthorizationRequest;
import io.quarkiverse.deviceauthorization.AuthorizationRequiredException;
import io.quarkiverse.deviceauthorization.PendingAuthorization;
import io.quarkiverse.deviceauthorization.PollResult;
import io.quarkiverse.deviceauthorization.ReactiveDeviceAuthorization;
import io.quarkiverse.deviceauthorization.Tokens;
import io.quarkiverse.deviceauthorization.UserInfo;
import io.quarkiverse.deviceauthorization.runtime.config.ConfigKeys;
import io.quarkiverse.deviceauthorization.runtime.protocol.Telemetry;
import io.quarkiverse.deviceauthorization.runtime.token.OwnerTokens;
import io.smallrye.mutiny.Uni;

/** One client for one owner. */
final class ReactiveClient implements ReactiveDeviceAuthorization {

    private final Client client;
    private final String owner;
    private final OwnerTokens tokens;

    ReactiveClient(Client client, String owner) {
        if (owner == null || owner.isBlank()) {
            throw new IllegalArgumentException("An owner needs a name: pass what identifies the account holder");
        }
        this.client = client;
        this.owner = owner;
        this.tokens = client.tokens().of(owner);
    }

    /** @return tokens in memory that need nothing, or null */
    Tokens ready() {
        return tokens.ready();
    }

    @Override
    public Uni<PendingAuthorization> start() {
        return start(AuthorizationRequest.defaults());
    }

    @Override
    public Uni<PendingAuthorization> start(AuthorizationRequest request) {
        return CallersEventLoop.keep(() -> client.flows().start(owner, request));
    }

    @Override
    public Uni<PollResult> poll(PendingAuthorization pending) {
        return CallersEventLoop.keep(() -> client.flows().poll(mine(pending)));
    }

    @Override
    public Uni<Tokens> await(PendingAuthorization pending) {
        return CallersEventLoop.keep(() -> client.flows().await(mine(pending)));
    }

    @Override
    public Uni<Void> follow(PendingAuthorization pending) {
        return CallersEventLoop.keep(() -> client.flows().follow(mine(pending)));
    }

    @Override
    public Uni<Optional<PendingAuthorization>> resume(String id) {
        return CallersEventLoop.keep(() -> client.flows().resume(owner, id));
    }

    @Override
    public Uni<Void> cancel(PendingAuthorization pending) {
        return CallersEventLoop.keep(() -> client.flows().cancel(mine(pending)));
    }

    @Override
    public Uni<Tokens> login() {
        return CallersEventLoop.keep(() -> {
            Telemetry.Caller caller = client.flows().caller();
            return tokens().onFailure(AuthorizationRequiredException.class)
                    .recoverWithUni(() -> client.signIns().join(owner, () -> startOrGoOn(caller),
                            pending -> client.prompted().show(pending, this::await)));
        });
    }

    private Uni<PendingAuthorization> startOrGoOn(Telemetry.Caller caller) {
        return client.flows().unfinished(owner).onItem()
                .transformToUni(found -> found.map(flow -> Uni.createFrom().item(flow))
                        .orElseGet(() -> client.flows().start(owner, AuthorizationRequest.defaults(), caller)));
    }

    @Override
    public Uni<Tokens> tokens() {
        return CallersEventLoop.keep(tokens::get);
    }

    @Override
    public Uni<Tokens> refresh(Tokens refused) {
        return CallersEventLoop.keep(() -> tokens.otherThan(refused));
    }

    @Override
    public Uni<UserInfo> userInfo() {
        return CallersEventLoop.keep(() -> tokens().onItem().transformToUni(client.server()::userInfo));
    }

    @Override
    public Uni<Void> logout() {
        return CallersEventLoop.keep(tokens::signOut);
    }

    @Override
    public Uni<Set<String>> owners() {
        return CallersEventLoop.keep(client.tokens()::owners);
    }

    @Override
    public Uni<Void> logoutAll() {
        return CallersEventLoop.keep(client.tokens()::signOutAll);
    }

    @Override
    public ReactiveDeviceAuthorization forOwner(String owner) {
        return new ReactiveClient(client, owner);
    }

    /** A device code goes to the server that issued it, and tokens to the owner who asked, and to nobody else. */
    private PendingAuthorization mine(PendingAuthorization pending) {
        if (!pending.client().equals(client.settings().name())) {
            throw new IllegalArgumentException("This flow belongs to " + ConfigKeys.describe(pending.client())
                    + ", not to " + ConfigKeys.describe(client.settings().name()) + ": use the client that started it");
        }
        if (!pending.owner().equals(owner)) {
            throw new IllegalArgumentException("This flow belongs to owner '" + pending.owner() + "', not to '" + owner
                    + "': use forOwner with the one who started it");
        }
        return pending;
    }
}

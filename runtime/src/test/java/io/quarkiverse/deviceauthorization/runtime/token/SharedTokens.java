package io.quarkiverse.deviceauthorization.runtime.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.quarkiverse.deviceauthorization.Tokens;
import io.quarkiverse.deviceauthorization.event.DeviceAuthorizationEvent;
import io.quarkiverse.deviceauthorization.runtime.ScriptedServer;
import io.quarkiverse.deviceauthorization.runtime.VirtualTime;
import io.quarkiverse.deviceauthorization.runtime.protocol.Telemetry;
import io.quarkiverse.deviceauthorization.runtime.protocol.TokenAnswer;
import io.quarkiverse.deviceauthorization.store.RefreshLease;
import io.quarkiverse.deviceauthorization.store.StoredTokens;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import io.smallrye.mutiny.subscription.UniEmitter;

/** The tokens of one owner in two processes that share a store, at a time that stands still until a test lets it pass. */
abstract class SharedTokens {

    static final Duration LEASE = Duration.ofMinutes(1);

    final VirtualTime time = new VirtualTime();
    final ScriptedServer server = new ScriptedServer(time);
    final SharedStore store = new SharedStore(time);
    final List<DeviceAuthorizationEvent> events = new ArrayList<>();
    final TokenVault vaultHere = vault();
    final TokenVault vaultThere = vault();
    final OwnerTokens here = vaultHere.of("alice");
    final OwnerTokens there = vaultThere.of("alice");
    final List<UniEmitter<? super TokenAnswer>> requests = new ArrayList<>();

    TokenVault vault() {
        return new TokenVault("tv", server, store, new RefreshPolicy(Duration.ofSeconds(30), LEASE), time, time, events::add,
                Telemetry.NONE);
    }

    Tokens grant(String name, Duration lifetime) {
        Tokens granted = server.tokens(name, lifetime);
        here.granted(granted, "flow").await().indefinitely();
        return granted;
    }

    void grantExpired() {
        grant("a", Duration.ofMinutes(1));
        time.advance(120);
    }

    void put(Tokens tokens, Optional<Instant> refreshStarted) {
        long version = stored().version();
        assertThat(store.replaceTokens("tv", "alice", version,
                Optional.of(new StoredTokens(tokens, version + 1, refreshStarted, Optional.empty()))).await().indefinitely())
                .isTrue();
    }

    UniAssertSubscriber<Tokens> get(OwnerTokens tokens) {
        return tokens.get().subscribe().withSubscriber(UniAssertSubscriber.create());
    }

    UniAssertSubscriber<Tokens> refused(OwnerTokens tokens, Tokens refused) {
        return tokens.otherThan(refused).subscribe().withSubscriber(UniAssertSubscriber.create());
    }

    /** @return a caller whose refresh is on its way to the server, which answers when the test says so */
    UniAssertSubscriber<Tokens> refreshing(OwnerTokens tokens) {
        int before = requests.size();
        server.answer(Uni.createFrom().emitter(requests::add));
        UniAssertSubscriber<Tokens> caller = get(tokens);
        assertThat(requests).as("requests under way").hasSize(before + 1);
        caller.assertNotTerminated();
        return caller;
    }

    void answer(TokenAnswer answer) {
        requests.get(0).complete(answer);
    }

    static String access(UniAssertSubscriber<Tokens> caller) {
        return caller.assertCompleted().getItem().accessToken().value();
    }

    /** @return a lease, if it is free */
    Optional<RefreshLease> lease() {
        return store.leaseRefresh("tv", "alice", LEASE).await().indefinitely();
    }

    Optional<StoredTokens> find() {
        return store.findTokens("tv", "alice").await().indefinitely();
    }

    StoredTokens stored() {
        return find().orElseThrow();
    }
}

package io.quarkiverse.deviceauthorization.runtime.token;

import static io.quarkiverse.deviceauthorization.runtime.ScriptedServer.error;
import static io.quarkiverse.deviceauthorization.runtime.ScriptedServer.unreachable;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import io.quarkiverse.deviceauthorization.AuthorizationRequiredException;
import io.quarkiverse.deviceauthorization.Tokens;
import io.quarkiverse.deviceauthorization.event.DeviceAuthorizationEvent;
import io.quarkiverse.deviceauthorization.runtime.ForwardingStore;
import io.quarkiverse.deviceauthorization.runtime.ScriptedServer;
import io.quarkiverse.deviceauthorization.runtime.VirtualTime;
import io.quarkiverse.deviceauthorization.runtime.protocol.Telemetry;
import io.quarkiverse.deviceauthorization.runtime.protocol.TokenAnswer.Meaning;
import io.quarkiverse.deviceauthorization.store.AuthorizationStore;
import io.quarkiverse.deviceauthorization.store.RefreshLease;
import io.quarkiverse.deviceauthorization.store.StoredTokens;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;

class TokenVaultTest {

    private final VirtualTime time = new VirtualTime();
    private final ScriptedServer server = new ScriptedServer(time);
    private final Store store = new Store();
    private final List<DeviceAuthorizationEvent> events = new ArrayList<>();
    private final TokenVault vault = vault(store);
    private final OwnerTokens tokens = vault.of("alice");

    private TokenVault vault(AuthorizationStore store) {
        return new TokenVault("tv", server, store, new RefreshPolicy(Duration.ofSeconds(30), Duration.ofMinutes(1)), time, time,
                events::add, Telemetry.NONE);
    }

    @Test
    void tokensThatAnotherProcessHasSignedOutAreForgottenOnceThatIsKnown() {
        Tokens granted = grant(Duration.ofHours(1));
        vault(store).of("alice").signOut().await().indefinitely();

        assertThat(refresh(granted).getFailure()).isInstanceOf(AuthorizationRequiredException.class);
        assertThat(tokens.ready()).isNull();
        assertThat(get().getFailure()).isInstanceOf(AuthorizationRequiredException.class);
    }

    @Test
    void aClockThatIsSetBackKeepsNoRefreshFromBeingTriedAgain() {
        grant(Duration.ofMinutes(1));
        server.answer(unreachable(), server.granted("b"));
        time.advance(120);
        get();
        time.setClockForward(Duration.ofSeconds(-30));
        time.advance(6);

        assertThat(get().getItem().accessToken().value()).isEqualTo("access-b");
    }

    @Test
    void aServerThatRefusesTheClientIsNotAskedByEachCaller() {
        grant(Duration.ofMinutes(1));
        server.answer(error(Meaning.REFUSED, "invalid_client"), server.granted("b"));
        time.advance(120);
        for (int i = 0; i < 50; i++) {
            assertThat(get().getFailure()).hasMessageContaining("invalid_client");
        }
        assertThat(server.refreshed).hasSize(1);
        time.advance(6);

        assertThat(get().getItem().accessToken().value()).isEqualTo("access-b");
    }

    @Test
    @DisplayName("Promise 4: tokens that could not be stored are tried once more when the application stops")
    void stopsWithUnsavedTokens() throws InterruptedException {
        grant(Duration.ofMinutes(1));
        server.answer(server.granted("b"));
        time.advance(120);
        store.tokensFail = true;
        get();
        store.tokensFail = false;
        vault.stop();

        assertThat(vault.underWay().awaitEnd(Duration.ZERO)).isTrue();
        assertThat(stored().orElseThrow().tokens().accessToken().value()).isEqualTo("access-b");
        assertThat(store.leased).isZero();
        time.advance(6);
        assertThat(time.timers()).as("it has stopped").isZero();
    }

    @Test
    @DisplayName("Promise 9: an application that stops begins no refresh whose answer it would not hear")
    void beginsNoRefresh() {
        grant(Duration.ofMinutes(1));
        time.advance(45);
        vault.stop();

        assertThat(get().getItem().accessToken().value()).as("still valid").isEqualTo("access-a");
        time.advance(45);
        assertThat(get().getFailure()).hasMessageContaining("shutting down");
        assertThat(server.refreshed).isEmpty();
        assertThat(stored().orElseThrow().refreshStarted()).isEmpty();
    }

    @Test
    @DisplayName("Promise 7: tokens are not shown to another server than the one that issued them, and stay there for it")
    void anotherServer() {
        grant(Duration.ofMinutes(1));
        time.advance(120);
        server.registration = Optional.of("client-1 at https://new.example.com");
        OwnerTokens elsewhere = vault(store).of("alice");

        assertThat(elsewhere.get().subscribe().withSubscriber(UniAssertSubscriber.create()).getFailure())
                .isInstanceOf(AuthorizationRequiredException.class);
        elsewhere.signOut().await().indefinitely();
        assertThat(server.refreshed).isEmpty();
        assertThat(server.revoked).isEmpty();
        assertThat(stored()).isPresent();
        Tokens granted = server.tokens("new", Duration.ofHours(1));
        elsewhere.granted(granted, "flow-2").await().indefinitely();
        assertThat(elsewhere.ready()).isSameAs(granted);
    }

    @Test
    void ownersThatTheStoreHasForgottenAreSignedOutWithTheOthers() {
        Tokens granted = grant(Duration.ofHours(1));
        store.replaceTokens("tv", "alice", stored().orElseThrow().version(), Optional.empty()).await().indefinitely();

        assertThat(vault.owners().await().indefinitely()).containsExactly("alice");
        vault.signOutAll().await().indefinitely();
        assertThat(server.revoked).containsExactly(granted);
        assertThat(tokens.ready()).isNull();
        assertThat(vault.owners().await().indefinitely()).isEmpty();
    }

    private Tokens grant(Duration lifetime) {
        return tokens.granted(server.tokens("a", lifetime), "flow").await().indefinitely();
    }

    private UniAssertSubscriber<Tokens> get() {
        return tokens.get().subscribe().withSubscriber(UniAssertSubscriber.create());
    }

    private UniAssertSubscriber<Tokens> refresh(Tokens refused) {
        return tokens.otherThan(refused).subscribe().withSubscriber(UniAssertSubscriber.create());
    }

    private Optional<StoredTokens> stored() {
        return store.findTokens("tv", "alice").await().indefinitely();
    }

    /** Shared; tokens can't be written to it, though notes can. */
    private static final class Store extends ForwardingStore {

        private boolean tokensFail;
        private int leased;

        @Override
        public Uni<Boolean> replaceTokens(String client, String owner, long version, Optional<StoredTokens> replacement) {
            return tokensFail && replacement.flatMap(StoredTokens::refreshStarted).isEmpty()
                    ? Uni.createFrom().failure(new IllegalStateException("The disk is full"))
                    : super.replaceTokens(client, owner, version, replacement);
        }

        @Override
        public Uni<Optional<RefreshLease>> leaseRefresh(String client, String owner, Duration atMost) {
            return super.leaseRefresh(client, owner, atMost).onItem().transform(taken -> taken.map(lease -> {
                leased++;
                return () -> lease.release().onItem().invoke(() -> leased--);
            }));
        }
    }
}

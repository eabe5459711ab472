package io.quarkiverse.deviceauthorization.runtime.token;

import static io.quarkiverse.deviceauthorization.runtime.ScriptedServer.error;
import static io.quarkiverse.deviceauthorization.runtime.ScriptedServer.unreachable;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import io.quarkiverse.deviceauthorization.AuthorizationRequiredException;
import io.quarkiverse.deviceauthorization.AuthorizationServerException;
import io.quarkiverse.deviceauthorization.DeviceAuthorizationException;
import io.quarkiverse.deviceauthorization.Secret;
import io.quarkiverse.deviceauthorization.Tokens;
import io.quarkiverse.deviceauthorization.event.DeviceAuthorizationEvent;
import io.quarkiverse.deviceauthorization.event.RefreshRejected;
import io.quarkiverse.deviceauthorization.event.Refreshed;
import io.quarkiverse.deviceauthorization.event.SignedOut;
import io.quarkiverse.deviceauthorization.runtime.ScriptedServer;
import io.quarkiverse.deviceauthorization.runtime.VirtualTime;
import io.quarkiverse.deviceauthorization.runtime.protocol.Telemetry;
import io.quarkiverse.deviceauthorization.runtime.protocol.TokenAnswer;
import io.quarkiverse.deviceauthorization.runtime.protocol.TokenAnswer.Meaning;
import io.quarkiverse.deviceauthorization.runtime.store.MemoryAuthorizationStore;
import io.quarkiverse.deviceauthorization.store.StoredTokens;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import io.smallrye.mutiny.subscription.UniEmitter;

class OwnerTokensTest {

    private final VirtualTime time = new VirtualTime();
    private final ScriptedServer server = new ScriptedServer(time);
    private final MemoryAuthorizationStore store = new MemoryAuthorizationStore(time);
    private final List<DeviceAuthorizationEvent> events = new ArrayList<>();
    private final OwnerTokens tokens = vault().of("alice");

    private TokenVault vault() {
        return new TokenVault("tv", server, store, new RefreshPolicy(Duration.ofSeconds(30), Duration.ofMinutes(1)), time, time,
                events::add, Telemetry.NONE);
    }

    @Test
    void withoutTokensAPersonIsNeeded() {
        assertThat(get().getFailure()).isInstanceOf(AuthorizationRequiredException.class)
                .hasMessage("Nobody is signed in for client 'tv' as 'alice'. Ask the person to sign in: login(), or start() and"
                        + " await()");
        assertThat(server.starts).as("R6").isZero();
    }

    @Test
    void validTokensComeFromMemory() {
        Tokens granted = grant("a", Duration.ofMinutes(10));

        assertThat(get().getItem()).isSameAs(granted);
        assertThat(tokens.ready()).isSameAs(granted);
        assertThat(server.refreshed).isEmpty();
    }

    @Test
    void tokensAreRefreshedBeforeTheyEnd() {
        grant("a", Duration.ofMinutes(10));
        server.answer(server.granted("b"));
        time.advance(Duration.ofMinutes(9).plusSeconds(29));
        assertThat(get().getItem().accessToken().value()).isEqualTo("access-a");
        time.advance(2);

        assertThat(get().getItem().accessToken().value()).isEqualTo("access-b");
        assertThat(server.refreshed).containsExactly(Secret.of("refresh-a"));
        assertThat(stored().orElseThrow().tokens().refreshToken()).contains(Secret.of("refresh-b"));
        assertThat(events).containsExactly(new Refreshed("tv", "alice"));
    }

    @Test
    void aShortLivedTokenIsNotRefreshedAtEachUse() {
        grant("a", Duration.ofSeconds(20));
        time.advance(9);

        assertThat(get().getItem().accessToken().value()).isEqualTo("access-a");
        assertThat(server.refreshed).isEmpty();
    }

    @Test
    void anAccessTokenThatTheServerOnlyProlongsIsNotRefreshedAtEachUse() {
        grant("a", Duration.ofMinutes(1));
        time.advance(45);
        server.answer(server.granted("a"), server.granted("b"));

        assertThat(get().getItem().accessToken().value()).isEqualTo("access-a");
        assertThat(get().getItem().accessToken().value()).isEqualTo("access-a");
        assertThat(tokens.ready()).isNotNull();
        assertThat(server.refreshed).hasSize(1);
        time.advance(Duration.ofHours(1));
        assertThat(get().getItem().accessToken().value()).as("when that ends, too").isEqualTo("access-b");
    }

    @Test
    @DisplayName("Promise 4: any number of callers share one refresh, and one who stops waiting doesn't stop it")
    void refreshesOnce() {
        grant("a", Duration.ofMinutes(1));
        time.advance(120);
        List<UniEmitter<? super TokenAnswer>> answer = new ArrayList<>();
        server.answer(Uni.createFrom().<TokenAnswer> emitter(answer::add));
        List<UniAssertSubscriber<Tokens>> callers = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            callers.add(get());
        }
        callers.remove(0).cancel();
        answer.get(0).complete(server.granted("b"));

        assertThat(server.refreshed).hasSize(1);
        assertThat(callers).allSatisfy(caller -> assertThat(caller.getItem().accessToken().value()).isEqualTo("access-b"));
    }

    @Test
    @DisplayName("Promise 4: a refresh that can't even be prepared keeps everything, and valid tokens are handed out")
    void notPrepared() {
        grant("a", Duration.ofMinutes(1));
        time.advance(45);
        server.answer(Uni.createFrom().failure(new IllegalStateException("No such TLS configuration")));

        assertThat(get().getItem().accessToken().value()).isEqualTo("access-a");

        time.advance(60);
        server.answer(Uni.createFrom().failure(new IllegalStateException("No such TLS configuration")));
        assertThat(get().getFailure()).isInstanceOf(AuthorizationServerException.class)
                .hasMessageEndingWith("No such TLS configuration");
        assertThat(stored()).isPresent();
    }

    @Test
    @DisplayName("Promise 4: a network failure keeps everything")
    void anUnreachableServerLosesNothing() {
        grant("a", Duration.ofMinutes(1));
        server.answer(unreachable(), unreachable(), server.granted("b"));
        time.advance(45);
        assertThat(get().getItem().accessToken().value()).as("still valid").isEqualTo("access-a");
        time.advance(60);
        assertThat(get().getFailure()).isInstanceOf(AuthorizationServerException.class);
        assertThat(stored()).isPresent();
        time.advance(5);
        assertThat(get().getItem().accessToken().value()).isEqualTo("access-b");
    }

    @Test
    void aServerThatCantBeAskedIsLeftAloneForAWhile() {
        grant("a", Duration.ofMinutes(1));
        server.answer(unreachable(), new TokenAnswer.Unavailable(new AuthorizationServerException("busy", 429, null),
                Optional.of(Duration.ofSeconds(60))), server.granted("b"));
        time.advance(120);
        for (int i = 0; i < 50; i++) {
            assertThat(get().getFailure()).isInstanceOf(AuthorizationServerException.class);
        }
        assertThat(server.refreshed).hasSize(1);
        time.advance(5);
        assertThat(get().getFailure()).hasMessage("busy");
        time.advance(59);
        assertThat(get().getFailure()).as("Retry-After").hasMessage("busy");
        time.advance(1);
        assertThat(get().getItem().accessToken().value()).isEqualTo("access-b");
        assertThat(server.refreshed).hasSize(3);
    }

    @Test
    void aServerThatWantsToBeLeftAloneForLessIsLeftAloneForFiveSeconds() {
        grant("a", Duration.ofMinutes(1));
        server.answer(new TokenAnswer.Unavailable(new AuthorizationServerException("busy", 429, null),
                Optional.of(Duration.ofSeconds(1))), server.granted("b"));
        time.advance(120);
        assertThat(get().getFailure()).hasMessage("busy");
        time.advance(4);
        assertThat(get().getFailure()).hasMessage("busy");
        time.advance(1);
        assertThat(get().getItem().accessToken().value()).isEqualTo("access-b");
    }

    @Test
    void whoHasSignedInAgainNeedNotWaitForAServerThatCouldNotBeAsked() {
        grant("a", Duration.ofMinutes(1));
        server.answer(unreachable(), server.granted("c"));
        time.advance(120);
        assertThat(get().getFailure()).isInstanceOf(AuthorizationServerException.class);
        Tokens again = grant("b", Duration.ofMinutes(10));

        assertThat(tokens.otherThan(again).await().indefinitely().accessToken().value()).isEqualTo("access-c");
    }

    @Test
    @DisplayName("Promise 4: a refresh from before a sign-out neither replaces nor ends a newer sign-in")
    void aLateRefreshLeavesANewSignInAlone() {
        for (TokenAnswer late : List.of(server.granted("stale"), error(Meaning.REFUSED, "invalid_grant"))) {
            grant("a", Duration.ofMinutes(1));
            time.advance(120);
            List<UniEmitter<? super TokenAnswer>> answer = new ArrayList<>();
            server.answer(Uni.createFrom().<TokenAnswer> emitter(answer::add));
            UniAssertSubscriber<Tokens> caller = get();
            forgetEverywhere();
            vault().of("alice").granted(server.tokens("new", Duration.ofHours(1)), "newer flow").await().indefinitely();
            answer.get(0).complete(late);

            assertThat(caller.getItem().accessToken().value()).isEqualTo("access-new");
            assertThat(stored().orElseThrow().tokens().accessToken().value()).isEqualTo("access-new");
            assertThat(events).isEmpty();
            forgetEverywhere();
        }
    }

    @Test
    void signingOutWaitsForARefreshAndRevokesWhatItBrings() {
        grant("a", Duration.ofMinutes(1));
        time.advance(120);
        List<UniEmitter<? super TokenAnswer>> answer = new ArrayList<>();
        server.answer(Uni.createFrom().<TokenAnswer> emitter(answer::add));
        get();
        UniAssertSubscriber<Void> signOut = tokens.signOut().subscribe().withSubscriber(UniAssertSubscriber.create());
        signOut.assertNotTerminated();
        answer.get(0).complete(server.granted("b"));

        signOut.assertCompleted();
        assertThat(server.revoked).extracting(token -> token.accessToken().value()).containsExactly("access-b");
        assertThat(tokens.ready()).isNull();
        assertThat(stored()).isEmpty();
    }

    @Test
    void tokensRefreshedWhileSomebodyElseSignedOutAreRevoked() {
        grant("a", Duration.ofMinutes(1));
        time.advance(120);
        List<UniEmitter<? super TokenAnswer>> answer = new ArrayList<>();
        server.answer(Uni.createFrom().<TokenAnswer> emitter(answer::add));
        UniAssertSubscriber<Tokens> caller = get();
        forgetEverywhere();
        answer.get(0).complete(server.granted("b"));

        assertThat(caller.getFailure()).isInstanceOf(AuthorizationRequiredException.class);
        assertThat(server.revoked).extracting(token -> token.accessToken().value()).containsExactly("access-b");
    }

    @Test
    void ownersThatNobodyUsesAreForgotten() {
        TokenVault vault = vault();
        OwnerTokens used = vault.of("somebody");
        for (int i = 0; i < 200_000; i++) {
            vault.of("visitor-" + i);
        }

        assertThat(vault.of("somebody")).isSameAs(used);
        await().atMost(Duration.ofSeconds(20)).until(() -> {
            System.gc();
            vault.of("another");
            return vault.remembered() < 1000;
        });
    }

    @Test
    void anErrorOtherThanInvalidGrantKeepsTheTokens() {
        grant("a", Duration.ofMinutes(1));
        server.answer(error(Meaning.REFUSED, "invalid_client"));
        time.advance(120);

        assertThat(get().getFailure()).isInstanceOf(DeviceAuthorizationException.class)
                .hasMessageContaining("The tokens are kept").hasMessageContaining("credentials.secret");
        assertThat(stored()).isPresent();
        assertThat(events).isEmpty();
    }

    @Test
    @DisplayName("RFC 6749 §6: no new refresh token in the answer: the old one stays")
    void theOldRefreshTokenStays() {
        Tokens old = grant("a", Duration.ofMinutes(1));
        time.advance(120);
        server.answer(new TokenAnswer.Granted(new Tokens(Secret.of("access-b"), "Bearer", old.refreshToken(), Optional.empty(),
                Optional.of(time.instant().plusSeconds(60)), Set.of(), Map.of())));

        assertThat(get().getItem().refreshToken()).contains(Secret.of("refresh-a"));
    }

    @Test
    @DisplayName("Promise 4: a new refresh token is stored before anyone sees its access token")
    void storesBeforeItShows() {
        grant("a", Duration.ofMinutes(1));
        time.advance(120);
        server.answer(server.granted("b"));
        List<String> storedWhenSeen = new ArrayList<>();

        tokens.get().subscribe().with(seen -> storedWhenSeen.add(
                stored().orElseThrow().tokens().accessToken().value() + " " + seen.accessToken().value()));

        assertThat(storedWhenSeen).containsExactly("access-b access-b");
    }

    @Test
    @DisplayName("Promise 4: invalid_grant re-reads the store: somebody else may have refreshed")
    void invalidGrantLooksAgain() {
        grant("a", Duration.ofMinutes(1));
        time.advance(120);
        List<UniEmitter<? super TokenAnswer>> answer = new ArrayList<>();
        server.answer(Uni.createFrom().<TokenAnswer> emitter(answer::add));
        UniAssertSubscriber<Tokens> caller = get();
        long version = stored().orElseThrow().version();
        store.replaceTokens("tv", "alice", version,
                Optional.of(new StoredTokens(server.tokens("other", Duration.ofHours(1)), version + 1))).await().indefinitely();
        answer.get(0).complete(error(Meaning.REFUSED, "invalid_grant"));

        assertThat(caller.getItem().accessToken().value()).isEqualTo("access-other");
        assertThat(events).isEmpty();
    }

    @Test
    void aRefreshTokenThatIsRejectedIsForgottenAndAPersonIsNeeded() {
        grant("a", Duration.ofMinutes(1));
        server.answer(error(Meaning.REFUSED, "invalid_grant"));
        time.advance(120);

        assertThat(get().getFailure()).isInstanceOf(AuthorizationRequiredException.class)
                .hasMessageContaining("no longer accepts the refresh token")
                .hasMessageContaining("Ask the person to sign in again");
        assertThat(stored()).isEmpty();
        assertThat(events).containsExactly(new RefreshRejected("tv", "alice", "invalid_grant"));
        assertThat(server.starts).as("R6: no new flow from a failed refresh").isZero();
    }

    @Test
    void expiredTokensWithoutRefreshTokenNeedAPerson() {
        tokens.granted(new Tokens(Secret.of("x"), "Bearer", Optional.empty(), Optional.empty(),
                Optional.of(time.instant().plusSeconds(60)), Set.of(), Map.of()), "flow").await().indefinitely();
        time.advance(45);
        assertThat(get().getItem().accessToken().value()).as("no refresh, but valid").isEqualTo("x");
        assertThat(tokens.otherThan(stored().orElseThrow().tokens()).subscribe().withSubscriber(UniAssertSubscriber.create())
                .getFailure()).isInstanceOf(AuthorizationRequiredException.class)
                .hasMessageContaining("were refused by a protected resource");
        time.advance(60);

        assertThat(get().getFailure()).isInstanceOf(AuthorizationRequiredException.class)
                .hasMessageContaining("have expired").hasMessageContaining("offline_access");
    }

    @Test
    void tokensOfUnknownLifeAreUsedAsTheyAre() {
        tokens.granted(new Tokens(Secret.of("gho"), "bearer", Optional.empty(), Optional.empty(), Optional.empty(), Set.of(),
                Map.of()), "flow").await().indefinitely();
        time.advance(Duration.ofDays(400));

        assertThat(get().getItem().authorizationHeader()).isEqualTo("Bearer gho");
    }

    @Test
    void tokensSurviveARestartInTheStore() {
        grant("a", Duration.ofMinutes(10));

        assertThat(vault().of("alice").get().await().indefinitely().accessToken().value()).isEqualTo("access-a");
        assertThat(vault().of("bob").get().subscribe().withSubscriber(UniAssertSubscriber.create()).getFailure())
                .as("and are nobody else's").isInstanceOf(AuthorizationRequiredException.class);
    }

    @Test
    void signingOutRevokesThenForgets() {
        Tokens granted = grant("a", Duration.ofMinutes(10));
        tokens.signOut().await().indefinitely();

        assertThat(server.revoked).containsExactly(granted);
        assertThat(stored()).isEmpty();
        assertThat(tokens.ready()).isNull();
        assertThat(get().getFailure()).isInstanceOf(AuthorizationRequiredException.class);
        assertThat(events).containsExactly(new SignedOut("tv", "alice"));
        tokens.signOut().await().indefinitely();
        assertThat(events).as("nobody is signed in: nothing happens").hasSize(1);
    }

    @Test
    void signingOutKeepsTheTokensWhenTheServerCantBeAsked() {
        grant("a", Duration.ofMinutes(10));
        server.revocationFailure = Optional.of(new AuthorizationServerException("down", 503, null));

        assertThat(tokens.signOut().subscribe().withSubscriber(UniAssertSubscriber.create()).getFailure())
                .isInstanceOf(AuthorizationServerException.class);
        assertThat(get().getItem().accessToken().value()).isEqualTo("access-a");
    }

    private Tokens grant(String name, Duration lifetime) {
        Tokens granted = server.tokens(name, lifetime);
        tokens.granted(granted, "flow " + name).await().indefinitely();
        return granted;
    }

    private UniAssertSubscriber<Tokens> get() {
        return tokens.get().subscribe().withSubscriber(UniAssertSubscriber.create());
    }

    /** As another process does that signs out. */
    private void forgetEverywhere() {
        stored().ifPresent(
                found -> store.replaceTokens("tv", "alice", found.version(), Optional.empty()).await().indefinitely());
    }

    private Optional<StoredTokens> stored() {
        return store.findTokens("tv", "alice").await().indefinitely();
    }
}

package io.quarkiverse.deviceauthorization.runtime.flow;

import static io.quarkiverse.deviceauthorization.runtime.ScriptedServer.error;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import io.quarkiverse.deviceauthorization.AuthorizationRequiredException;
import io.quarkiverse.deviceauthorization.PendingAuthorization;
import io.quarkiverse.deviceauthorization.Tokens;
import io.quarkiverse.deviceauthorization.runtime.FlowEntries;
import io.quarkiverse.deviceauthorization.runtime.ForwardingStore;
import io.quarkiverse.deviceauthorization.runtime.logging.LoggedFlows;
import io.quarkiverse.deviceauthorization.runtime.protocol.Telemetry;
import io.quarkiverse.deviceauthorization.runtime.protocol.TokenAnswer.Meaning;
import io.quarkiverse.deviceauthorization.runtime.token.OwnerTokens;
import io.quarkiverse.deviceauthorization.runtime.token.RefreshPolicy;
import io.quarkiverse.deviceauthorization.runtime.token.TokenVault;
import io.quarkiverse.deviceauthorization.store.StoredFlow;
import io.quarkiverse.deviceauthorization.store.StoredTokens;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;

/** The tokens are stored, and then the disk was full, or the process was killed. */
@DisplayName("An approved sign-in whose end could not be stored")
class UnstoredEndTest {

    private final Store store = new Store();
    private final FlowFixture here = new FlowFixture(store);
    private final TokenVault vaultThere = new TokenVault(FlowFixture.CLIENT, here.server, store,
            new RefreshPolicy(Duration.ofSeconds(30), Duration.ofMinutes(1)), here.time, here.time, here.events::add,
            new LoggedFlows(() -> null));
    private final OwnerTokens tokensThere = vaultThere.of(FlowFixture.OWNER);
    private final Flows there = new Flows(FlowFixture.CLIENT, here.server, store, vaultThere, here.policy, here.time,
            here.time, here.events::add, Telemetry.NONE);
    private PendingAuthorization flow;
    private Tokens granted;

    @BeforeEach
    void approve() {
        here.server.answer(here.server.granted("a"));
        flow = here.start();
        UniAssertSubscriber<Tokens> waiting = here.await(flow);
        store.endsFail = true;
        here.time.advance(5);
        store.endsFail = false;
        here.flows.stop();
        granted = waiting.getItem();
    }

    @Test
    @DisplayName("Promise 4: does not bring a spent refresh token back over the one that it was exchanged for")
    void refreshedMeanwhile() {
        here.server.answer(here.server.granted("b"));
        tokensThere.otherThan(granted).await().indefinitely();
        UniAssertSubscriber<Tokens> resumed = awaitThere();
        here.time.advance(30);

        assertThat(stored().orElseThrow().tokens().accessToken().value()).isEqualTo("access-b");
        assertThat(resumed.getItem().accessToken().value()).isEqualTo("access-b");
        assertThat(here.server.requests).as("the code is spent, nobody asks again").hasSize(2);
    }

    @Test
    void bringsNobodyBackWhoHasSignedOut() {
        tokensThere.signOut().await().indefinitely();
        assertThat(unfinished()).isEmpty();
        UniAssertSubscriber<Tokens> resumed = awaitThere();
        here.time.advance(30);

        assertThat(resumed.getFailure()).isInstanceOf(AuthorizationRequiredException.class);
        assertThat(stored()).isEmpty();
    }

    @Test
    @DisplayName("is named in the log when that can't be stored by who signs out either")
    void notEndedBySigningOut() {
        store.endsFail = true;
        try (FlowEntries entries = new FlowEntries("io.quarkiverse.deviceauthorization.runtime.token")) {
            tokensThere.signOut().await().indefinitely();

            assertThat(entries.all)
                    .containsExactly("DEBUG tv " + flow.id() + ": A flow of client 'tv' is not ended: The store failed with "
                            + "java.lang.IllegalStateException, which is not quoted here, since it may hold secrets. What it"
                            + " has to say, a store says by an AuthorizationStoreException");
        }
        assertThat(stored()).isEmpty();
    }

    @Test
    void bringsNoTokensBackThatTheServerHasRejected() {
        here.server.answer(error(Meaning.REFUSED, "invalid_grant"));
        tokensThere.otherThan(granted).subscribe().withSubscriber(UniAssertSubscriber.create());

        assertThat(unfinished()).isEmpty();
        assertThat(stored()).isEmpty();
    }

    @Test
    void isFinishedByTheNextProcess() {
        UniAssertSubscriber<Tokens> resumed = awaitThere();
        here.time.advance(30);

        assertThat(resumed.getItem()).isEqualTo(granted);
        assertThat(unfinished()).isEmpty();
    }

    private UniAssertSubscriber<Tokens> awaitThere() {
        return there.await(flow).subscribe().withSubscriber(UniAssertSubscriber.create());
    }

    private Optional<PendingAuthorization> unfinished() {
        return there.unfinished(FlowFixture.OWNER).await().indefinitely();
    }

    private Optional<StoredTokens> stored() {
        return store.findTokens(FlowFixture.CLIENT, FlowFixture.OWNER).await().indefinitely();
    }

    private static final class Store extends ForwardingStore {

        private boolean endsFail;

        @Override
        public Uni<Boolean> replaceFlow(long version, StoredFlow flow) {
            return endsFail && flow.status() != StoredFlow.Status.PENDING
                    ? Uni.createFrom().failure(new IllegalStateException("The disk is full"))
                    : super.replaceFlow(version, flow);
        }
    }
}

package io.quarkiverse.deviceauthorization.runtime.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.deviceauthorization.AuthorizationCancelledException;
import io.quarkiverse.deviceauthorization.OAuthError;
import io.quarkiverse.deviceauthorization.PendingAuthorization;
import io.quarkiverse.deviceauthorization.Tokens;
import io.quarkiverse.deviceauthorization.event.Approved;
import io.quarkiverse.deviceauthorization.event.Cancelled;
import io.quarkiverse.deviceauthorization.event.Expired;
import io.quarkiverse.deviceauthorization.runtime.ForwardingStore;
import io.quarkiverse.deviceauthorization.runtime.protocol.Telemetry;
import io.quarkiverse.deviceauthorization.runtime.protocol.TokenAnswer;
import io.quarkiverse.deviceauthorization.store.StoredFlow;
import io.quarkiverse.deviceauthorization.store.StoredFlow.Status;
import io.quarkiverse.deviceauthorization.store.StoredTokens;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;

/** The request takes longer than the flow can wait for it, and its answer comes at an unlucky moment. */
@DisplayName("Tokens that come late")
class LateAnswerTest {

    private final Store store = new Store();
    private final Moment asItComes = new Moment();
    private final FlowFixture here = new FlowFixture(store, Duration.ofMinutes(10), 256, 100, asItComes);
    private final CompletableFuture<TokenAnswer> late = new CompletableFuture<>();

    @ParameterizedTest(name = "in a store of several processes: {0}")
    @ValueSource(booleans = { false, true })
    @DisplayName("Promise 2: count, when the codes end in the very moment in which they come")
    void codesEnd(boolean shared) {
        store.shared = shared;
        UniAssertSubscriber<Tokens> waiting = here.await(start(Duration.ofSeconds(17)));
        here.time.advance(16);
        asItComes.then = () -> here.time.advance(60);
        late.complete(here.server.granted("a"));

        assertThat(waiting.getItem().accessToken().value()).isEqualTo("access-a");
        assertThat(stored().orElseThrow().tokens()).isEqualTo(waiting.getItem());
        assertThat(store.tokensWritten).isEqualTo(1);
        assertThat(here.server.revoked).isEmpty();
        assertThat(here.events(Approved.class)).hasSize(1);
        assertThat(here.events(Expired.class)).isEmpty();
        assertThat(here.time.timers()).isZero();
    }

    @Test
    @DisplayName("are revoked, when somebody cancels in the very moment in which they come")
    void cancelled() {
        PendingAuthorization flow = start(Duration.ofMinutes(5));
        UniAssertSubscriber<Tokens> waiting = here.await(flow);
        here.time.advance(6);
        asItComes.then = () -> here.flows.cancel(flow).await().indefinitely();
        late.complete(here.server.granted("a"));

        assertThat(waiting.getFailure()).isInstanceOf(AuthorizationCancelledException.class);
        assertThat(here.server.revoked).extracting(tokens -> tokens.accessToken().value()).containsExactly("access-a");
        assertThat(stored()).isEmpty();
        assertThat(here.events(Cancelled.class)).hasSize(1);
        assertThat(here.events(Approved.class)).isEmpty();
    }

    @Test
    @DisplayName("Promise 2: count, when another process has ended the flow, since its own request found the code spent")
    void endedElsewhere() {
        PendingAuthorization flow = start(Duration.ofSeconds(60));
        UniAssertSubscriber<Tokens> waiting = here.await(flow);
        here.time.advance(24);
        CompletableFuture<Void> checked = new CompletableFuture<>();
        here.server.idTokenChecks.add(Uni.createFrom().completionStage(checked));
        store.beforeWrite = () -> {
            store.fail(flow);
            late.complete(here.server.granted("a"));
        };
        here.time.advance(60);
        waiting.assertNotTerminated();
        checked.complete(null);

        assertThat(waiting.getItem().accessToken().value()).isEqualTo("access-a");
        assertThat(stored().orElseThrow().tokens()).isEqualTo(waiting.getItem());
        assertThat(store.tokensWritten).isEqualTo(1);
        assertThat(here.server.requests).containsExactly(5.0);
        assertThat(here.events(Approved.class)).hasSize(1);
    }

    private PendingAuthorization start(Duration lifespan) {
        here.server.lifespan = lifespan;
        here.server.answer(Uni.createFrom().completionStage(late));
        return here.start();
    }

    private Optional<StoredTokens> stored() {
        return store.findTokens(FlowFixture.CLIENT, FlowFixture.OWNER).await().indefinitely();
    }

    /** Lets something happen between the arrival of tokens and what is made of them, as another thread might. */
    private static final class Moment implements Telemetry {

        private Runnable then = () -> {
        };

        @Override
        public void polled(StoredFlow flow, PollOutcome outcome) {
            if (outcome == PollOutcome.GRANTED) {
                then.run();
            }
        }
    }

    private static final class Store extends ForwardingStore {

        private boolean shared = true;
        private Runnable beforeWrite;
        private int tokensWritten;

        @Override
        public boolean shared() {
            return shared;
        }

        @Override
        public Uni<Boolean> replaceFlow(long version, StoredFlow flow) {
            if (beforeWrite != null) {
                Runnable before = beforeWrite;
                beforeWrite = null;
                before.run();
            }
            return super.replaceFlow(version, flow);
        }

        @Override
        public Uni<Boolean> replaceTokens(String client, String owner, long version, Optional<StoredTokens> replacement) {
            tokensWritten++;
            return super.replaceTokens(client, owner, version, replacement);
        }

        private void fail(PendingAuthorization pending) {
            OAuthError error = new OAuthError("invalid_grant", Optional.empty(), Optional.empty(), 400);
            StoredFlow now = findFlow(pending.client(), pending.id()).await().indefinitely().orElseThrow();
            super.replaceFlow(now.version(), now.ended(Status.FAILED, Optional.of(error)).replacing(now.version())).await()
                    .indefinitely();
        }
    }
}

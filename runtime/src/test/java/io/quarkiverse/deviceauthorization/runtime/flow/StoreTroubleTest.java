package io.quarkiverse.deviceauthorization.runtime.flow;

import static io.quarkiverse.deviceauthorization.runtime.ScriptedServer.pending;
import static io.quarkiverse.deviceauthorization.runtime.ScriptedServer.slowDown;
import static io.quarkiverse.deviceauthorization.runtime.ScriptedServer.unreachable;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import io.quarkiverse.deviceauthorization.AuthorizationCancelledException;
import io.quarkiverse.deviceauthorization.OAuthError;
import io.quarkiverse.deviceauthorization.PendingAuthorization;
import io.quarkiverse.deviceauthorization.Tokens;
import io.quarkiverse.deviceauthorization.event.Approved;
import io.quarkiverse.deviceauthorization.event.Cancelled;
import io.quarkiverse.deviceauthorization.event.GaveUp;
import io.quarkiverse.deviceauthorization.event.TransientFailure;
import io.quarkiverse.deviceauthorization.runtime.ForwardingStore;
import io.quarkiverse.deviceauthorization.runtime.LoggedWarnings;
import io.quarkiverse.deviceauthorization.runtime.VirtualTime;
import io.quarkiverse.deviceauthorization.runtime.protocol.TokenAnswer;
import io.quarkiverse.deviceauthorization.runtime.protocol.TokenAnswer.Meaning;
import io.quarkiverse.deviceauthorization.store.AuthorizationStoreException;
import io.quarkiverse.deviceauthorization.store.StoredFlow;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;

@DisplayName("Where a shared store is slow, or fails for a moment")
class StoreTroubleTest {

    private final TroubledStore store = new TroubledStore();
    private final FlowFixture here = new FlowFixture(store);

    @Test
    @DisplayName("Promise 3: the server is left alone for as long as it asked for, although that could not be stored")
    void slowDownThatIsNotStored() {
        here.server.answer(new TokenAnswer.Error(Meaning.SLOW_DOWN,
                new OAuthError("slow_down", Optional.empty(), Optional.empty(), 429), Optional.empty(),
                Optional.of(Duration.ofMinutes(2))));
        store.slowDownsFail = true;
        here.await(here.start());
        here.time.advance(200);

        assertThat(here.events(TransientFailure.class)).as("what could not be stored").hasSize(1);
        assertThat(here.server.requests).startsWith(5.0, 125.0);
    }

    @Test
    @DisplayName("Promise 2: the server is asked also where the store always takes longer than the interval")
    void slowerThanTheInterval() {
        here.server.answer(pending(), here.server.granted("a"));
        PendingAuthorization flow = here.start();
        UniAssertSubscriber<Tokens> waiting = here.await(flow);
        store.slowness(here.time, Duration.ofSeconds(8));
        here.time.advance(200);

        assertThat(waiting.getItem().accessToken().value()).isEqualTo("access-a");
    }

    @Test
    @DisplayName("Promise 3: and still by one process at a time, each server interval once")
    void slowerThanTheIntervalForTwo() {
        here.server.answer(pending(), slowDown());
        PendingAuthorization flow = here.start();
        here.await(flow);
        here.engine().await(flow).subscribe().withSubscriber(UniAssertSubscriber.create());
        store.slowness(here.time, Duration.ofSeconds(8));
        here.time.advance(400);

        List<Double> requests = here.server.requests;
        assertThat(requests).hasSizeGreaterThan(5);
        for (int index = 1; index < requests.size(); index++) {
            assertThat(requests.get(index) - requests.get(index - 1)).as("%s", requests).isGreaterThan(5 - 1e-6);
        }
    }

    @Test
    @DisplayName("a flow that somebody cancels is not given up as well: who waits hears that it was cancelled")
    void cancelledWhileItsTurnFails() {
        here.server.lifespan = Duration.ofHours(2);
        for (int i = 0; i < 19; i++) {
            here.server.answer(unreachable());
        }
        PendingAuthorization flow = here.start();
        UniAssertSubscriber<Tokens> waiting = here.await(flow);
        while (here.server.requests.size() < 19) {
            here.time.advance(1);
        }
        store.hold = true;
        here.time.advance(Duration.ofMinutes(2));
        assertThat(store.held).as("the turn that would be the last failure").hasSize(1);
        store.hold = false;
        here.flows.cancel(flow).subscribe().with(done -> {
        });
        store.held.forEach(Runnable::run);

        assertThat(waiting.getFailure()).isInstanceOf(AuthorizationCancelledException.class);
        assertThat(here.events(GaveUp.class)).isEmpty();
        assertThat(here.events(Cancelled.class)).hasSize(1);
        assertThat(here.time.timers()).isZero();
    }

    @Test
    @DisplayName("Promise 2: tokens that could not be stored are stored when the application stops, if they can be by then")
    void storedAtLast() {
        here.server.answer(here.server.granted("a"));
        here.await(here.start());
        store.approvalsFail = true;
        here.time.advance(5);
        assertThat(here.server.requests).hasSize(1);
        store.approvalsFail = false;
        here.flows.stop();

        assertThat(store.findTokens(FlowFixture.CLIENT, FlowFixture.OWNER).await().indefinitely()).get()
                .extracting(stored -> stored.tokens().accessToken().value()).isEqualTo("access-a");
        assertThat(here.events(Approved.class)).hasSize(1);
        assertThat(here.time.timers()).isZero();
    }

    @Test
    @DisplayName("tokens that can't be stored when the application stops are lost, and a warning says so")
    void lost() {
        here.server.answer(here.server.granted("a"));
        here.await(here.start());
        store.approvalsFail = true;
        here.time.advance(5);
        try (LoggedWarnings logged = new LoggedWarnings(Polling.class.getName())) {
            here.flows.stop();

            assertThat(logged.messages).containsExactly("A person has approved a sign-in of client 'tv', and its tokens can't"
                    + " be stored and are lost: The store is not there");
        }
        assertThat(here.time.timers()).isZero();
    }

    private static final class TroubledStore extends ForwardingStore {

        private final List<Runnable> held = new ArrayList<>();
        private boolean hold;
        private boolean slowDownsFail;
        private boolean approvalsFail;
        private VirtualTime time;
        private Duration slowness = Duration.ZERO;

        /** From now on it writes at once, and says so later. */
        private void slowness(VirtualTime passing, Duration later) {
            time = passing;
            slowness = later;
        }

        @Override
        public Uni<Boolean> replaceFlow(long version, StoredFlow flow) {
            if (slowDownsFail && flow.interval().compareTo(flow.pending().interval()) > 0) {
                slowDownsFail = false;
                return Uni.createFrom().failure(problem());
            } else if (approvalsFail && flow.granted().isPresent()) {
                return Uni.createFrom().failure(problem());
            } else if (hold) {
                return Uni.createFrom().emitter(answer -> held.add(() -> answer.fail(problem())));
            }
            Uni<Boolean> written = super.replaceFlow(version, flow);
            return slowness.isZero() ? written : Uni.createFrom().emitter(answer -> {
                boolean done = written.await().indefinitely();
                time.schedule(slowness, () -> answer.complete(done));
            });
        }

        private static AuthorizationStoreException problem() {
            return new AuthorizationStoreException("The store is not there", null);
        }
    }
}

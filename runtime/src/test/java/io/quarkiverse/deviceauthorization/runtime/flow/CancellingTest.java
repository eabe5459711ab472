package io.quarkiverse.deviceauthorization.runtime.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.deviceauthorization.PendingAuthorization;
import io.quarkiverse.deviceauthorization.event.Cancelled;
import io.quarkiverse.deviceauthorization.runtime.ForwardingStore;
import io.quarkiverse.deviceauthorization.store.AuthorizationStoreException;
import io.quarkiverse.deviceauthorization.store.StoredFlow;
import io.quarkiverse.deviceauthorization.store.StoredFlow.Status;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;

@DisplayName("Whoever cancels a flow")
class CancellingTest {

    private final EndsStore store = new EndsStore();
    private final FlowFixture here = new FlowFixture(store);
    private final PendingAuthorization flow = here.start();

    @Test
    @DisplayName("that somebody is cancelling already hears of it when it is stored, and not before")
    void twiceAtOnce() {
        cancel();
        UniAssertSubscriber<Void> second = cancel();
        second.assertNotTerminated();
        store.goOn(true);

        second.assertCompleted();
        assertThat(status()).isEqualTo(Status.CANCELLED);
        assertThat(here.events(Cancelled.class)).hasSize(1);
    }

    @Test
    @DisplayName("that somebody is cancelling in vain hears that it can't be stored")
    void twiceInVain() {
        UniAssertSubscriber<Void> first = cancel();
        UniAssertSubscriber<Void> second = cancel();
        store.goOn(false);
        store.goOn(false);

        assertThat(first.getFailure()).isInstanceOf(AuthorizationStoreException.class);
        assertThat(second.getFailure()).isInstanceOf(AuthorizationStoreException.class);
    }

    @ParameterizedTest(name = "a store that hands over: {0}")
    @ValueSource(booleans = { true, false })
    @DisplayName("can do so again when it could not be stored, and it is told once")
    void again(boolean handsOver) {
        store.handsOver = handsOver;
        UniAssertSubscriber<Void> first = cancel();
        store.goOn(false);
        assertThat(first.getFailure()).isInstanceOf(AuthorizationStoreException.class);
        UniAssertSubscriber<Void> second = cancel();
        second.assertNotTerminated();
        store.goOn(true);

        second.assertCompleted();
        assertThat(status()).isEqualTo(Status.CANCELLED);
        here.time.advance(60);
        assertThat(here.events(Cancelled.class)).hasSize(1);
        assertThat(here.time.timers()).isZero();
    }

    @Test
    @DisplayName("that has been approved while it could not be stored doesn't take that back")
    void approvedMeanwhile() {
        cancel();
        store.goOn(false);
        Flows there = here.engine();
        here.server.answer(here.server.granted("a"));
        store.hold = false;
        there.await(flow).subscribe().withSubscriber(UniAssertSubscriber.create());
        here.time.advance(5);

        cancel().assertCompleted();
        assertThat(status()).isEqualTo(Status.APPROVED);
        assertThat(here.server.revoked).isEmpty();
    }

    @Test
    @DisplayName("has it stored when the application stops, if it could not be stored before, and no timer waits for that")
    void stopped() {
        store.handsOver = true;
        cancel();
        store.goOn(false);
        here.flows.stop();
        assertThat(here.time.timers()).isZero();
        store.goOn(true);

        assertThat(status()).isEqualTo(Status.CANCELLED);
        assertThat(here.events(Cancelled.class)).hasSize(1);
    }

    @Test
    @DisplayName("while the application stops leaves it to other processes, if it can't be stored, and no timer waits")
    void stoppedInVain() {
        store.handsOver = true;
        cancel();
        here.flows.stop();
        store.goOn(false);

        assertThat(here.time.timers()).isZero();
        assertThat(here.events(Cancelled.class)).isEmpty();
    }

    private UniAssertSubscriber<Void> cancel() {
        return here.flows.cancel(flow).subscribe().withSubscriber(UniAssertSubscriber.create());
    }

    private Status status() {
        return store.findFlow(FlowFixture.CLIENT, flow.id()).await().indefinitely().orElseThrow().status();
    }

    /** Writes ends only when the test says so, or says that it can't. */
    private static final class EndsStore extends ForwardingStore {

        private final List<Runnable> done = new ArrayList<>();
        private final List<Runnable> failed = new ArrayList<>();
        private boolean hold = true;
        private boolean handsOver;

        @Override
        public boolean handsOver() {
            return handsOver;
        }

        @Override
        public Uni<Boolean> replaceFlow(long version, StoredFlow flow) {
            Uni<Boolean> write = super.replaceFlow(version, flow);
            return flow.status() == Status.PENDING || !hold ? write : Uni.createFrom().emitter(answer -> {
                done.add(() -> answer.complete(write.await().indefinitely()));
                failed.add(() -> answer.fail(new AuthorizationStoreException("The disk is full", null)));
            });
        }

        /** The write under way ends. */
        private void goOn(boolean well) {
            List<Runnable> held = List.copyOf(well ? done : failed);
            done.clear();
            failed.clear();
            held.forEach(Runnable::run);
        }
    }
}

package io.quarkiverse.deviceauthorization.runtime.flow;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

import io.quarkiverse.deviceauthorization.runtime.protocol.TokenAnswer;
import io.quarkiverse.deviceauthorization.runtime.protocol.TokenRequest;
import io.quarkiverse.deviceauthorization.store.StoredFlow;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;

/** The token request of one flow (RFC 8628 §3.4): prepared once, since a flow polls many times, and sent one at a time. */
final class FlowRequest {

    /** One time that it is sent. */
    private static final class Attempt {

        private static final Cancellable NOTHING = () -> {
        };

        private Cancellable sent = NOTHING;
        private Cancellable limit = NOTHING;
        private boolean late;
        private boolean over;

        private synchronized void started(Cancellable sending) {
            sent = sending;
            if (over) {
                sending.cancel();
            }
        }

        private synchronized void limited(Cancellable timer) {
            limit = timer;
        }

        private synchronized void unlimited() {
            limit.cancel();
        }

        /** @return whether it is still under way: nobody waits for it any more, and its answer still counts */
        private synchronized boolean late() {
            late = !over;
            return late;
        }

        private synchronized boolean isLate() {
            return late;
        }

        private synchronized void ended() {
            over = true;
            limit.cancel();
        }

        private synchronized void letGo() {
            if (!over) {
                ended();
                sent.cancel();
            }
        }
    }

    private final Flows flows;
    private volatile TokenRequest prepared;
    private volatile Attempt last = new Attempt();

    FlowRequest(Flows flows) {
        this.flows = flows;
    }

    /**
     * Sends it, and lets go of the one before, if that is still under way. What can't be prepared fails like a request that
     * can't be sent.
     *
     * @param limit how long it may take, if that is less than HTTP would let it. It is not cancelled then: the server may have
     *        spent the code on its answer, which counts until the next request is sent
     * @param answered takes the answer
     * @param failed takes the reason when there is none
     */
    void send(StoredFlow flow, Optional<Duration> limit, Consumer<TokenAnswer> answered, Consumer<Throwable> failed) {
        last.letGo();
        Attempt attempt = new Attempt();
        last = attempt;
        limit.ifPresent(time -> attempt.limited(flows.timer().schedule(time, () -> {
            if (attempt.late()) {
                failed.accept(flows.refusal().noAnswer(time));
            }
        })));
        attempt.started(flows.underWay().count(Uni.createFrom().deferred(() -> prepared(flow).send())
                .onTermination().invoke(attempt::ended)
                .onItem().invoke(answered)
                .onFailure(problem -> !attempt.isLate()).invoke(failed))
                .subscribe().with(answer -> {
                }, problem -> {
                }));
    }

    private TokenRequest prepared(StoredFlow flow) {
        if (prepared == null) {
            prepared = flows.server().deviceTokenRequest(flow);
        }
        return prepared;
    }

    /** Ends it, if it is under way. */
    void cancel() {
        last.letGo();
    }

    /** Cancels the timer that limits it: it may take as long as HTTP lets it. */
    void unlimited() {
        last.unlimited();
    }
}

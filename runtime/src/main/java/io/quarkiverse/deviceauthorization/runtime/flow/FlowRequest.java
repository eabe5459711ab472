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

        private Cancellable sent;
        private boolean over;

        private synchronized void started(Cancellable sending) {
            sent = sending;
            if (over) {
                sending.cancel();
            }
        }

        private synchronized void ended() {
            over = true;
        }

        /** @return whether it was still under way */
        private synchronized boolean letGo() {
            boolean underWay = !over;
            over = true;
            if (underWay && sent != null) {
                sent.cancel();
            }
            return underWay;
        }
    }

    private final Flows flows;
    private volatile TokenRequest prepared;
    private volatile Attempt last = new Attempt();

    FlowRequest(Flows flows) {
        this.flows = flows;
    }

    /**
     * Sends it. What can't be prepared fails like a request that can't be sent.
     *
     * @param limit how long it may take, if that is less than HTTP would let it; an answer that comes at that very moment
     *        counts
     * @param answered takes the answer
     * @param failed takes the reason when there is none
     */
    void send(StoredFlow flow, Optional<Duration> limit, Consumer<TokenAnswer> answered, Consumer<Throwable> failed) {
        Attempt attempt = new Attempt();
        last = attempt;
        attempt.started(Uni.createFrom().deferred(() -> prepared(flow).send())
                .onTermination().invoke(attempt::ended)
                .subscribe().with(answered, failed));
        limit.ifPresent(time -> flows.timer().schedule(time, () -> {
            if (attempt.letGo()) {
                failed.accept(flows.refusal().noAnswer(time));
            }
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
}

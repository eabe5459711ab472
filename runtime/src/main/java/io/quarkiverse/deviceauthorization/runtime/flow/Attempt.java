package io.quarkiverse.deviceauthorization.runtime.flow;

import java.time.Duration;
import java.util.Optional;

import io.quarkiverse.deviceauthorization.runtime.protocol.Telemetry.PollOutcome;
import io.quarkiverse.deviceauthorization.runtime.protocol.TokenAnswer;
import io.quarkiverse.deviceauthorization.store.StoredFlow;
import io.smallrye.mutiny.subscription.Cancellable;
import io.smallrye.mutiny.subscription.UniSubscriber;
import io.smallrye.mutiny.subscription.UniSubscription;

/**
 * One token request of a flow (RFC 8628 §3.4), while it is under way. It takes the answer itself: there are thousands in a
 * second, and each link of a chain would be made anew for each of them. Guarded by the flow's monitor: whoever finds that it is
 * over finds what it brought, too.
 */
final class Attempt implements UniSubscriber<TokenAnswer> {

    private final FlowEngine engine;
    private final Flow flow;
    private double speed;
    private Optional<Duration> atMost = Optional.empty();
    private UniSubscription sent;
    private Cancellable limit;
    private boolean late;
    private boolean over;

    Attempt(FlowEngine engine, Flow flow) {
        this.engine = engine;
        this.flow = flow;
    }

    /**
     * From now on it is under way.
     *
     * @param now what {@link PollSchedule#speed} is
     * @param most how long it may take, if that is less than HTTP would let it. It is not cancelled then: the server may have
     *        spent the code on its answer, which counts until the next request is sent
     */
    void begins(double now, Optional<Duration> most) {
        speed = now;
        atMost = most;
        engine.underWay().begin();
    }

    /** @return what {@link PollSchedule#speed} was when it was sent */
    double speed() {
        return speed;
    }

    /** Sends it, unless the flow has ended meanwhile. What can't be prepared fails like a request that can't be sent. */
    void send() {
        if (isOver()) {
            return;
        }
        if (atMost.isPresent()) {
            limited(engine.timer().schedule(atMost.get(), () -> late(atMost.get())));
        }
        try {
            StoredFlow stored = flow.stored();
            engine.telemetry().polling(stored.pending()).run(
                    () -> engine.server().deviceTokenRequest(stored).send().subscribe().withSubscriber(this));
        } catch (Throwable problem) { // also an Error: somebody may have approved it, and nobody else asks again
            onFailure(problem);
        }
    }

    private boolean isOver() {
        synchronized (flow) {
            return over;
        }
    }

    @Override
    public void onSubscribe(UniSubscription subscription) {
        boolean unwanted;
        synchronized (flow) {
            sent = subscription;
            unwanted = over;
        }
        if (unwanted) {
            subscription.cancel();
        }
    }

    private void limited(Cancellable timer) {
        synchronized (flow) {
            limit = timer;
            if (over) {
                timer.cancel();
            }
        }
    }

    /** Cancels the timer that limits it: it may take as long as HTTP lets it. Under the flow's monitor. */
    void unlimited() {
        if (limit != null) {
            limit.cancel();
        }
    }

    /** Nobody waits for it any more. */
    private void late(Duration atMost) {
        synchronized (flow) {
            if (over) {
                return;
            }
            late = true;
        }
        engine.polling().failed(flow, engine.refusal().noAnswer(atMost));
    }

    @Override
    public void onItem(TokenAnswer answer) {
        if (ends(answer)) {
            try {
                polled(PollOutcome.of(answer));
                engine.polling().answered(flow, this, answer);
            } catch (Throwable problem) {
                engine.polling().failed(flow, problem);
            } finally {
                engine.underWay().end();
            }
        }
    }

    @Override
    public void onFailure(Throwable problem) {
        if (ends(null)) {
            try {
                polled(PollOutcome.UNAVAILABLE);
                if (!isLate()) {
                    engine.polling().failed(flow, problem);
                }
            } finally {
                engine.underWay().end();
            }
        }
    }

    /** Ends it, if it is under way. */
    void letGo() {
        if (ends(null)) {
            engine.underWay().end();
            if (isLate()) {
                polled(PollOutcome.UNAVAILABLE);
            }
            UniSubscription request = sent();
            if (request != null) {
                request.cancel();
            }
        }
    }

    private void polled(PollOutcome outcome) {
        engine.telemetry().polled(flow.stored(), outcome);
    }

    private UniSubscription sent() {
        synchronized (flow) {
            return sent;
        }
    }

    /**
     * It was the last one: it may take as long as HTTP lets it, since the person may have approved in time. Under the flow's
     * monitor, while it is under way.
     */
    void takesLonger() {
        late = false;
    }

    /** @return whether it takes so long that another one may be sent */
    boolean isLate() {
        synchronized (flow) {
            return late;
        }
    }

    /**
     * @param answer what it brought, or null
     * @return whether it was under way until now
     */
    private boolean ends(TokenAnswer answer) {
        synchronized (flow) {
            if (over) {
                return false;
            }
            over = true;
            unlimited();
            flow.over(this, answer);
            return true;
        }
    }
}

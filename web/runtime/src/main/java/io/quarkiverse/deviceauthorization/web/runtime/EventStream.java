package io.quarkiverse.deviceauthorization.web.runtime;

import java.time.Duration;
import java.util.function.Function;
import java.util.function.Supplier;

import io.quarkiverse.deviceauthorization.PollResult;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;

/**
 * Tells one page what happens to its sign-in, by server-sent events: the name of an event is a {@link State}, its data what to
 * say about it. It says how things are, and not what has changed, so a browser that connects again, to any node, misses
 * nothing.
 * <p>
 * It asks as often as the server allows; whoever else asks for the same flow, here or on another node, shares the requests.
 * Everything happens on the event loop of the connection.
 */
final class EventStream {

    /** When a browser connects again whose connection has ended. */
    private static final Duration RECONNECT = Duration.ofSeconds(2);
    private static final Duration SHORTEST = Duration.ofMillis(100);
    /** When it is asked again after something went wrong here. */
    private static final Duration AGAIN = Duration.ofSeconds(5);
    private static final long NONE = -1;

    private final Visit visit;
    private final HttpServerResponse response;
    private final Supplier<Uni<PollResult>> poll;
    private final Function<PollResult, State> states;
    private final Duration heartbeat;
    private final Context context;
    private State told;
    private long next = NONE;
    private long beat = NONE;
    private Cancellable asked = () -> {
    };
    private Runnable end;

    /**
     * @param poll asks how far the flow is
     * @param states makes of the answer what to show
     */
    EventStream(Visit visit, Supplier<Uni<PollResult>> poll, Function<PollResult, State> states, Duration heartbeat) {
        this.visit = visit;
        this.response = visit.response();
        this.poll = poll;
        this.states = states;
        this.heartbeat = heartbeat;
        this.context = Vertx.currentContext();
    }

    /** @param atEnd what is to be done when it has ended */
    void begin(Runnable atEnd) {
        end = atEnd;
        visit.context().addEndHandler(ended -> release());
        response.setChunked(true).putHeader(HttpHeaders.CONTENT_TYPE, "text/event-stream; charset=utf-8")
                .putHeader("X-Accel-Buffering", "no"); // nginx would keep it all
        response.write("retry: " + RECONNECT.toMillis() + "\n\n");
        beat = context.owner().setPeriodic(heartbeat.toMillis(), id -> beat());
        ask();
    }

    private void ask() {
        next = NONE;
        asked = poll.get().subscribe().with(this::answered, problem -> {
            tell(State.CONNECTION_LOST);
            askIn(AGAIN);
        });
    }

    private void answered(PollResult result) {
        if (end == null) {
            return;
        }
        State state = states.apply(result);
        if (state != State.WAITING || told != State.SLOWED_DOWN) { // once slowed down, it stays so
            tell(state);
        }
        if (result instanceof PollResult.Pending pending) {
            askIn(pending.retryAfter());
        } else {
            response.end();
        }
    }

    private void askIn(Duration wait) {
        if (end != null) {
            long millis = Math.max(SHORTEST.toMillis(), wait.plusNanos(999_999).toMillis());
            next = context.owner().setTimer(millis, id -> ask());
        }
    }

    private void tell(State state) {
        if (end != null && state != told) {
            told = state;
            response.write("event: " + state.text() + "\ndata: " + visit.texts().get(state.text()) + "\n\n");
        }
    }

    /** A browser that takes nothing any more is not waited for. */
    private void beat() {
        if (response.writeQueueFull()) {
            response.reset();
            release();
        } else {
            response.write(":\n\n");
        }
    }

    /** From any thread. */
    void close() {
        context.runOnContext(nothing -> {
            if (end != null) {
                response.end();
                release();
            }
        });
    }

    private void release() {
        if (end == null) {
            return;
        }
        Runnable atEnd = end;
        end = null;
        context.owner().cancelTimer(beat);
        if (next != NONE) {
            context.owner().cancelTimer(next);
        }
        asked.cancel();
        atEnd.run();
    }
}

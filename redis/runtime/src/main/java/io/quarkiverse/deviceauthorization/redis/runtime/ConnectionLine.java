package io.quarkiverse.deviceauthorization.redis.runtime;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.function.Supplier;

import org.jboss.logging.Logger;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;

/**
 * The commands of one connection, in their order. It goes back to the pool when it was replaced, and everything that was sent
 * has been answered.
 */
final class ConnectionLine {

    private static final Logger LOG = Logger.getLogger(ConnectionLine.class);

    private record Waiting(Request request, Context caller, Promise<Response> answer) {
    }

    private final RedisConnection connection;
    private final int most;
    private final Queue<Waiting> waiting = new ArrayDeque<>();
    private int unanswered;
    private boolean sending;
    private boolean retired;

    /** @param most how many commands are sent before the first of them is answered; the Redis client refuses too many */
    ConnectionLine(RedisConnection connection, int most) {
        this.connection = connection;
        this.most = most;
    }

    /** @param action what to do when the connection has ended */
    void onEnd(Runnable action) {
        connection.endHandler(nothing -> action.run());
        connection.exceptionHandler(problem -> {
            LOG.debugf("The connection has failed: %s", problem.getClass().getName());
            action.run();
        });
    }

    /**
     * The Redis client takes the context that a command is sent on for what the command belongs to, when it is traced.
     *
     * @param caller the context of whoever wants the answer; null for whatever is there
     */
    static Future<Response> on(Context caller, Supplier<Future<Response>> command) {
        if (caller == null || caller == Vertx.currentContext()) {
            return command.get();
        }
        Promise<Response> answer = Promise.promise();
        caller.runOnContext(nothing -> command.get().onComplete(answer));
        return answer.future();
    }

    Future<Response> send(Request request) {
        Waiting mine;
        synchronized (this) {
            if (retired) {
                return notSent();
            }
            if (unanswered >= most || !waiting.isEmpty()) {
                mine = new Waiting(request, Vertx.currentContext(), Promise.promise());
                waiting.add(mine);
                return mine.answer.future();
            }
            unanswered++;
        }
        return sendNow(request);
    }

    private static <T> Future<T> notSent() {
        return Future.failedFuture("The connection was replaced before anything was sent");
    }

    private Future<Response> sendNow(Request request) {
        return connection.send(request).onComplete(answer -> answered());
    }

    private void answered() {
        synchronized (this) {
            unanswered--;
            if (sending) {
                return;
            }
            sending = true;
        }
        for (Waiting next = next(); next != null; next = next()) {
            Request request = next.request;
            on(next.caller, () -> sendNow(request)).onComplete(next.answer);
        }
    }

    /**
     * A connection that was lost answers at once, while the command is being sent: thousands who wait are told so one after the
     * other, and not one within the other.
     *
     * @return whose turn it is; null when nobody waits, or more has to be answered before
     */
    private synchronized Waiting next() {
        Waiting next = unanswered < most ? waiting.poll() : null;
        if (next == null) {
            sending = false;
            giveBackIfUnused();
        } else {
            unanswered++;
        }
        return next;
    }

    /** Nothing more is sent. Who waits for their turn is told that nothing was. */
    void retire() {
        List<Waiting> all;
        synchronized (this) {
            retired = true;
            all = new ArrayList<>(waiting);
            waiting.clear();
            giveBackIfUnused();
        }
        all.forEach(each -> ConnectionLine.<Response> notSent().onComplete(each.answer));
    }

    private void giveBackIfUnused() {
        if (retired && unanswered == 0 && !sending) {
            connection.close();
        }
    }
}

package io.quarkiverse.deviceauthorization.redis.runtime;

import java.time.Duration;
import java.util.function.Supplier;

import org.jboss.logging.Logger;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;

/**
 * One connection of the Redis client's pool, which all commands share: each is sent without waiting for the answers to others,
 * so that thousands at a time need no thousands of connections, and what many of them change is written to the disk at once.
 * <p>
 * The Redis client doesn't mend a connection that somebody holds. Here it is replaced when it ends or doesn't answer.
 */
final class SharedConnection {

    private static final Logger LOG = Logger.getLogger(SharedConnection.class);

    private final Supplier<Redis> redis;
    private final int unanswered;
    private Future<ConnectionLine> current;

    /**
     * @param redis finds the Redis client when it is first needed; what it throws is the failure of a command
     * @param unanswered how many commands may be under way; others wait for their turn
     */
    SharedConnection(Supplier<Redis> redis, int unanswered) {
        this.redis = redis;
        this.unanswered = unanswered;
    }

    /**
     * @param patience for how long the answer is waited for
     * @return the answer, on the Vert.x context of the caller if there is one; null is one too. Fails with whatever
     *         {@link RedisProblem#of} knows
     */
    Uni<Response> send(Request request, Duration patience) {
        return Uni.createFrom().deferred(() -> {
            Context caller = Vertx.currentContext();
            Future<ConnectionLine> line = line();
            return Uni.createFrom().<Response> emitter(emitter -> send(line, request, caller)
                    .onComplete(answer -> emit(caller, emitter, answer)))
                    .ifNoItem().after(patience).fail()
                    // one that was refused, to a user that Redis didn't know for example, may be granted the next time
                    .onFailure(failure -> line.failed() || RedisProblem.of(failure).isOfConnection())
                    .invoke(failure -> replace(line));
        });
    }

    /** A future calls back on the context of whoever made the connection, to whose trace the command does not belong. */
    private static Future<Response> send(Future<ConnectionLine> line, Request request, Context caller) {
        return line.succeeded() ? line.result().send(request)
                : line.compose(ready -> ConnectionLine.on(caller, () -> ready.send(request)));
    }

    /** Whoever waited for the connection is called back on the context of whoever was the first to. */
    private static void emit(Context caller, UniEmitter<? super Response> emitter, AsyncResult<Response> answer) {
        if (caller != null && caller != Vertx.currentContext()) {
            caller.runOnContext(nothing -> emit(null, emitter, answer));
        } else if (answer.succeeded()) {
            emitter.complete(answer.result());
        } else {
            emitter.fail(answer.cause());
        }
    }

    private synchronized Future<ConnectionLine> line() {
        if (current == null) {
            Future<ConnectionLine> made = redis.get().connect()
                    .map(connection -> new ConnectionLine(connection, unanswered));
            made.onSuccess(line -> line.onEnd(() -> replace(made)));
            current = made;
        }
        return current;
    }

    /** Others may still wait for answers on it, or for it. */
    private void replace(Future<ConnectionLine> line) {
        synchronized (this) {
            if (current != line) {
                return;
            }
            current = null;
        }
        LOG.debug("The connection is replaced by another one");
        line.onSuccess(ConnectionLine::retire);
    }
}

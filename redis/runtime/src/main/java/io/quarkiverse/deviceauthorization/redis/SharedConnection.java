package io.quarkiverse.deviceauthorization.redis;

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
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.impl.types.ErrorType;

/**
 * One connection of the Redis client's pool, which all commands share: each is sent without waiting for the answers to others,
 * so that thousands at a time need no thousands of connections, and what many of them change is written to the disk at once.
 * <p>
 * The Redis client doesn't mend a connection that somebody holds. Here it is replaced when it ends or doesn't answer.
 */
final class SharedConnection {

    private static final Logger LOG = Logger.getLogger(SharedConnection.class);

    private final Supplier<Redis> redis;
    private Future<Line> current;

    /** @param redis finds the Redis client when it is first needed; what it throws is the failure of a command */
    SharedConnection(Supplier<Redis> redis) {
        this.redis = redis;
    }

    /**
     * @param patience for how long the answer is waited for
     * @return the answer, on the Vert.x context of the caller if there is one; null is one too. Fails with an {@link ErrorType}
     *         when Redis refuses the command, and else with what is wrong with the connection, a
     *         {@link io.smallrye.mutiny.TimeoutException} if it doesn't answer
     */
    Uni<Response> send(Request request, Duration patience) {
        return Uni.createFrom().deferred(() -> {
            Context caller = Vertx.currentContext();
            Future<Line> line = line();
            return Uni.createFrom().<Response> emitter(emitter -> line.compose(ready -> ready.send(request))
                    .onComplete(answer -> emit(caller, emitter, answer)))
                    .ifNoItem().after(patience).fail()
                    .onFailure(failure -> !(failure instanceof ErrorType)).invoke(failure -> replace(line));
        });
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

    private synchronized Future<Line> line() {
        if (current == null) {
            Future<Line> made = redis.get().connect().map(Line::new);
            made.onSuccess(line -> line.onEnd(() -> replace(made)));
            current = made;
        }
        return current;
    }

    /** Others may still wait for answers on it, or for it. */
    private void replace(Future<Line> line) {
        synchronized (this) {
            if (current != line) {
                return;
            }
            current = null;
        }
        LOG.debug("The connection is replaced by another one");
        line.onSuccess(Line::retire);
    }

    /** Goes back to the pool when it was replaced, and everything that was sent has been answered. */
    private static final class Line {

        private final RedisConnection connection;
        private int unanswered;
        private boolean retired;

        private Line(RedisConnection connection) {
            this.connection = connection;
        }

        private void onEnd(Runnable action) {
            connection.endHandler(nothing -> action.run());
            connection.exceptionHandler(problem -> {
                LOG.debugf("The connection has failed: %s", problem.getClass().getName());
                action.run();
            });
        }

        private Future<Response> send(Request request) {
            count(1);
            return connection.send(request).onComplete(answer -> count(-1));
        }

        private synchronized void retire() {
            retired = true;
            count(0);
        }

        private synchronized void count(int more) {
            unanswered += more;
            if (retired && unanswered == 0) {
                connection.close();
            }
        }
    }
}

package io.quarkiverse.deviceauthorization.redis.runtime;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

import io.quarkiverse.deviceauthorization.store.AuthorizationStoreException;
import io.smallrye.mutiny.Uni;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;

/**
 * Sends commands to Redis, and tries again where that may help. So each command can be run twice: its answer may have been
 * lost, and not the command.
 */
final class RedisCommands {

    private static final Duration FIRST_PAUSE = Duration.ofMillis(20);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(500);

    private final SharedConnection connection;
    private final RedisFailures failures;
    private final Duration patience;

    /**
     * @param redis finds the Redis client
     * @param failures says what is wrong
     * @param patience how long one answer is waited for, and for how long commands are tried again
     * @param unanswered how many commands may be under way; others wait for their turn
     */
    RedisCommands(Supplier<Redis> redis, RedisFailures failures, Duration patience, int unanswered) {
        this.connection = new SharedConnection(redis, unanswered);
        this.failures = failures;
        this.patience = patience;
    }

    /** @return the answer to a command that changes nothing; fails with an {@link AuthorizationStoreException} */
    Uni<Response> send(Command command, String... arguments) {
        return Uni.createFrom().deferred(() -> new Trial(attempt -> {
            Request request = Request.cmd(command);
            for (String argument : arguments) {
                request.arg(argument);
            }
            return connection.send(request, patience);
        }).run());
    }

    /**
     * @param keys all keys that the script uses, of one client
     * @param arguments what it gets besides, before the number of the attempt, which begins with 1
     * @return what it returns; fails with an {@link AuthorizationStoreException}
     */
    Uni<Response> run(Script script, List<String> keys, List<String> arguments) {
        return Uni.createFrom()
                .deferred(() -> new Trial(attempt -> evaluate(script, keys, arguments, attempt, patience)).run());
    }

    /**
     * Runs a script once, and fails with whatever goes wrong first.
     *
     * @param limit how long the answer is waited for
     */
    Uni<Response> runOnce(Script script, List<String> keys, List<String> arguments, Duration limit) {
        return evaluate(script, keys, arguments, 1, limit)
                .onFailure(failure -> !(failure instanceof AuthorizationStoreException))
                .transform(failure -> failures.exception(RedisProblem.of(failure), failure));
    }

    private Uni<Response> evaluate(Script script, List<String> keys, List<String> arguments, int attempt, Duration limit) {
        List<String> all = new ArrayList<>(arguments);
        all.add(String.valueOf(attempt));
        return connection.send(script.known(keys, all), limit)
                .onFailure(
                        failure -> RedisProblem.isAnswer(failure) && String.valueOf(failure.getMessage()).contains("NOSCRIPT"))
                .recoverWithUni(() -> connection.send(script.whole(keys, all), limit));
    }

    /** One command, as often as it takes. */
    private final class Trial {

        private final Function<Integer, Uni<Response>> command;
        private final long start = System.nanoTime();
        private Duration pause = FIRST_PAUSE;
        private int attempts;
        private boolean repeatedOnce;

        /** @param command sends it, by the number of the attempt */
        private Trial(Function<Integer, Uni<Response>> command) {
            this.command = command;
        }

        private Uni<Response> run() {
            attempts++;
            return command.apply(attempts).onFailure().recoverWithUni(this::repeat);
        }

        private Uni<Response> repeat(Throwable failure) {
            if (failure instanceof AuthorizationStoreException) {
                return Uni.createFrom().failure(failure);
            }
            RedisProblem problem = RedisProblem.of(failure);
            if (!isWorthIt(problem)) {
                return Uni.createFrom().failure(failures.exception(problem, failure));
            }
            Duration now = pause;
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
            return Uni.createFrom().nullItem().onItem().delayIt().by(now).chain(this::run);
        }

        private boolean isWorthIt(RedisProblem problem) {
            return switch (problem.retry()) {
                case NEVER -> false;
                case ONCE -> {
                    boolean first = !repeatedOnce;
                    repeatedOnce = true;
                    yield first;
                }
                case WHILE_PATIENT -> System.nanoTime() - start < patience.toNanos();
            };
        }
    }
}

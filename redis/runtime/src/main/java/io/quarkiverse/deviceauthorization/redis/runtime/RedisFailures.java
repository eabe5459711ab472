package io.quarkiverse.deviceauthorization.redis.runtime;

import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.quarkiverse.deviceauthorization.store.AuthorizationStoreException;
import io.quarkus.redis.runtime.client.config.RedisConfig;

/**
 * Says what is wrong with Redis. Messages of Redis and of its client are not quoted, and not kept as a cause: they may have the
 * arguments of a command, which are tokens, or the address of the server with its password.
 */
final class RedisFailures {

    private static final Pattern CODE = Pattern.compile("^[A-Z]{2,20}\\b");

    private final String redisClient;

    /** @param redisClient the name of the Redis client */
    RedisFailures(String redisClient) {
        this.redisClient = redisClient;
    }

    AuthorizationStoreException exception(RedisProblem problem, Throwable failure) {
        boolean plain = failure instanceof IOException && isPlain(failure);
        return new AuthorizationStoreException("The server of " + describe() + " " + problem.advice() + " "
                + RedisConfig.getPropertyName(redisClient, problem.key()) + detail(failure, plain), plain ? failure : null);
    }

    private static String detail(Throwable failure, boolean plain) {
        if (RedisProblem.isAnswer(failure)) {
            Matcher code = CODE.matcher(String.valueOf(failure.getMessage()));
            return code.find() ? " (" + code.group() + ")" : "";
        }
        return plain ? " (" + failure.getMessage() + ")" : "";
    }

    /** Those of the Redis client itself list the servers that it has tried, with their passwords. */
    private static boolean isPlain(Throwable failure) {
        return !failure.getClass().getName().startsWith("io.vertx.redis");
    }

    String describe() {
        return RedisConfig.isDefaultClient(redisClient) ? "the default Redis client" : "Redis client '" + redisClient + "'";
    }

    /** @param reason why the Redis client is not there */
    AuthorizationStoreException inactive(String reason) {
        return new AuthorizationStoreException("Flows and tokens are kept in Redis, and " + describe() + " can't be used. Set "
                + RedisConfig.getPropertyName(redisClient, RedisConfig.HOSTS) + ", or to keep them elsewhere "
                + "quarkus.device-authorization.tokens.store. " + reason, null);
    }
}

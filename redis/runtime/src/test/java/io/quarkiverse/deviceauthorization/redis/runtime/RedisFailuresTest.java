package io.quarkiverse.deviceauthorization.redis.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ConnectException;
import java.util.LinkedHashMap;
import java.util.Map;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import io.quarkiverse.deviceauthorization.store.AuthorizationStoreException;
import io.smallrye.mutiny.TimeoutException;
import io.vertx.core.impl.NoStackTraceThrowable;
import io.vertx.redis.client.impl.types.ErrorType;

@DisplayName("What is said about a failure of Redis")
class RedisFailuresTest {

    @Test
    @DisplayName("names what is wrong by what Redis answers, whatever its version")
    void problems() {
        Map<String, RedisProblem> known = new LinkedHashMap<>();
        known.put("OOM command not allowed when used memory > 'maxmemory'.", RedisProblem.OUT_OF_MEMORY);
        known.put("ERR Error running script (call to f_5a): @user_script:9: @user_script: 9: -OOM command not allowed",
                RedisProblem.OUT_OF_MEMORY);
        known.put("READONLY You can't write against a read only replica.", RedisProblem.READ_ONLY);
        known.put("ERR Error running script (call to f_5a): @user_script:9: -READONLY You can't write", RedisProblem.READ_ONLY);
        known.put("MISCONF Redis is configured to save RDB snapshots", RedisProblem.NOT_DURABLE);
        known.put("NOREPLICAS Not enough good replicas to write.", RedisProblem.NOT_DURABLE);
        known.put("LOADING Redis is loading the dataset in memory", RedisProblem.STARTING);
        known.put("MASTERDOWN Link with MASTER is down", RedisProblem.STARTING);
        known.put("CLUSTERDOWN The cluster is down", RedisProblem.STARTING);
        known.put("BUSY Redis is busy running a script.", RedisProblem.STARTING);
        known.put("NOAUTH Authentication required.", RedisProblem.UNAUTHORIZED);
        known.put("WRONGPASS invalid username-password pair or user is disabled.", RedisProblem.UNAUTHORIZED);
        known.put("ERR Protocol error: unauthenticated multibulk length", RedisProblem.UNAUTHORIZED);
        known.put("NOPERM this user has no permissions to run the 'evalsha' command", RedisProblem.FORBIDDEN);
        known.put("WRONGTYPE Operation against a key holding the wrong kind of value", RedisProblem.FOREIGN);
        known.put("MOVED 3999 127.0.0.1:6381", RedisProblem.CLUSTER);
        known.put("CROSSSLOT Keys in request don't hash to the same slot", RedisProblem.CLUSTER);
        known.put("CONNECTION_CLOSED", RedisProblem.UNREACHABLE);
        known.put("ERR something", RedisProblem.OTHER);

        assertThat(known).allSatisfy((message, problem) -> assertThat(RedisProblem.of(ErrorType.create(message)))
                .isEqualTo(problem));
        assertThat(RedisProblem.of(new TimeoutException())).isEqualTo(RedisProblem.SLOW);
        assertThat(RedisProblem.of(new NoStackTraceThrowable("Connection is closed"))).isEqualTo(RedisProblem.UNREACHABLE);
    }

    @Test
    @DisplayName("has its code, and nothing else of what Redis or its client says, which may be secret")
    void secrets() {
        String secret = "very-secret";
        for (Throwable failure : new Throwable[] {
                ErrorType.create("ERR unknown command 'EVALSHA', with args beginning with: '" + secret + "'"),
                ErrorType.create(secret), new NoStackTraceThrowable("Redis command is not valid: " + secret),
                new IllegalStateException("Failed obtaining connection to: redis://:" + secret + "@127.0.0.1") }) {
            AuthorizationStoreException problem = exception("<default>", failure);
            assertThat(problem).hasNoCause().message().doesNotContain(secret)
                    .startsWith("The server of the default Redis client ")
                    .contains("quarkus.redis.hosts");
        }
        assertThat(exception("<default>", ErrorType.create("OOM command not allowed"))).message()
                .endsWith("quarkus.redis.hosts (OOM)");
    }

    @Test
    @DisplayName("has the reason why no connection could be made, and the key of the named client")
    void connections() {
        ConnectException refused = new ConnectException("Connection refused: /127.0.0.1:6379");
        assertThat(exception("sign.ins", refused)).hasCause(refused).message()
                .startsWith("The server of Redis client 'sign.ins' ")
                .endsWith("quarkus.redis.\"sign.ins\".hosts (Connection refused: /127.0.0.1:6379)");
    }

    private static AuthorizationStoreException exception(String redisClient, Throwable failure) {
        return new RedisFailures(redisClient).exception(RedisProblem.of(failure), failure);
    }
}

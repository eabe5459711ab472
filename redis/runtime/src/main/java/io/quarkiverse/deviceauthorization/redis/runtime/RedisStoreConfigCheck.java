package io.quarkiverse.deviceauthorization.redis.runtime;

import java.util.ArrayList;
import java.util.List;

import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.ConfigValidationException.Problem;

/** Finds what is wrong with the configuration. */
final class RedisStoreConfigCheck {

    private static final String PREFIX = "quarkus.device-authorization-redis.";

    private RedisStoreConfigCheck() {
    }

    /** @throws ConfigValidationException with everything that is wrong */
    static void check(DeviceAuthorizationRedisConfig config) {
        List<Problem> problems = new ArrayList<>();
        if (config.prefix().isBlank() || !config.prefix().matches("[^{}\\s]+")) {
            problems.add(new Problem(PREFIX + "prefix: '" + config.prefix()
                    + "' has braces, which tell Redis Cluster where a key belongs, or white space, or nothing at all."
                    + " Write for example device-authorization"));
        }
        if (config.idleTimeout().isNegative() || config.idleTimeout().isZero()) {
            problems.add(new Problem(PREFIX + "idle-timeout: tokens would be forgotten at once. Write for example 90D"));
        }
        if (!problems.isEmpty()) {
            throw new ConfigValidationException(problems.toArray(Problem[]::new));
        }
    }
}

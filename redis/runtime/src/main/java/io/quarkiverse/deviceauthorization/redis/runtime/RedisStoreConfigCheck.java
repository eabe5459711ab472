package io.quarkiverse.deviceauthorization.redis.runtime;

import java.util.ArrayList;
import java.util.List;

import org.eclipse.microprofile.config.ConfigProvider;

import io.quarkiverse.deviceauthorization.runtime.config.ConfigProblem;
import io.quarkiverse.deviceauthorization.runtime.config.OwnKeys;
import io.quarkiverse.deviceauthorization.runtime.config.UnknownKeys;
import io.quarkiverse.deviceauthorization.runtime.config.WrittenKeys;
import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.ConfigValidationException.Problem;
import io.smallrye.config.SmallRyeConfig;

/** Finds what is wrong with the configuration. */
final class RedisStoreConfigCheck {

    private static final String PREFIX = "quarkus.device-authorization-redis.";

    private RedisStoreConfigCheck() {
    }

    /**
     * @param keys all keys that there are, without the prefix
     * @throws ConfigValidationException with everything that is wrong
     */
    static void check(DeviceAuthorizationRedisConfig config, List<String> keys) {
        WrittenKeys written = WrittenKeys.of(ConfigProvider.getConfig().unwrap(SmallRyeConfig.class), PREFIX);
        List<ConfigProblem> problems = new ArrayList<>(UnknownKeys.find(new OwnKeys(PREFIX, List.of(), keys), written));
        if (config.prefix().isBlank() || !config.prefix().matches("[^{}\\s]+")) {
            problems.add(new ConfigProblem(PREFIX + "prefix", "'" + config.prefix()
                    + "' has braces, which tell Redis Cluster where a key belongs, or white space, or nothing at all."
                    + " Write for example device-authorization"));
        }
        if (config.idleTimeout().isNegative() || config.idleTimeout().isZero()) {
            problems.add(new ConfigProblem(PREFIX + "idle-timeout",
                    "tokens would be forgotten at once. Write for example 90D"));
        }
        if (!problems.isEmpty()) {
            throw new ConfigValidationException(problems.stream().map(problem -> new Problem(problem.text(written::source)))
                    .toArray(Problem[]::new));
        }
    }
}

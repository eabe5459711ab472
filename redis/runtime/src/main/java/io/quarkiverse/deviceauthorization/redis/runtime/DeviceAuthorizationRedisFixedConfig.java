package io.quarkiverse.deviceauthorization.redis.runtime;

import java.util.Optional;

import io.quarkiverse.deviceauthorization.runtime.config.HealthKind;
import io.quarkus.runtime.annotations.ConfigDocDefault;
import io.quarkus.runtime.annotations.ConfigPhase;
import io.quarkus.runtime.annotations.ConfigRoot;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** What is decided when the application is built. */
@ConfigMapping(prefix = "quarkus.device-authorization-redis")
@ConfigRoot(phase = ConfigPhase.BUILD_AND_RUN_TIME_FIXED)
public interface DeviceAuthorizationRedisFixedConfig {

    /**
     * Whether flows and tokens are kept in Redis, but for those of clients whose {@code tokens.store} says something else. When
     * they are not, nothing of this extension is in the application.
     */
    @WithDefault("true")
    boolean enabled();

    /** The Redis client to use, by the name that it has in {@code quarkus.redis."name".hosts}. */
    @ConfigDocDefault("the default Redis client")
    Optional<String> clientName();

    /** Health. */
    Health health();

    /** Health. */
    interface Health {

        /** Whether there is a health check that writes and reads, when {@code quarkus-smallrye-health} is there. */
        @WithDefault("true")
        boolean enabled();

        /** What it means when the check is down. */
        @WithDefault("readiness")
        HealthKind kind();

        /** The health group that the check is in too, {@code /q/health/group/<name>}. */
        Optional<String> group();
    }
}

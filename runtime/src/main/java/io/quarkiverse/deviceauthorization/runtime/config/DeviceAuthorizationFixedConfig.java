package io.quarkiverse.deviceauthorization.runtime.config;

import java.util.Optional;

import io.quarkus.runtime.annotations.ConfigPhase;
import io.quarkus.runtime.annotations.ConfigRoot;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** What is decided when the application is built. */
@ConfigMapping(prefix = "quarkus.device-authorization")
@ConfigRoot(phase = ConfigPhase.BUILD_AND_RUN_TIME_FIXED)
public interface DeviceAuthorizationFixedConfig {

    /** Whether the extension is there at all. When it is not, nothing of it can be injected. */
    @WithDefault("true")
    boolean enabled();

    /**
     * Whether a client that is injected and lacks a required key when the application is built is an error. By default it is a
     * warning, since the key may come at run time.
     */
    @WithDefault("false")
    boolean requireAtBuild();

    /** Health. */
    Health health();

    /** Metrics. */
    Metrics metrics();

    /** Traces. */
    Tracing tracing();

    /** Health. */
    interface Health {

        /** Whether there is a health check when {@code quarkus-smallrye-health} is there. */
        @WithDefault("true")
        boolean enabled();

        /** What it means when the check is down. */
        @WithDefault("readiness")
        HealthKind kind();

        /** The health group that the check is in too, {@code /q/health/group/<name>}. */
        Optional<String> group();
    }

    /** Metrics. */
    interface Metrics {

        /** Whether there are meters when Micrometer is there, such as by {@code quarkus-micrometer-registry-prometheus}. */
        @WithDefault("true")
        boolean enabled();
    }

    /** Traces. */
    interface Tracing {

        /** Whether flows and refreshes have spans when {@code quarkus-opentelemetry} is there. */
        @WithDefault("true")
        boolean enabled();
    }
}

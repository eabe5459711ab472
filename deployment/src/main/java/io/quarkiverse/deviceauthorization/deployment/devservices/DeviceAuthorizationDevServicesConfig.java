package io.quarkiverse.deviceauthorization.deployment.devservices;

import java.time.Duration;

import io.quarkiverse.deviceauthorization.devserver.Behaviour;
import io.quarkus.runtime.annotations.ConfigPhase;
import io.quarkus.runtime.annotations.ConfigRoot;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** The authorization server that runs beside the application in dev and test mode. */
@ConfigMapping(prefix = "quarkus.device-authorization.devservices")
@ConfigRoot(phase = ConfigPhase.BUILD_TIME)
public interface DeviceAuthorizationDevServicesConfig {

    /**
     * Whether the server starts in dev and test mode when an injected client has no server configured. It needs nothing
     * installed.
     */
    @WithDefault("true")
    boolean enabled();

    /** The port that it listens on, on the loopback interface only; 0 takes a free one. */
    @WithDefault("0")
    int port();

    /**
     * How it answers: as RFC 8628 and RFC 6749 have it ({@code rfc8628}), or as {@code auth0} does, with pending and
     * denied as 403, slow_down as 429, and scope and audience required; or as {@code google}, {@code github} or
     * {@code keycloak} do.
     */
    @WithDefault("rfc8628")
    Behaviour behaviour();

    /** The least time between two polls, in whole seconds. Short, so that nobody waits for it while developing. */
    @WithDefault("1S")
    Duration interval();

    /** How long a person has to approve, in whole seconds. */
    @WithDefault("5M")
    Duration codeLifespan();

    /** How long an access token is good for, in whole seconds. */
    @WithDefault("5M")
    Duration accessTokenLifespan();
}

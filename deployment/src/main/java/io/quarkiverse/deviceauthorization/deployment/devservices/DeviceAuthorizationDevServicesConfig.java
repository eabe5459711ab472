package io.quarkiverse.deviceauthorization.deployment.devservices;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

import io.quarkiverse.deviceauthorization.devserver.Behaviour;
import io.quarkus.runtime.annotations.ConfigDocMapKey;
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

    /**
     * The port that it listens on, on the loopback interface only. By default, and with 0, a free one; for a server that is
     * shared, 8628 by default.
     */
    OptionalInt port();

    /**
     * How it answers: as RFC 8628 and RFC 6749 have it ({@code rfc8628}), or as {@code auth0} does, with pending and
     * denied as 403, slow_down as 429, and scope and audience required; or as {@code google}, {@code github},
     * {@code keycloak}, {@code microsoft}, {@code okta}, {@code gitlab}, {@code dex} or {@code twitch} do.
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

    /** How long a refresh token is good for, from its issue, in whole seconds. By default for ever. */
    Optional<Duration> refreshTokenLifespan();

    /**
     * Whether a refresh token is good for one use, and each refresh brings a new one. By default it is, unless the server
     * answers as one that keeps them ({@code google}).
     */
    Optional<Boolean> refreshTokenRotation();

    /**
     * The people who can sign in, by the names that the page and tests call them, with their claims. What is JSON is taken as
     * such: {@code true}, a number, an array or an object; anything else is a text. Without {@code sub}, that is the name. By
     * default there are {@code alice} and {@code bob}.
     */
    @ConfigDocMapKey("name")
    Map<String, UserConfig> users();

    /**
     * Whether the applications of this machine that run in dev mode share one server: the first one starts it, the next ones
     * use it, and one of them takes its place at the same address when it stops. Tests never share.
     */
    @WithDefault("false")
    boolean shared();

    /** The name of the server that is shared. Applications with another name need another {@code port}. */
    @WithDefault("device-authorization")
    String serviceName();

    /** A person. */
    interface UserConfig {

        /** A claim about this person (OpenID Connect Core 1.0 §5.1), such as {@code email}. */
        @ConfigDocMapKey("claim")
        Map<String, String> claims();
    }
}

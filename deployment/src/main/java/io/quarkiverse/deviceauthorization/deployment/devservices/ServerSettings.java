package io.quarkiverse.deviceauthorization.deployment.devservices;

import java.time.Duration;
import java.util.TreeMap;
import java.util.stream.Collectors;

import io.quarkiverse.deviceauthorization.devserver.DeviceAuthorizationServer;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.configuration.ConfigurationException;

/** What the configuration says about the development server. */
record ServerSettings(DeviceAuthorizationDevServicesConfig config, boolean shared) {

    /** That of a server that is shared, unless another one is configured: the number of the RFC. */
    static final int SHARED_PORT = 8628;

    private static final int HIGHEST_PORT = 65535;

    private static final String PREFIX = "quarkus.device-authorization.devservices.";

    static ServerSettings of(DeviceAuthorizationDevServicesConfig config, LaunchMode launchMode) {
        return new ServerSettings(config, config.shared() && launchMode == LaunchMode.DEVELOPMENT);
    }

    /** @throws ConfigurationException when it is no port, or a server that is shared has none that is known beforehand */
    int port() {
        int port = config.port().orElse(shared ? SHARED_PORT : 0);
        if (port < 0 || port > HIGHEST_PORT) {
            throw new ConfigurationException(PREFIX + "port: '" + port + "' is no port. Write a number from 1 to "
                    + HIGHEST_PORT + ", or remove it for a free one");
        }
        if (shared && port == 0) {
            throw new ConfigurationException(PREFIX + "port: 0 takes any free port, where no other application finds the shared"
                    + " server. Remove it, or write for example " + SHARED_PORT);
        }
        return port;
    }

    String serviceName() {
        return config.serviceName();
    }

    DeviceAuthorizationServer.Builder server() {
        DeviceAuthorizationServer.Builder builder = DeviceAuthorizationServer.builder()
                .port(port())
                .behaviour(config.behaviour())
                .interval(wholeSeconds("interval", config.interval()))
                .codeLifespan(wholeSeconds("code-lifespan", config.codeLifespan()))
                .accessTokenLifespan(wholeSeconds("access-token-lifespan", config.accessTokenLifespan()));
        config.refreshTokenLifespan()
                .ifPresent(lifespan -> builder.refreshTokenLifespan(wholeSeconds("refresh-token-lifespan", lifespan)));
        config.refreshTokenRotation().ifPresent(builder::refreshTokenRotation);
        new TreeMap<>(config.users()).forEach((name, user) -> builder.user(name, Claims.of(user.claims())));
        if (shared) {
            builder.serviceName(serviceName());
        }
        return builder;
    }

    /** Codes and tokens live, and clients wait, for whole seconds: that is what the protocol can say (RFC 8628 §3.2). */
    private static Duration wholeSeconds(String key, Duration duration) {
        if (duration.isNegative() || duration.isZero() || duration.getNano() != 0) {
            throw new ConfigurationException(PREFIX + key + ": '" + duration
                    + "' is not a whole number of seconds above zero. Write for example 5S");
        }
        return duration;
    }

    /** A text, since it is compared across class loaders to see whether the server can go on after a live reload. */
    String describe() {
        String users = new TreeMap<>(config.users()).entrySet().stream()
                .map(user -> user.getKey() + new TreeMap<>(user.getValue().claims())).collect(Collectors.joining(" "));
        return String.join(" ", String.valueOf(config.port()), config.behaviour().name(), config.interval().toString(),
                config.codeLifespan().toString(), config.accessTokenLifespan().toString(),
                config.refreshTokenLifespan().toString(), config.refreshTokenRotation().toString(),
                String.valueOf(shared), config.serviceName(), users);
    }
}

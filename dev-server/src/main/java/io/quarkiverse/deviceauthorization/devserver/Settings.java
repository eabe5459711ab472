package io.quarkiverse.deviceauthorization.devserver;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a server was built with; see {@link DeviceAuthorizationServer.Builder} for the meaning. */
record Settings(Behaviour behaviour, int port, Duration interval, Duration codeLifespan, Duration accessTokenLifespan,
        Optional<Duration> refreshTokenLifespan, Duration refreshReuseLeeway, boolean refreshTokenRotation,
        Requirements requirements,
        Set<String> scopes, Set<String> audiences, Map<String, Client> clients, Map<String, User> users, InstantSource clock,
        Optional<String> serviceName, ExchangeListener listener) {

    Wire wire() {
        return behaviour.wire();
    }

    User user(String name) {
        User user = users.get(name);
        if (user == null) {
            throw new IllegalArgumentException("There is no user " + name + "; there are " + String.join(", ", users.keySet()));
        }
        return user;
    }
}

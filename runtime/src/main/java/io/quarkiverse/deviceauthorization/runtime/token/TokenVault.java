package io.quarkiverse.deviceauthorization.runtime.token;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

import io.quarkiverse.deviceauthorization.event.DeviceAuthorizationEvent;
import io.quarkiverse.deviceauthorization.runtime.protocol.AuthorizationServer;
import io.quarkiverse.deviceauthorization.store.AuthorizationStore;

/** The tokens of all owners of one client. */
public final class TokenVault {

    final String client;
    final AuthorizationServer server;
    final AuthorizationStore store;
    final Duration refreshSkew;
    final InstantSource clock;
    final Consumer<DeviceAuthorizationEvent> events;

    private final Map<String, OwnerTokens> owners = new ConcurrentHashMap<>();

    /** @param refreshSkew how long before its end an access token is refreshed */
    public TokenVault(String client, AuthorizationServer server, AuthorizationStore store, Duration refreshSkew,
            InstantSource clock, Consumer<DeviceAuthorizationEvent> events) {
        this.client = client;
        this.server = server;
        this.store = store;
        this.refreshSkew = refreshSkew;
        this.clock = clock;
        this.events = events;
    }

    public OwnerTokens of(String owner) {
        OwnerTokens known = owners.get(owner);
        return known != null ? known : owners.computeIfAbsent(owner, name -> new OwnerTokens(this, name));
    }
}

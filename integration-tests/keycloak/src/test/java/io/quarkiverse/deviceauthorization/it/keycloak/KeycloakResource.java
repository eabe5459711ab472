package io.quarkiverse.deviceauthorization.it.keycloak;

import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;

/** Runs a {@link KeycloakServer} as long as the tests run, and tells the application where its realm is. */
public class KeycloakResource implements QuarkusTestResourceLifecycleManager {

    private KeycloakServer server;

    @Override
    public Map<String, String> start() {
        server = KeycloakServer.start(home(), log(), realmFile());
        return Map.of("keycloak.realm-url", server.realmUrl());
    }

    @Override
    public void stop() {
        if (server != null) {
            server.close();
        }
    }

    static Path home() {
        return Path.of(System.getProperty("keycloak.home", "target/keycloak"));
    }

    static Path log() {
        return Path.of(System.getProperty("keycloak.log", "target/keycloak.log"));
    }

    static Path realmFile() {
        URL file = Objects.requireNonNull(KeycloakResource.class.getResource("/devices-realm.json"), "devices-realm.json");
        try {
            return Path.of(file.toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("The realm file is not a file: " + file, e);
        }
    }
}

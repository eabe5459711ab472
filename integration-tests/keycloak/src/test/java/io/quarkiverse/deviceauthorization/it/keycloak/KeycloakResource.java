package io.quarkiverse.deviceauthorization.it.keycloak;

import java.nio.file.Path;
import java.util.Map;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;

/** Runs a {@link KeycloakServer} as long as the tests run, and tells the application where its realm is, and where its keys. */
public class KeycloakResource implements QuarkusTestResourceLifecycleManager {

    private KeycloakServer server;

    @Override
    public Map<String, String> start() {
        TestKeys keys = TestKeys.ofThisRun();
        keys.generate();
        server = KeycloakServer.start(home(), log(), RealmFile.write(keys), keys.serverOptions().toArray(String[]::new));
        return Map.of("keycloak.realm-url", server.realmUrl(),
                "keycloak.secure-realm-url", server.secureRealmUrl(),
                "keycloak.keys", keys.directory().toString());
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
}

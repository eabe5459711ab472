package io.quarkiverse.deviceauthorization.it.keycloak;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.restassured.path.json.JsonPath;

/** Runs a {@link KeycloakServer} as long as the tests run, and tells the application where its realm is, and where its keys. */
public class KeycloakResource implements QuarkusTestResourceLifecycleManager {

    private KeycloakServer server;

    @Override
    public Map<String, String> start() {
        TestKeys keys = TestKeys.ofThisRun();
        keys.generate();
        server = KeycloakServer.start(home(), log(), RealmFile.write(keys), keys.serverOptions().toArray(String[]::new));
        signInOnce(new KeycloakEndpoints(server.realmUrl()));
        return Map.of("keycloak.realm-url", server.realmUrl(),
                "keycloak.secure-realm-url", server.secureRealmUrl(),
                "keycloak.keys", keys.directory().toString());
    }

    /** The first sign-in takes much longer than all others: it would last into the polls of the first test. */
    private static void signInOnce(KeycloakEndpoints keycloak) {
        JsonPath flow = keycloak.deviceAuthorization("television", "openid").then().statusCode(200).extract().jsonPath();
        new KeycloakPerson("alice").approve(URI.create(flow.getString("verification_uri_complete")));
        keycloak.deviceToken("television", flow.getString("device_code")).then().statusCode(200);
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

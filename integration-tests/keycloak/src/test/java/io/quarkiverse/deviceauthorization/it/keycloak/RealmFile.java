package io.quarkiverse.deviceauthorization.it.keycloak;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * The realm to import: {@code devices-realm.json}, with the public keys of those clients that sign. Two of them have
 * another key of the same kind beside it, as clients have while they replace one, so that they have to say which one
 * they signed with.
 */
final class RealmFile {

    private static final String NAME = "devices-realm.json";

    /** By client, whose key is the other one. */
    private static final Map<String, String> OTHER_KEYS = Map.of("jwt-jwk", "certificate", "jwt-key-store", "jwt-pem");

    private RealmFile() {
    }

    /** Writes the realm beside the keys. */
    static Path write(TestKeys keys) {
        ObjectMapper json = new ObjectMapper();
        try (InputStream in = Objects.requireNonNull(RealmFile.class.getResourceAsStream("/" + NAME), NAME)) {
            JsonNode realm = json.readTree(in);
            for (JsonNode client : realm.get("clients")) {
                if (client.path("clientAuthenticatorType").asText().equals("client-jwt")) {
                    String clientId = client.get("clientId").asText();
                    ObjectNode attributes = (ObjectNode) client.get("attributes");
                    String algorithm = attributes.get("token.endpoint.auth.signing.alg").asText();
                    attributes.put("jwks.string", keySet(keys, clientId, algorithm));
                }
            }
            return Files.write(keys.file(NAME), json.writeValueAsBytes(realm));
        } catch (IOException e) {
            throw new UncheckedIOException("The realm file can't be written", e);
        }
    }

    private static String keySet(TestKeys keys, String clientId, String algorithm) {
        List<Map<String, String>> set = new ArrayList<>();
        if (OTHER_KEYS.containsKey(clientId)) {
            set.add(Jwk.forSignatures(keys.certificate(OTHER_KEYS.get(clientId)), "another-key", algorithm));
        }
        set.add(Jwk.forSignatures(keys.certificate(clientId), clientId, algorithm));
        return Jwk.json(Map.of("keys", set));
    }
}

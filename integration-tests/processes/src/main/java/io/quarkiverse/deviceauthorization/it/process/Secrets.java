package io.quarkiverse.deviceauthorization.it.process;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.quarkiverse.deviceauthorization.devserver.ExchangeListener;
import io.quarkiverse.deviceauthorization.devserver.ReceivedRequest;
import io.quarkiverse.deviceauthorization.devserver.SentAnswer;

/** All secrets of a sign-in: those that the server issued or received, and those that only the client has. */
public final class Secrets implements ExchangeListener {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> ISSUED = List.of("device_code", "access_token", "refresh_token", "id_token");
    private static final List<String> SENT = List.of("code_verifier", "client_secret", "client_assertion");

    /** What is left of a secret that was cut short is one too. */
    private static final int TELLING_LENGTH = 20;

    private final Map<String, Set<String>> byKind = new ConcurrentHashMap<>();

    public void add(String kind, String secret) {
        byKind.computeIfAbsent(kind, first -> ConcurrentHashMap.newKeySet()).add(secret);
    }

    @Override
    public void received(ReceivedRequest request) {
        SENT.forEach(name -> request.parameter(name).ifPresent(value -> add(name, value)));
        request.header("DPoP").ifPresent(proof -> add("DPoP proof", proof));
        request.header("Authorization")
                .ifPresent(value -> add("Authorization header", value.substring(value.indexOf(' ') + 1)));
    }

    @Override
    public void answering(ReceivedRequest request, SentAnswer answer) {
        try {
            JsonNode body = JSON.readTree(answer.body());
            ISSUED.forEach(name -> {
                if (body.path(name).isTextual()) {
                    add(name, body.get(name).textValue());
                }
            });
        } catch (JsonProcessingException noSecretInIt) {
            return;
        }
    }

    /** How many there are of each kind. */
    public Map<String, Integer> counts() {
        Map<String, Integer> counts = new TreeMap<>();
        byKind.forEach((kind, secrets) -> counts.put(kind, secrets.size()));
        return counts;
    }

    /** The lines that have a secret in them, each with its kind. */
    public List<String> foundIn(String text) {
        return text.lines().flatMap(line -> byKind.entrySet().stream()
                .filter(kind -> kind.getValue().stream().anyMatch(secret -> tells(line, secret)))
                .map(kind -> kind.getKey() + ": " + line)).toList();
    }

    /** The end of a JWT is its signature; its beginning is the same for many. */
    private static boolean tells(String line, String secret) {
        String end = secret.substring(Math.max(0, secret.length() - TELLING_LENGTH));
        boolean jwt = secret.startsWith("ey");
        return line.contains(end) || !jwt && line.contains(secret.substring(0, Math.min(secret.length(), TELLING_LENGTH)));
    }
}

package io.quarkiverse.deviceauthorization.devserver;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/**
 * Finds out which client sends a request: {@code client_secret_basic}, {@code client_secret_post} or a public client
 * (RFC 6749 §2.3.1, §3.2.1).
 */
final class ClientAuthentication {

    private static final String BASIC = "Basic ";

    private record Credentials(String id, Optional<String> secret) {
    }

    private final Map<String, Client> clients;
    private final Behaviour behaviour;

    ClientAuthentication(Settings settings) {
        this.clients = settings.clients();
        this.behaviour = settings.behaviour();
    }

    /**
     * The client of this request.
     *
     * @throws OAuthException {@code invalid_request} when no client is named or it authenticates in two ways,
     *         {@code invalid_client} when the credentials are wrong
     */
    Client authenticate(Request request, Parameters form) {
        Optional<String> basic = request.header("Authorization")
                .filter(value -> value.regionMatches(true, 0, BASIC, 0, BASIC.length()))
                .map(value -> value.substring(BASIC.length()).trim());
        if (basic.isPresent()) {
            Credentials credentials = decode(basic.get());
            if (form.value("client_secret").isPresent()) {
                throw OAuthException.invalidRequest("The client authenticates in two ways at once");
            }
            if (form.value("client_id").filter(id -> !id.equals(credentials.id())).isPresent()) {
                throw OAuthException.invalidRequest("The client_id is not the one that authenticates");
            }
            return check(credentials);
        }
        return check(new Credentials(form.required("client_id"), form.value("client_secret")));
    }

    /** Identifier and secret are form-urlencoded before they are joined and encoded (RFC 6749 §2.3.1). */
    private static Credentials decode(String basic) {
        try {
            String pair = new String(Base64.getDecoder().decode(basic), StandardCharsets.UTF_8);
            int colon = pair.indexOf(':');
            Optional<String> id = colon < 1 ? Optional.empty() : Parameters.decode(pair.substring(0, colon));
            Optional<String> secret = Parameters.decode(pair.substring(colon + 1));
            if (id.isPresent() && secret.isPresent()) {
                return new Credentials(id.get(), secret.filter(value -> !value.isEmpty()));
            }
            throw OAuthException.invalidClient("The Authorization header is malformed");
        } catch (IllegalArgumentException malformed) {
            throw OAuthException.invalidClient("The Authorization header is not Base64: " + malformed.getMessage());
        }
    }

    private Client check(Credentials credentials) {
        if (clients.isEmpty()) {
            return new Client(credentials.id(), Optional.empty(), true);
        }
        Client client = clients.get(credentials.id());
        if (client == null) {
            String error = behaviour == Behaviour.AUTH0 ? "unauthorized_client" : "invalid_client";
            throw new OAuthException(error, "The client is unknown");
        }
        if (client.secret().isPresent() != credentials.secret().isPresent()) {
            throw OAuthException.invalidClient(client.secret().isPresent() ? "The client must authenticate with its secret"
                    : "The client is a public one and has no secret");
        }
        if (client.secret().isPresent() && !same(client.secret().get(), credentials.secret().get())) {
            throw OAuthException.invalidClient("The client secret is wrong");
        }
        return client;
    }

    private static boolean same(String expected, String actual) {
        return MessageDigest.isEqual(expected.getBytes(StandardCharsets.UTF_8), actual.getBytes(StandardCharsets.UTF_8));
    }
}

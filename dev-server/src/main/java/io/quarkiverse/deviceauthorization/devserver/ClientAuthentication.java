package io.quarkiverse.deviceauthorization.devserver;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import io.quarkiverse.deviceauthorization.devserver.Client.Authentication;

/**
 * Finds out which client sends a request: {@code client_secret_basic}, {@code client_secret_post} or a public client
 * (RFC 6749 §2.3.1, §3.2.1), {@code client_secret_jwt} or {@code private_key_jwt} (RFC 7523).
 */
final class ClientAuthentication {

    private static final String BASIC = "Basic ";

    private record Credentials(String id, Optional<String> secret, Optional<String> assertion) {
    }

    private final Map<String, Client> clients;
    private final ClientAssertions assertions;

    ClientAuthentication(Settings settings, ClientAssertions assertions) {
        this.clients = settings.clients();
        this.assertions = assertions;
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
        Optional<String> assertion = assertion(form);
        if (Stream.of(basic, assertion, form.value("client_secret")).filter(Optional::isPresent).count() > 1) {
            throw OAuthException.invalidRequest("The client authenticates in two ways at once");
        }
        if (basic.isPresent()) {
            return check(sameClient(decode(basic.get()), form));
        }
        if (assertion.isPresent()) {
            return check(sameClient(new Credentials(assertions.subject(assertion.get()), Optional.empty(), assertion), form));
        }
        return check(new Credentials(form.required("client_id"), form.value("client_secret"), Optional.empty()));
    }

    private static Optional<String> assertion(Parameters form) {
        Optional<String> type = form.value("client_assertion_type");
        Optional<String> assertion = form.value("client_assertion");
        if (type.isEmpty() && assertion.isEmpty()) {
            return Optional.empty();
        }
        if (!form.required("client_assertion_type").equals(ClientAssertions.TYPE)) {
            throw OAuthException.invalidRequest("The client_assertion_type must be " + ClientAssertions.TYPE);
        }
        return Optional.of(form.required("client_assertion"));
    }

    private static Credentials sameClient(Credentials credentials, Parameters form) {
        if (form.value("client_id").filter(id -> !id.equals(credentials.id())).isPresent()) {
            throw OAuthException.invalidRequest("The client_id is not the one that authenticates");
        }
        return credentials;
    }

    /** Identifier and secret are form-urlencoded before they are joined and encoded (RFC 6749 §2.3.1). */
    private static Credentials decode(String basic) {
        try {
            String pair = new String(Base64.getDecoder().decode(basic), StandardCharsets.UTF_8);
            int colon = pair.indexOf(':');
            Optional<String> id = colon < 1 ? Optional.empty() : Parameters.decode(pair.substring(0, colon));
            Optional<String> secret = Parameters.decode(pair.substring(colon + 1));
            if (id.isPresent() && secret.isPresent()) {
                return new Credentials(id.get(), secret.filter(value -> !value.isEmpty()), Optional.empty());
            }
            throw OAuthException.invalidClient("The Authorization header is malformed");
        } catch (IllegalArgumentException malformed) {
            throw OAuthException.invalidClient("The Authorization header is not Base64: " + malformed.getMessage());
        }
    }

    private Client check(Credentials credentials) {
        if (clients.isEmpty()) {
            credentials.assertion().ifPresent(assertion -> assertions.checkUnregistered(credentials.id(), assertion));
            return Client.publicOne(credentials.id());
        }
        Client client = clients.get(credentials.id());
        if (client == null) {
            throw OAuthException.unknownClient();
        }
        switch (client.authentication()) {
            case NONE -> requireNone(credentials);
            case SECRET -> {
                if (credentials.assertion().isPresent()) {
                    assertions.check(client, credentials.assertion().get());
                } else {
                    requireSecret(client, credentials.secret());
                }
            }
            case SECRET_JWT, PRIVATE_KEY_JWT -> assertions.check(client, required(client, credentials.assertion()));
        }
        return client;
    }

    private static void requireNone(Credentials credentials) {
        if (credentials.secret().isPresent() || credentials.assertion().isPresent()) {
            throw OAuthException.invalidClient("The client is a public one and has no secret");
        }
    }

    private static void requireSecret(Client client, Optional<String> secret) {
        if (secret.isEmpty()) {
            throw OAuthException.wrongSecret("The client must authenticate with its secret");
        }
        byte[] expected = client.secret().orElseThrow().getBytes(StandardCharsets.UTF_8);
        if (!MessageDigest.isEqual(expected, secret.get().getBytes(StandardCharsets.UTF_8))) {
            throw OAuthException.wrongSecret("The client secret is wrong");
        }
    }

    private static String required(Client client, Optional<String> assertion) {
        return assertion.orElseThrow(() -> OAuthException.invalidClient("The client must authenticate with "
                + (client.authentication() == Authentication.SECRET_JWT ? "client_secret_jwt" : "private_key_jwt")));
    }
}

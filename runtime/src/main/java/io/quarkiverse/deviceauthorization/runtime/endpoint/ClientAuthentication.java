package io.quarkiverse.deviceauthorization.runtime.endpoint;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

import io.quarkiverse.deviceauthorization.runtime.config.ClientConfig;
import io.quarkiverse.deviceauthorization.runtime.config.ClientSecretMethod;
import io.quarkiverse.deviceauthorization.runtime.config.ClientSettings;

/**
 * How the client says who it is, alike on every request (RFC 8628 §3.1, §3.4). A client that authenticates by header doesn't
 * send its {@code client_id} in the form as well.
 */
final class ClientAuthentication {

    private final String clientId;
    private final String secret;
    private final String bearerToken;
    private final boolean basic;

    ClientAuthentication(ClientSettings settings) {
        ClientConfig.Credentials credentials = settings.config().credentials();
        this.clientId = settings.clientId();
        this.secret = credentials.secret().orElse(null);
        this.bearerToken = credentials.bearerToken().orElse(null);
        this.basic = secret != null
                && credentials.method().orElse(ClientSecretMethod.BASIC) == ClientSecretMethod.BASIC;
    }

    /** Adds what belongs into the form. */
    Form identify(Form form) {
        if (basic) {
            return form;
        }
        form.set("client_id", clientId);
        return secret == null ? form : form.set("client_secret", secret);
    }

    /** @return the {@code Authorization} header of token and revocation requests, or null */
    String header() {
        return basic ? basicHeader() : null;
    }

    /** @return the {@code Authorization} header of the device authorization request, or null */
    String startHeader() {
        return bearerToken != null ? "Bearer " + bearerToken : header();
    }

    /** @return the answer without our credentials in it */
    Answer hideIn(Answer answer) {
        return answer.hiding(secret).hiding(bearerToken);
    }

    /** Identifier and secret are form-urlencoded before they are joined (RFC 6749 §2.3.1). */
    private String basicHeader() {
        String joined = encode(clientId) + ":" + encode(secret);
        return "Basic " + Base64.getEncoder().encodeToString(joined.getBytes(StandardCharsets.US_ASCII));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}

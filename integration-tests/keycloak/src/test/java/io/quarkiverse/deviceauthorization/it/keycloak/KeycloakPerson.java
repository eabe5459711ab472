package io.quarkiverse.deviceauthorization.it.keycloak;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

import org.jsoup.Connection.KeyVal;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.FormElement;

import io.quarkiverse.deviceauthorization.DeviceAuthorization;
import io.quarkiverse.deviceauthorization.PendingAuthorization;
import io.quarkiverse.deviceauthorization.Tokens;

/**
 * A person at another device: opens Keycloak's pages as a browser would, fills in their forms and presses their buttons.
 * Each person has a browser of their own, so has to log in.
 */
final class KeycloakPerson {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final String username;
    private final HttpClient browser = HttpClient.newBuilder()
            .cookieHandler(new CookieManager(null, (uri, cookie) -> acceptOnLoopback(cookie)))
            .sslContext(TestKeys.ofThisRun().trustingTheServer())
            .followRedirects(HttpClient.Redirect.NORMAL)
            .connectTimeout(PATIENCE)
            .build();

    /** @param username a user of the realm, whose password is the name followed by {@code -password} */
    KeycloakPerson(String username) {
        this.username = username;
    }

    // Keycloak's cookies are for secure origins. To a browser that includes loopback addresses, to CookieManager it doesn't.
    private static boolean acceptOnLoopback(HttpCookie cookie) {
        cookie.setSecure(false);
        cookie.setVersion(0);
        return true;
    }

    /** Signs in to a client: starts its flow, approves, and awaits the tokens. */
    Tokens signIn(DeviceAuthorization client) {
        PendingAuthorization pending = client.start();
        approve(pending.verificationUriComplete().orElseThrow());
        return client.await(pending);
    }

    /** Follows the link that holds the code, logs in, and says yes. */
    void approve(URI verificationUriComplete) {
        decide(open(verificationUriComplete), "accept", "Device Login Successful");
    }

    /** Opens the page, types in the code, logs in, and says yes. */
    void approve(URI verificationUri, String userCode) {
        decide(enterCode(verificationUri, userCode), "accept", "Device Login Successful");
    }

    /** Follows the link that holds the code, logs in, and says no. */
    void deny(URI verificationUriComplete) {
        decide(open(verificationUriComplete), "cancel", "Device Login Failed");
    }

    /** Opens the page and types in a code. Returns the text of the page that follows. */
    String enterAnyCode(URI verificationUri, String userCode) {
        return enterCode(verificationUri, userCode).text();
    }

    private Document enterCode(URI verificationUri, String userCode) {
        FormElement form = form(open(verificationUri), "#kc-user-verify-device-user-code-form");
        return submit(form, Map.of("device_user_code", userCode));
    }

    private void decide(Document loginPage, String button, String expectedTitle) {
        FormElement login = form(loginPage, "#kc-form-login");
        Document consentPage = submit(login, Map.of("username", username, "password", username + "-password"));
        FormElement consent = form(consentPage, "form:has(button[name=accept]):has(button[name=cancel])");
        Document result = submit(consent, Map.of(button, ""));
        if (!result.select("#kc-page-title").text().equals(expectedTitle)) {
            throw new AssertionError("Expected the page '" + expectedTitle + "', but " + describe(result));
        }
    }

    private Document open(URI page) {
        return send(HttpRequest.newBuilder(page).GET());
    }

    private Document submit(FormElement form, Map<String, String> entries) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (KeyVal field : form.formData()) {
            fields.put(field.key(), field.value());
        }
        fields.putAll(entries);
        String body = fields.entrySet().stream()
                .map(field -> encode(field.getKey()) + "=" + encode(field.getValue()))
                .collect(Collectors.joining("&"));
        return send(HttpRequest.newBuilder(URI.create(form.absUrl("action")))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(body)));
    }

    private Document send(HttpRequest.Builder request) {
        try {
            // Without this header Keycloak takes the form with the code for a device authorization request
            HttpResponse<String> answer = browser.send(request.header("Accept", "text/html").timeout(PATIENCE).build(),
                    BodyHandlers.ofString());
            return Jsoup.parse(answer.body(), answer.uri().toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while " + username + " waited for a page", e);
        }
    }

    private static FormElement form(Document page, String selector) {
        return page.select(selector).forms().stream().findFirst()
                .orElseThrow(() -> new AssertionError("Expected a form '" + selector + "', but " + describe(page)));
    }

    private static String describe(Document page) {
        return page.location() + " shows: " + page.text();
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}

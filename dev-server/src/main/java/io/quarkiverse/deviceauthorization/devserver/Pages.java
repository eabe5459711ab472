package io.quarkiverse.deviceauthorization.devserver;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;

import io.quarkiverse.deviceauthorization.devserver.Template.Html;

/** The HTML of the verification page. */
final class Pages {

    /** The pages that say how it ended. */
    enum Result {
        APPROVED(200, "Approved"),
        DENIED(200, "Denied"),
        EXPIRED(410, "Code expired"),
        ALREADY_USED(410, "Code already used"),
        STALE_PAGE(403, "Please start again"),
        TOO_MANY_ATTEMPTS(429, "Too many attempts");

        final int status;
        final String title;

        Result(int status, String title) {
            this.status = status;
            this.title = title;
        }
    }

    private static final Html NOTHING = new Html("");

    /** No scripts, nothing from elsewhere, no framing; forms go to this server only. */
    private static final String CONTENT_SECURITY_POLICY = "default-src 'none'; style-src 'self'; img-src 'self'; "
            + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private final Template layout = Template.load("layout.html");
    private final Template enterCode = Template.load("enter-code.html");
    private final Template alert = Template.load("alert.html");
    private final Template confirm = Template.load("confirm.html");
    private final Template permission = Template.load("permission.html");
    private final Template userChoice = Template.load("user-choice.html");
    private final Map<Result, Template> results = new EnumMap<>(Result.class);
    private final Properties permissions = new Properties();

    Pages() {
        for (Result result : Result.values()) {
            results.put(result, Template.load(result.name().toLowerCase(Locale.ROOT).replace('_', '-') + ".html"));
        }
        try {
            permissions.load(new StringReader(Template.resource("permissions.properties")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Response enterCode() {
        return page(200, "Enter your code", enterCode,
                Map.of("alert", NOTHING, "value", "", "invalid", NOTHING, "described_by", "hint"));
    }

    Response codeUnknown(String typed) {
        return page(404, "Code unknown", enterCode, Map.of("alert", alert(
                "This code is unknown. Compare it with the one on your device, letter by letter."), "value", typed,
                "invalid", new Html("aria-invalid=\"true\""), "described_by", "alert hint"));
    }

    Response confirm(DeviceFlow flow, Collection<User> users, String csrf) {
        return confirm(200, NOTHING, flow, users, csrf);
    }

    Response userUnknown(DeviceFlow flow, Collection<User> users, String csrf) {
        return confirm(400, alert("Choose who signs in."), flow, users, csrf);
    }

    private Response confirm(int status, Html problem, DeviceFlow flow, Collection<User> users, String csrf) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("alert", problem);
        values.put("client", flow.clientId);
        values.put("user_code", flow.userCode);
        values.put("permissions", permissions(flow));
        values.put("users", users(users));
        values.put("csrf", csrf);
        return page(status, "Approve this sign-in?", confirm, values);
    }

    Response result(Result result, Map<String, Object> values) {
        Response response = page(result.status, result.title, results.get(result), values);
        return result == Result.TOO_MANY_ATTEMPTS
                ? response.with("Retry-After", String.valueOf(WrongCodes.WINDOW.toSeconds()))
                : response;
    }

    private Html permissions(DeviceFlow flow) {
        StringBuilder items = new StringBuilder();
        for (String scope : flow.request.scopes()) {
            String words = permissions.getProperty("scope." + scope, permissions.getProperty("other.scope"));
            items.append(permission.render(Map.of("words", words, "value", scope)).markup());
        }
        for (String audience : flow.request.audiences()) {
            items.append(permission.render(Map.of("words", permissions.getProperty("audience"), "value", audience)).markup());
        }
        return items.isEmpty() ? permission.render(Map.of("words", permissions.getProperty("no.scope"), "value", ""))
                : new Html(items.toString());
    }

    private Html users(Collection<User> users) {
        StringBuilder choices = new StringBuilder();
        for (User user : users) {
            choices.append(userChoice.render(Map.of("name", user.name(), "display_name", user.displayName(), "checked",
                    new Html(choices.isEmpty() ? "checked" : ""))).markup());
        }
        return new Html(choices.toString());
    }

    private Html alert(String text) {
        return alert.render(Map.of("text", text));
    }

    private Response page(int status, String title, Template content, Map<String, Object> values) {
        Html html = layout.render(Map.of("title", title, "content", content.render(values)));
        return Response.of(status, "text/html; charset=utf-8", html.markup())
                .with("Content-Security-Policy", CONTENT_SECURITY_POLICY)
                .with("X-Frame-Options", "DENY")
                .with("Referrer-Policy", "no-referrer");
    }
}

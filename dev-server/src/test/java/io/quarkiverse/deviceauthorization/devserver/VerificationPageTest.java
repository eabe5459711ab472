package io.quarkiverse.deviceauthorization.devserver;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.databind.JsonNode;

class VerificationPageTest {

    private static final Pattern CSRF_TOKEN = Pattern.compile("name=\"csrf_token\" value=\"([^\"]+)\"");
    private static final String XSS = "\"><script>alert('x')</script>&{{csrf}}";

    private final VirtualClock clock = new VirtualClock();
    private final DeviceAuthorizationServer server = DeviceAuthorizationServer.builder().clock(clock).start();
    private final Http http = new Http(server);
    private final JsonNode flow = http.start("openid offline_access custom:read");
    private final String userCode = flow.get("user_code").asText();

    @AfterEach
    void close() {
        server.close();
    }

    private HttpResponse<String> open(String code) {
        return http.get("/activate?user_code=" + Http.encode(code));
    }

    private static String csrfToken(HttpResponse<String> page) {
        Matcher matcher = CSRF_TOKEN.matcher(page.body());
        assertThat(matcher.find()).as("the page has a CSRF token").isTrue();
        return matcher.group(1);
    }

    private static String cookie(HttpResponse<String> page) {
        return page.headers().firstValue("Set-Cookie").orElseThrow().split(";")[0];
    }

    private HttpRequest.Builder decision(String cookie, String... form) {
        return http.request("/activate").header("Content-Type", "application/x-www-form-urlencoded").header("Cookie", cookie)
                .POST(BodyPublishers.ofString(Http.form(form)));
    }

    private HttpResponse<String> decide(HttpResponse<String> page, String decision) {
        return http.send(decision(cookie(page), "csrf_token", csrfToken(page), "user_code", userCode, "decision", decision,
                "user", "bob"));
    }

    private void assertStillPending() {
        assertThat(Http.json(http.get("/dev/script")).at("/flows/0/state").asText()).isEqualTo("pending");
    }

    @Test
    void asksForTheCode() {
        HttpResponse<String> page = http.get("/activate");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("<h1>Enter your code</h1>", "<label for=\"user_code\">", "lang=\"en\"", "viewport");
    }

    @Test
    void showsWhatIsAskedForAndTheCodeAsIssued() {
        HttpResponse<String> page = open(userCode.replace("-", " ").toLowerCase());
        assertThat(page.body()).contains(userCode, ">cli<", "Know who you are", "Stay signed in until you sign out",
                "custom:read", "https://api.example.com", "Only go on if you started this yourself");
    }

    @Test
    void approvesAsTheChosenUser() {
        HttpResponse<String> result = decide(open(userCode), "approve");
        assertThat(result.statusCode()).isEqualTo(200);
        assertThat(result.body()).contains("<h1>Approved</h1>", "Bob", "Go back to your device");
        assertThat(http.hello(Http.json(http.poll(flow)).get("access_token").asText()).body()).contains("\"sub\":\"bob\"");
    }

    @Test
    void denies() {
        HttpResponse<String> result = decide(open(userCode), "deny");
        assertThat(result.body()).contains("<h1>Denied</h1>");
        assertThat(http.poll(flow).body()).contains("access_denied");
    }

    @Test
    void tellsThatACodeWasUsedAlready() {
        HttpResponse<String> page = open(userCode);
        decide(page, "deny");
        assertThat(decide(page, "approve").body()).contains("This code was already used");
        assertThat(open(userCode).statusCode()).isEqualTo(410);
        assertThat(http.poll(flow).body()).contains("access_denied");
    }

    @Test
    void tellsThatACodeExpired() {
        HttpResponse<String> page = open(userCode);
        clock.advanceSeconds(300);
        assertThat(decide(page, "approve").body()).contains("This code has expired");
        assertThat(open(userCode).statusCode()).isEqualTo(410);
    }

    @Test
    void tellsThatACodeIsUnknown() {
        HttpResponse<String> page = open("AAAA-AAAA");
        assertThat(page.statusCode()).isEqualTo(404);
        assertThat(page.body()).contains("role=\"alert\"", "This code is unknown", "value=\"AAAA-AAAA\"");
    }

    @Test
    void limitsGuessing() {
        for (int i = 0; i < 10; i++) {
            assertThat(open("AAAA-AAA" + i).statusCode()).isEqualTo(404);
        }
        HttpResponse<String> refused = open(userCode);
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValue("Retry-After")).contains("60");
        assertThat(refused.body()).contains("Too many attempts").doesNotContain("Approve");
        clock.advanceSeconds(60);
        assertThat(open(userCode).statusCode()).isEqualTo(200);
    }

    @Test
    void refusesAFormWithoutItsToken() {
        HttpResponse<String> page = open(userCode);
        HttpResponse<String> other = open(http.start("openid").get("user_code").asText());
        assertRefused(decision(cookie(page), "user_code", userCode, "decision", "approve", "user", "bob"));
        assertRefused(decision(cookie(page), "user_code", userCode, "decision", "approve", "user", "bob", "csrf_token", "a.b"));
        assertRefused(decision(cookie(other), "user_code", userCode, "decision", "approve", "user", "bob", "csrf_token",
                csrfToken(page)));
        assertRefused(decision(cookie(other), "user_code", userCode, "decision", "approve", "user", "bob", "csrf_token",
                csrfToken(other)));
        assertRefused(decision("other=1", "user_code", userCode, "decision", "approve", "user", "bob", "csrf_token",
                csrfToken(page)));
    }

    @Test
    void refusesAFormThatAnotherSiteSends() {
        HttpResponse<String> page = open(userCode);
        String[] form = { "user_code", userCode, "decision", "approve", "user", "bob", "csrf_token", csrfToken(page) };
        assertRefused(decision(cookie(page), form).header("Origin", "https://evil.example"));
        assertRefused(decision(cookie(page), form).header("Sec-Fetch-Site", "cross-site"));
        assertThat(http.send(decision(cookie(page), form).header("Origin", "null").header("Sec-Fetch-Site", "same-origin"))
                .body()).contains("<h1>Approved</h1>");
    }

    private void assertRefused(HttpRequest.Builder request) {
        HttpResponse<String> response = http.send(request);
        assertThat(response.statusCode()).isEqualTo(403);
        assertThat(response.body()).contains("Nothing was approved");
        assertStillPending();
    }

    @Test
    void wantsAUserThatExists() {
        HttpResponse<String> page = open(userCode);
        HttpResponse<String> again = http.send(decision(cookie(page), "csrf_token", csrfToken(page), "user_code", userCode,
                "decision", "approve", "user", "mallory"));
        assertThat(again.statusCode()).isEqualTo(400);
        assertThat(again.body()).contains("role=\"alert\"", "Choose who signs in.");
        assertStillPending();
    }

    @Test
    void keepsItsCookieToItself() {
        HttpResponse<String> first = open(userCode);
        assertThat(first.headers().firstValue("Set-Cookie")).get().asString()
                .matches("device_session_" + server.port() + "=[\\w-]{43}; Path=/activate; HttpOnly; SameSite=Strict");
        HttpResponse<String> second = http.get("/activate?user_code=" + userCode, "Cookie", cookie(first));
        assertThat(cookie(second)).isEqualTo(cookie(first));
        assertThat(csrfToken(second)).isNotEqualTo(csrfToken(first));
    }

    @Test
    void escapesWhatOthersSent() {
        String code = Http.json(http.post("/oauth/device/code", "client_id", XSS, "scope", "<b>{{csrf}}", "audience", XSS))
                .get("user_code").asText();
        for (HttpResponse<String> page : new HttpResponse[] { open(code), open(XSS) }) {
            assertThat(page.body()).contains("&lt;script&gt;alert(&#39;x&#39;)").doesNotContain("<script", "<b>");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "/activate", "/activate?user_code=AAAA-AAAA" })
    void hasSafeHeaders(String path) {
        HttpResponse<String> page = http.get(path);
        assertThat(page.headers().firstValue("Content-Security-Policy")).contains("default-src 'none'; style-src 'self'; "
                + "img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'");
        assertThat(page.headers().firstValue("X-Frame-Options")).contains("DENY");
        assertThat(page.headers().firstValue("Referrer-Policy")).contains("no-referrer");
        assertThat(page.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(page.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(page.headers().firstValue("Content-Type")).contains("text/html; charset=utf-8");
    }

    @Test
    void loadsNothingFromElsewhere() {
        assertThat(http.get("/activate/style.css").body()).doesNotContain("url(", "@import");
        assertThat(http.get("/activate/icon.svg").headers().firstValue("Content-Type")).contains("image/svg+xml");
        assertThat(Pattern.compile("(?:src|href|action)=\"(?!/activate)").matcher(open(userCode).body()).find()).isFalse();
    }
}

package io.quarkiverse.deviceauthorization.runtime.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.deviceauthorization.AuthorizationServerException;
import io.quarkiverse.deviceauthorization.Secret;
import io.quarkiverse.deviceauthorization.runtime.config.ClientSettings;
import io.quarkiverse.deviceauthorization.runtime.protocol.DeviceCodes;
import io.quarkiverse.deviceauthorization.store.FlowBinding;

@DisplayName("Of a device authorization response")
class DeviceCodesReaderTest {

    private static final URI ENDPOINT = URI.create("https://login.example.com/device");

    private static final Map<String, String> COMPLETE = Map.of(
            "device_code", "\"the-device-code\"",
            "user_code", "\"WDJB-MJHT\"",
            "verification_uri", "\"https://login.example.com/activate\"",
            "expires_in", "900");

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = { "device_code", "user_code", "verification_uri", "expires_in" })
    @DisplayName("R7: a required member that is missing, null, empty or of a wrong type is named")
    void requiredMember(String member) {
        for (String value : new String[] { null, "null", "\"\"", "\" \"", "{}", "[\"x\"]", "true" }) {
            refused(with(member, value), "The device authorization response for the default client lacks " + member
                    + ", or has it in a form that is of no use. Check that the endpoint is a device authorization endpoint"
                    + " (RFC 8628 §3.2)");
        }
    }

    @Test
    @DisplayName("R7: everything that is missing is named at once")
    void allMissing() {
        refused("{}", "lacks device_code, user_code, verification_uri, expires_in,");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = { "0", "-1", "\"soon\"", "\"\"", "1e-9999", "NaN" })
    @DisplayName("R7: an expires_in that is no time to live is missing")
    void uselessLife(String value) {
        refused(with("expires_in", value.equals("NaN") ? "\"NaN\"" : value), "lacks expires_in,");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({ "900, PT15M", "\"900\", PT15M", "1e9, PT24H", "999999999999999999999999999999999999, PT24H", "1e300, PT24H",
            "1.5, PT1.5S", "1.2345, PT1.234S", "900.9999, PT15M0.999S" })
    @DisplayName("a life is read from a number or a text, never longer than it says, and an absurd one is cut at a day")
    void life(String value, Duration life) {
        assertThat(read(with("expires_in", value)).expiresIn()).isEqualTo(life);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(nullValues = "absent", value = { "absent, PT5S", "null, PT5S", "-5, PT5S", "\"5\", PT5S", "0, PT5S", "[], PT5S",
            "\"often\", PT5S", "7, PT7S", "0.2, PT1S", "1e-9, PT1S", "7.5, PT7.5S", "\"7.0001\", PT7.001S", "1e9, PT10M",
            "1e300, PT10M",
            "999999999999999999999999999999999999, PT10M" })
    @DisplayName("R8: the interval is 5 s where there is none that makes sense, and never below the floor or above the ceiling")
    void interval(String value, Duration interval) {
        assertThat(read(with("interval", value)).interval()).isEqualTo(interval);
    }

    @Test
    @DisplayName("R8: the configured default, floor and ceiling of the interval are used")
    void configuredInterval() {
        ClientSettings settings = Settings.of("polling.default-interval", "7S", "polling.min-interval", "3S",
                "polling.max-interval", "20S");
        assertThat(read(settings, with("interval", null)).interval()).isEqualTo(Duration.ofSeconds(7));
        assertThat(read(settings, with("interval", "2")).interval()).isEqualTo(Duration.ofSeconds(3));
        assertThat(read(settings, with("interval", "21")).interval()).isEqualTo(Duration.ofSeconds(20));
    }

    @Test
    @DisplayName("R12: the complete URI is kept")
    void completeUri() {
        assertThat(read(with("verification_uri_complete", "\"https://login.example.com/activate?user_code=WDJB-MJHT\""))
                .verificationUriComplete()).contains(URI.create("https://login.example.com/activate?user_code=WDJB-MJHT"));
        assertThat(read(with("verification_uri_complete", null)).verificationUriComplete()).isEmpty();
    }

    @Test
    @DisplayName("R12: a long complete URI is kept, since codes may be long")
    void longCompleteUri() {
        String uri = "https://login.example.com/activate?user_code=" + "A".repeat(1500);
        assertThat(read(with("verification_uri_complete", '"' + uri + '"')).verificationUriComplete())
                .contains(URI.create(uri));
    }

    @ParameterizedTest
    @ValueSource(strings = { "WDJB-MJHT", "wdjb mjht", " 0O1l ", "ñandú-日本", "94248-11" })
    @DisplayName("R23: the user code is left as it is")
    void userCodeUnmodified(String code) {
        assertThat(read(with("user_code", '"' + code + '"')).userCode()).isEqualTo(code);
    }

    @ParameterizedTest
    @ValueSource(strings = { "\\u001b]0;owned\\u0007WDJB", "WD\\u202eJB", "WDJB\\r\\n", "WD\\u200bJB", "\\ufeffWDJB",
            "WD\\u0000JB",
            "WD\\u009bJB", "WD\\u2028JB" })
    @DisplayName("R23: what could take over a terminal or turn the text around is removed from the user code")
    void userCodeHarmless(String code) {
        assertThat(read(with("user_code", '"' + code + '"')).userCode()).matches("(]0;owned)?WDJB");
    }

    @Test
    @DisplayName("a user code of nothing but control characters is missing")
    void invisibleUserCode() {
        refused(with("user_code", "\"\\u001b\\u200b\""), "lacks user_code,");
    }

    @Test
    @DisplayName("verification_url and verification_url_complete mean the same (Google, Entra)")
    void aliases() {
        DeviceCodes codes = read("{\"device_code\":\"d\",\"user_code\":\"u\",\"verification_url\":\"https://a.example/d\","
                + "\"verification_url_complete\":\"https://a.example/d?c=u\",\"expires_in\":1}");
        assertThat(codes.verificationUri()).hasToString("https://a.example/d");
        assertThat(codes.verificationUriComplete()).contains(URI.create("https://a.example/d?c=u"));
        assertThat(codes.parameters()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = { "javascript:alert(1)", "file:///etc/passwd", "http://login.example.com/activate", "/activate",
            "https:///activate", "https:activate", "https://user:pw@login.example.com",
            "https://login.example.com@evil.example",
            "data:text/html,x", "ssh://login.example.com", "https://exa mple.com", "https://login.example.com/\\u001b[2J",
            "https://login.example.com/\\u202egnp", "http://localhost:8080/activate", "https://l\\u00f6gin.example.com/",
            "x-app://login" })
    @DisplayName("a verification_uri that no person should open is refused")
    void unsafeUri(String uri) {
        refused(with("verification_uri", '"' + uri + '"'), "has a verification_uri that can't be shown to a person: '");
        assertThat(read(with("verification_uri_complete", '"' + uri + '"')).verificationUriComplete()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = { "http://localhost:8080/activate", "http://127.0.0.1/activate", "http://[::1]:9/activate" })
    @DisplayName("a verification_uri on this machine may be plain HTTP where the server is on it too")
    void loopback(String uri) {
        Answer answer = Answers.json(200, with("verification_uri", '"' + uri + '"'));
        assertThat(new DeviceCodesReader(Settings.of())
                .read(answer, URI.create("http://localhost:8080/device"), FlowBinding.none())
                .verificationUri()).hasToString(uri);
    }

    @Test
    @DisplayName("R11: the device code is nowhere but in its secret, and other members stay reachable")
    void parameters() {
        DeviceCodes codes = read("{\"device_code\":\"the-device-code\",\"user_code\":\"u\","
                + "\"verification_uri\":\"https://a.example\",\"expires_in\":1,\"interval\":1,\"message\":\"To sign in\","
                + "\"nested\":{\"a\":[1,true,null]}}");
        assertThat(codes.deviceCode()).isEqualTo(Secret.of("the-device-code"));
        assertThat(codes.parameters()).containsOnlyKeys("message", "nested").containsEntry("message", "To sign in");
        assertThat(codes.toString()).doesNotContain("the-device-code");
    }

    @Test
    @DisplayName("a message about it doesn't hold the device code, and repeats nothing that could harm a terminal")
    void messagesAreClean() {
        assertThatExceptionOfType(AuthorizationServerException.class)
                .isThrownBy(() -> read(with("verification_uri", "\"java\\u001b[31mscript:\\nx\"")))
                .satisfies(problem -> assertThat(problem.getMessage()).doesNotContain("the-device-code")
                        .contains("'java[31mscript: x' is no https URL"))
                .satisfies(problem -> assertThat(problem.status()).isEqualTo(OptionalInt.of(200)));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            auth0-device | application/json | {"device_code":"bP61","verification_uri":"https://login.yotoplay.com/activate","verification_uri_complete":"https://login.yotoplay.com/activate?user_code=ZDTT-NSTF","user_code":"ZDTT-NSTF","interval":5,"expires_in":300} | ZDTT-NSTF | https://login.yotoplay.com/activate | PT5S | PT5M
            google-device | application/json; charset=utf-8 | {"device_code":"4/4-GMMh","user_code":"GQVQ-JKEC","verification_url":"https://www.google.com/device","expires_in":1800,"interval":5} | GQVQ-JKEC | https://www.google.com/device | PT5S | PT30M
            github-device-form | application/x-www-form-urlencoded; charset=utf-8 | device_code=3584&expires_in=900&interval=5&user_code=WDJB-MJHT&verification_uri=https%3A%2F%2Fgithub.com%2Flogin%2Fdevice | WDJB-MJHT | https://github.com/login/device | PT5S | PT15M
            entra-v1-device | application/json | {"user_code":"C45FGVYJR","device_code":"CAQAB","verification_url":"https://microsoft.com/devicelogin","expires_in":"900","interval":"5","message":"To sign in"} | C45FGVYJR | https://microsoft.com/devicelogin | PT5S | PT15M
            keycloak-device | application/json | {"device_code":"d","user_code":"FTDJ-WZPX","verification_uri":"https://k.example/realms/R/device","verification_uri_complete":"https://k.example/realms/R/device?user_code=FTDJ-WZPX","expires_in":600,"interval":2} | FTDJ-WZPX | https://k.example/realms/R/device | PT2S | PT10M
            """)
    @DisplayName("what providers really send is understood")
    void providers(String name, String contentType, String body, String userCode, URI uri, Duration interval, Duration life) {
        DeviceCodes codes = new DeviceCodesReader(Settings.of()).read(Answers.answer(200, contentType, body), ENDPOINT,
                FlowBinding.none());
        assertThat(codes.deviceCode().value()).isNotBlank();
        assertThat(codes).extracting(DeviceCodes::userCode, DeviceCodes::verificationUri, DeviceCodes::interval,
                DeviceCodes::expiresIn).containsExactly(userCode, uri, interval, life);
    }

    @Test
    @DisplayName("what is the same for all flows is kept once, since thousands may wait")
    void shared() {
        DeviceCodesReader reader = new DeviceCodesReader(Settings.of());
        DeviceCodes first = reader.read(Answers.json(200, with("interval", "5")), ENDPOINT, FlowBinding.none());
        DeviceCodes second = reader.read(Answers.json(200, with("interval", "5")), ENDPOINT, FlowBinding.none());
        assertThat(second.verificationUri()).isSameAs(first.verificationUri());
        assertThat(second.parameters()).isSameAs(first.parameters()).isEmpty();
        DeviceCodes elsewhere = reader.read(Answers.json(200, with("verification_uri", "\"https://other.example/activate\"")),
                ENDPOINT, FlowBinding.none());
        assertThat(elsewhere.verificationUri()).hasToString("https://other.example/activate");
    }

    @Test
    @DisplayName("a verification URI on this machine is checked anew when the endpoint has moved to another one")
    void loopbackNotRemembered() {
        DeviceCodesReader reader = new DeviceCodesReader(Settings.of());
        Answer answer = Answers.json(200, with("verification_uri", "\"http://localhost:8080/activate\""));
        assertThat(reader.read(answer, URI.create("http://localhost:8080/device"), FlowBinding.none()).verificationUri())
                .hasToString("http://localhost:8080/activate");
        assertThatExceptionOfType(AuthorizationServerException.class)
                .isThrownBy(() -> reader.read(answer, ENDPOINT, FlowBinding.none()))
                .withMessageContaining("has a verification_uri that can't be shown to a person");
    }

    /** The complete answer, with one member that is different, or missing if its value is null. */
    private static String with(String member, String value) {
        Stream<Map.Entry<String, String>> others = COMPLETE.entrySet().stream()
                .filter(entry -> !entry.getKey().equals(member));
        return Stream.concat(others, Stream.ofNullable(value).map(present -> Map.entry(member, present)))
                .map(entry -> '"' + entry.getKey() + "\":" + entry.getValue()).collect(Collectors.joining(",", "{", "}"));
    }

    private static DeviceCodes read(String body) {
        return read(Settings.of(), body);
    }

    private static DeviceCodes read(ClientSettings settings, String body) {
        return new DeviceCodesReader(settings).read(Answers.json(200, body), ENDPOINT, FlowBinding.none());
    }

    private static void refused(String body, String message) {
        assertThatExceptionOfType(AuthorizationServerException.class).as(body).isThrownBy(() -> read(body))
                .withMessageContaining(message);
    }
}

package io.quarkiverse.deviceauthorization.runtime.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.deviceauthorization.AuthorizationRequest;
import io.quarkiverse.deviceauthorization.AuthorizationServerException;
import io.quarkiverse.deviceauthorization.provider.ProviderAnswer;
import io.quarkiverse.deviceauthorization.runtime.protocol.TokenAnswer;
import io.quarkiverse.deviceauthorization.store.FlowBinding;

@DisplayName("Of an answer that no good server sends")
class HostileAnswerTest {

    private static final String CODES = "{\"device_code\":\"the-device-code\",\"user_code\":\"WDJB-MJHT\","
            + "\"verification_uri\":\"https://login.example.com/activate\",\"expires_in\":900";

    @ParameterizedTest
    @ValueSource(strings = { "a\\nb", "a\\u0000", "a\\u001f", "a\\u007f", "t\\u00f6ken" })
    @DisplayName("an access token that would break the header that carries it is none (RFC 6749, appendix A.12)")
    void brokenToken(String token) {
        assertThat(read(Answers.json(200, "{\"access_token\":\"" + token + "\"}"))).isInstanceOf(TokenAnswer.Unavailable.class);
    }

    @Test
    @DisplayName("an access token of any characters that a header can carry is one")
    void unusualToken() {
        assertThat(read(Answers.json(200, "{\"access_token\":\" !~\"}"))).isInstanceOf(TokenAnswer.Granted.class);
    }

    @Test
    @DisplayName("the end of a JWT that was long ago, or never, is not known")
    void jwtWithoutEnd() {
        // {"exp":0}
        assertThat(read(Answers.json(200, "{\"access_token\":\"eyJhbGciOiJub25lIn0.eyJleHAiOjB9.x\"}")))
                .isInstanceOfSatisfying(TokenAnswer.Granted.class,
                        granted -> assertThat(granted.tokens().expiresAt()).isEmpty());
    }

    @Test
    @DisplayName("texts for people lose what could harm a terminal, at any depth, and keep their lines")
    void parameters() {
        assertThat(codes(
                CODES + ",\"message\":\"Open\\u001b[2J\\r\\n\\u202ethis\",\"more\":[{\"a\\u009b\":\"b\\u0007\"},7,null]}"))
                .containsEntry("message", "Open[2J\nthis")
                .containsEntry("more", Arrays.asList(Map.of("a", "b"), 7, null));
    }

    @Test
    @DisplayName("the names of members are forgotten with it, since there is no end of names")
    void namesAreForgotten() {
        String name = Answers.json(200, "{\"somebody\":1}").members().keySet().iterator().next();
        String again = Answers.json(200, "{\"somebody\":1}").members().keySet().iterator().next();
        assertThat(name).isEqualTo(again).isNotSameAs(again);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            =b&access_token=t           | sent no OAuth answer
            access_token=t&b            | sent no OAuth answer
            access_token=t%2            | sent no OAuth answer
            """)
    @DisplayName("a form that is broken anywhere is none")
    void brokenForm(String body, String message) {
        assertThat(read(Answers.answer(200, "application/x-www-form-urlencoded", body)))
                .isInstanceOfSatisfying(TokenAnswer.Unavailable.class,
                        unavailable -> assertThat(unavailable.failure()).hasMessageContaining(message));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(ints = { 199, 300, 400, 403, 500 })
    @DisplayName("codes don't count when its status says that it failed")
    void codesOfAFailure(int status) {
        assertThatExceptionOfType(AuthorizationServerException.class).isThrownBy(() -> start(status, CODES + "}"));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({ "299, sent no OAuth answer", "300, redirects to nowhere", "399, redirects to nowhere",
            "400, sent no OAuth answer", "499, sent no OAuth answer", "500, has a problem of its own" })
    @DisplayName("the status says what is wrong when nothing else does")
    void status(int status, String message) {
        assertThat(read(Answers.answer(status, null, null))).isInstanceOfSatisfying(TokenAnswer.Unavailable.class,
                unavailable -> assertThat(unavailable.failure()).hasMessageContaining(message));
    }

    @Test
    @DisplayName("an error code that nobody knows is the gateway's from status 500 on, and the server's below")
    void unknownCode() {
        assertThat(read(Answers.json(500, "{\"error\":\"made_up\"}"))).isInstanceOf(TokenAnswer.Unavailable.class);
        assertThat(read(Answers.json(499, "{\"error\":\"made_up\"}"))).isInstanceOf(TokenAnswer.Error.class);
    }

    @Test
    @DisplayName("an error of the gateway is no refusal to start, however it is written")
    void unknownCodeOfTheGateway() {
        assertThatExceptionOfType(AuthorizationServerException.class).isThrownBy(() -> start(500, "{\"error\":\"made_up\"}"))
                .withMessageContaining("has a problem of its own");
    }

    @Test
    @DisplayName("an error that is an object is read by its code and message, and one without a code is left alone")
    void errorObject() {
        assertThat(
                Answers.json(400, "{\"error\":{\"code\":\"slow_down\",\"message\":\"Later\"},\"a\":1}").flattened().members())
                .containsExactly(Map.entry("error", "slow_down"), Map.entry("a", 1), Map.entry("error_description", "Later"));
        assertThat(
                Answers.json(400, "{\"error\":{\"code\":\"slow_down\"},\"error_description\":\"Now\"}").flattened().members())
                .containsExactly(Map.entry("error", "slow_down"), Map.entry("error_description", "Now"));
        assertThat(Answers.json(400, "{\"error\":{\"code\":\"c\",\"message\":\"m\"},\"error_description\":\"d\"}").flattened()
                .text("error_description")).contains("d");
        for (String unknown : List.of("{\"error\":{\"code\":31}}", "{\"error\":\"slow_down\"}", "{}")) {
            Answer answer = Answers.json(400, unknown);
            assertThat(answer.flattened()).isSameAs(answer);
        }
    }

    @Test
    @DisplayName("what an adapter makes of it counts, its status too, and an answer that it leaves alone stays the same")
    void adapted() {
        Answer answer = Answers.answer(410, null, null);
        assertThat(answer.readable()).isFalse();
        assertThat(answer.as(new ProviderAnswer(410, Map.of()))).isSameAs(answer);
        assertThat(answer.as(new ProviderAnswer(400, Map.of()))).extracting(Answer::status, Answer::readable)
                .containsExactly(400, false);
        assertThat(answer.as(new ProviderAnswer(410, Map.of("error", "expired_token"))))
                .extracting(Answer::readable, adapted -> adapted.text("error"))
                .containsExactly(true, Optional.of("expired_token"));
    }

    @Test
    @DisplayName("what it quotes is hidden wherever it could be shown, and the rest of the text stays")
    void quotedSecret() {
        Answer answer = Answers.answer(302, "text/html; of=the-device-code+1", "{\"message\":\"No the-device-code%2B1 here\"}",
                Map.of("Location", "https://login.example.com/the-device-code+1/login")).hiding("the-device-code+1");
        assertThat(answer.contentType()).isEqualTo("text/html; of=[hidden]");
        assertThat(answer.location()).contains("https://login.example.com/[hidden]/login");
        assertThat(answer.text("message")).contains("No [hidden] here");
    }

    @Test
    @DisplayName("a number has at most 64 digits")
    void longNumber() {
        String digits = "9".repeat(64);
        assertThat(Answers.json(200, "{\"n\":\"" + digits + "\"}").number("n")).isPresent();
        assertThat(Answers.json(200, "{\"n\":\"" + digits + "9\"}").number("n")).isEmpty();
    }

    private static Map<String, Object> codes(String body) {
        return new DeviceCodesReader(Settings.of())
                .read(Answers.json(200, body), URI.create("https://login.example.com/device"),
                        FlowBinding.none())
                .parameters();
    }

    private static void start(int status, String body) {
        RecordingApi api = new RecordingApi().answering(status, "application/json", body);
        Servers.of(Settings.of(), api, Answers.CLOCK).requestCodes(AuthorizationRequest.defaults()).await().indefinitely();
    }

    private static TokenAnswer read(Answer answer) {
        return new TokenAnswerReader(new Unusable(Settings.of()), Answers.CLOCK).read(answer, List.of("openid"));
    }
}

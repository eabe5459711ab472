package io.quarkiverse.deviceauthorization.conformance;

import static io.quarkiverse.deviceauthorization.conformance.Scenario.client;
import static io.quarkiverse.deviceauthorization.conformance.Scenario.done;
import static io.quarkiverse.deviceauthorization.conformance.ServerAnswer.codes;
import static io.quarkiverse.deviceauthorization.conformance.ServerAnswer.json;
import static io.quarkiverse.deviceauthorization.conformance.ServerAnswer.tokens;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.deviceauthorization.PendingAuthorization;
import io.quarkiverse.deviceauthorization.runtime.prompt.ShownText;

@DisplayName("RFC 8628 §3.3, §5.4 and §6.1, what the person is shown")
class Rfc8628InteractionTest {

    private static final String COMPLETE = "https://login.example.com/activate?user_code=WDJB-MJHT";

    @Test
    @DisplayName("R10: the user code and the verification URI are shown")
    void showsCodeAndUri() {
        assertThat(shown(client().answering(codes()).start())).contains("\n    WDJB-MJHT\n",
                "\n    https://login.example.com/activate\n");
    }

    @Test
    @DisplayName("R11: the device code is in no prompt, toString, event, exception or message, and neither are tokens")
    void hidesTheDeviceCode() {
        Scenario approved = client().answering(codes(), ServerAnswer.pending(), quoting(503, "server_error"), tokens("1"));
        Scenario refused = client().answering(codes(), quoting(400, "invalid_grant"));
        List<Object> seen = new ArrayList<>();

        seen.add(shown(approved.start()));
        seen.add(approved.flow());
        seen.add(done(approved.store.findFlow("<default>", approved.flow().id())));
        seen.add(approved.await().advance(60).granted());
        seen.add(refused.signIn().advance(60).refusal());
        seen.addAll(approved.events());
        seen.addAll(refused.events());

        assertThat(approved.polls()).hasSize(3);
        assertThat(refused.refusal()).as("what the server says is told").hasMessageContaining("doesn't know [hidden]");
        assertThat(seen).allSatisfy(shown -> assertThat(shown.toString()).doesNotContain(ServerAnswer.DEVICE_CODE)
                .doesNotContain("access-1").doesNotContain("refresh-1"));
    }

    /** Servers do quote what they refuse. */
    private static ServerAnswer quoting(int status, String code) {
        return json(status, "{\"error\":\"" + code + "\",\"error_description\":\"The server doesn't know "
                + ServerAnswer.DEVICE_CODE + "\"}");
    }

    @Test
    @DisplayName("R12: with a complete URI, the user code and the plain URI are still shown")
    void showsTheCodeBesideTheCompleteUri() {
        PendingAuthorization flow = client().answering(codes("\"verification_uri_complete\":\"" + COMPLETE + "\"")).start();

        assertThat(flow.verificationUriComplete()).hasValueSatisfying(uri -> assertThat(uri).hasToString(COMPLETE));
        assertThat(shown(flow)).contains("\n    " + COMPLETE + "\n", "\n    WDJB-MJHT\n",
                "\n    https://login.example.com/activate\n");
    }

    @Test
    @DisplayName("R21: the person is asked to go on only if they started this")
    void warnsOfPhishing() {
        assertThat(shown(client().answering(codes()).start()))
                .contains("Only go on if you started this sign-in yourself, just now.");
    }

    @Test
    @DisplayName("R22: a public client needs no secret: a whole sign-in and its refresh carry client_id and no credentials")
    void publicClient() {
        Scenario scenario = client().answering(codes(), tokens("1"), tokens("2"));

        scenario.signIn().advance(5).granted();
        scenario.advance(3600);
        done(scenario.tokens());

        assertThat(scenario.sent()).hasSize(3).allSatisfy(request -> {
            assertThat(request.value("client_id")).isEqualTo("tv");
            assertThat(request.form()).doesNotContainKeys("client_secret", "client_assertion");
            assertThat(request.headers()).isEmpty();
        });
    }

    @ParameterizedTest
    @DisplayName("R23: the user code is shown as the server sent it")
    @ValueSource(strings = { "wdjb-mjht", "WDJBMJHT", "WD JB  MJ", "0O1l", "ĄŻ-日本" })
    void leavesTheCodeAlone(String code) {
        PendingAuthorization flow = client().answering(json(200, "{\"device_code\":\"d\",\"user_code\":\"" + code
                + "\",\"verification_uri\":\"https://login.example.com/activate\",\"expires_in\":900}")).start();

        assertThat(flow.userCode()).isEqualTo(code);
        assertThat(shown(flow)).contains("\n    " + code + "\n");
    }

    private static String shown(PendingAuthorization flow) {
        return ShownText.of(flow);
    }
}

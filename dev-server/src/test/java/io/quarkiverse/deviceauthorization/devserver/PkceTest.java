package io.quarkiverse.deviceauthorization.devserver;

import static io.quarkiverse.deviceauthorization.devserver.Answers.assertError;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.JsonNode;

class PkceTest {

    /** RFC 7636 appendix B. */
    private static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    private static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

    private final DeviceAuthorizationServer server = DeviceAuthorizationServer.start();
    private final Http http = new Http(server);

    @AfterEach
    void close() {
        server.close();
    }

    private HttpResponse<String> start(String challenge, String method) {
        return http.post("/oauth/device/code", "client_id", "cli", "code_challenge", challenge, "code_challenge_method",
                method);
    }

    private HttpResponse<String> poll(JsonNode flow, String verifier) {
        return http.post("/oauth/token", "grant_type", Http.DEVICE_CODE_GRANT, "client_id", "cli", "device_code",
                flow.get("device_code").asText(), "code_verifier", verifier);
    }

    @Test
    void grantsWhoeverKnowsTheVerifier() {
        JsonNode flow = Http.json(start(CHALLENGE, "S256"));
        assertError(poll(flow, VERIFIER), 400, "authorization_pending", "");
        server.script().approve("alice");
        assertThat(poll(flow, VERIFIER).statusCode()).isEqualTo(200);
    }

    @Test
    void refusesPollsWithoutTheVerifierAndLosesNothing() {
        JsonNode flow = Http.json(start(CHALLENGE, "S256"));
        assertError(http.poll(flow), 400, "invalid_grant", "The code_verifier is missing");
        server.script().approve("alice");
        assertError(http.poll(flow), 400, "invalid_grant", "The code_verifier is missing");
        assertError(poll(flow, VERIFIER.replace('d', 'e')), 400, "invalid_grant", "The code_verifier is wrong");
        assertError(poll(flow, "short"), 400, "invalid_grant", "The code_verifier is wrong");
        assertThat(poll(flow, VERIFIER).statusCode()).isEqualTo(200);
    }

    @Test
    void refusesAVerifierWithoutAChallenge() {
        assertError(poll(http.start("openid"), VERIFIER), 400, "invalid_grant", "there was no code_challenge");
    }

    @Test
    void knowsS256Only() {
        assertError(start(VERIFIER, "plain"), 400, "invalid_request", "The code_challenge_method must be S256");
        assertError(start(CHALLENGE, ""), 400, "invalid_request", "The code_challenge_method must be S256");
        assertError(start(CHALLENGE + "=", "S256"), 400, "invalid_request", "The code_challenge is malformed");
        assertError(start("", "S256"), 400, "invalid_request", "The parameter code_challenge is missing");
        assertThat(Http.json(http.get("/.well-known/openid-configuration")).get("code_challenge_methods_supported").toString())
                .isEqualTo("[\"S256\"]");
    }

    @Test
    void demandsAChallengeWhereAsked() {
        try (DeviceAuthorizationServer strict = DeviceAuthorizationServer.builder().requirePkce(true).start()) {
            Http strictHttp = new Http(strict);
            assertError(strictHttp.post("/oauth/device/code", "client_id", "cli"), 400, "invalid_request",
                    "The parameter code_challenge is missing");
            assertThat(strictHttp.post("/oauth/device/code", "client_id", "cli", "code_challenge", CHALLENGE,
                    "code_challenge_method", "S256").statusCode()).isEqualTo(200);
        }
    }
}

package io.quarkiverse.deviceauthorization.runtime.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import jakarta.ws.rs.core.Response;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.deviceauthorization.OAuthError;
import io.quarkiverse.deviceauthorization.runtime.protocol.TokenAnswer;
import io.quarkiverse.deviceauthorization.runtime.protocol.TokenAnswer.Meaning;

@DisplayName("The answer to a token request that brings no tokens")
class TokenAnswerReaderTest {

    @ParameterizedTest(name = "{0}, {1}: {3}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            auth0-pending      | 403 | {"error":"authorization_pending","error_description":"User has yet to authorize device code."} | PENDING
            auth0-pending-old  | 400 | {"error":"authorization_pending"} | PENDING
            auth0-slow-down    | 429 | {"error":"slow_down","error_description":"You are polling faster than the specified interval of 5 seconds."} | SLOW_DOWN
            auth0-denied       | 403 | {"error":"access_denied","error_description":"User cancelled the confirmation prompt"} | DENIED
            auth0-expired      | 403 | {"error":"expired_token"} | EXPIRED
            auth0-wrong-code   | 403 | {"error":"invalid_grant"} | REFUSED
            google-pending     | 428 | {"error":"authorization_pending","error_description":"Precondition Required"} | PENDING
            google-slow-down   | 403 | {"error":"slow_down","error_description":"Forbidden"} | SLOW_DOWN
            google-denied      | 403 | {"error":"access_denied","error_description":"Forbidden"} | DENIED
            google-quota       | 403 | {"error_code":"rate_limit_exceeded"} | REFUSED
            github-pending     | 200 | {"error":"authorization_pending","error_description":"d","error_uri":"https://docs.example"} | PENDING
            github-slow-down   | 200 | {"error":"slow_down","interval":10} | SLOW_DOWN
            github-expired     | 200 | {"error":"expired_token"} | EXPIRED
            github-expired-2   | 200 | {"error":"token_expired"} | EXPIRED
            github-denied      | 200 | {"error":"access_denied"} | DENIED
            entra-pending      | 400 | {"error":"authorization_pending","error_description":"AADSTS70016: x\\r\\nTrace ID: y","error_codes":[70016]} | PENDING
            entra-declined     | 400 | {"error":"authorization_declined"} | DENIED
            entra-bad-code     | 400 | {"error":"bad_verification_code"} | REFUSED
            entra-expired      | 400 | {"error":"expired_token"} | EXPIRED
            okta-pending       | 400 | {"error":"authorization_pending","error_description":"The device authorization is pending."} | PENDING
            keycloak-slow-down | 400 | {"error":"slow_down","error_description":"Slow down"} | SLOW_DOWN
            keycloak-denied    | 400 | {"error":"access_denied","error_description":"The end user denied the authorization request"} | DENIED
            keycloak-expired   | 400 | {"error":"expired_token","error_description":"Device code is expired"} | EXPIRED
            keycloak-gone      | 400 | {"error":"invalid_grant","error_description":"Device code not valid"} | REFUSED
            keycloak-off       | 400 | {"error":"unauthorized_client"} | REFUSED
            keycloak-secret    | 401 | {"error":"unauthorized_client","error_description":"Invalid client or Invalid client credentials"} | REFUSED
            dex-pending        | 401 | {"error":"authorization_pending"} | PENDING
            twitch-pending     | 400 | {"status":400,"message":"authorization_pending"} | PENDING
            twitch-pending-2   | 400 | {"error":"Bad Request","status":400,"message":"authorization_pending"} | PENDING
            twitch-slow-down   | 400 | {"status":400,"message":"slow_down"} | SLOW_DOWN
            twitch-wrong-code  | 400 | {"status":400,"message":"invalid device code"} | REFUSED
            pending-503        | 503 | {"error":"authorization_pending"} | PENDING
            unknown-code       | 400 | {"error":"consent_required"} | REFUSED
            refused-404        | 404 | {"error":"invalid_grant"} | REFUSED
            wrong-client       | 401 | {"error":"invalid_client"} | REFUSED
            no-grant           | 400 | {"error":"unsupported_grant_type"} | REFUSED
            """)
    @DisplayName("means what its error code says, whatever the status (R16, R17)")
    void meaning(String name, int status, String body, Meaning meaning) {
        assertThat(read(Answers.json(status, body))).isInstanceOfSatisfying(TokenAnswer.Error.class, error -> {
            assertThat(error.meaning()).isEqualTo(meaning);
            assertThat(error.error().status()).isEqualTo(status);
        });
    }

    @ParameterizedTest(name = "{0}, {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', nullValues = "none", textBlock = """
            server-error        | 503 | application/json | {"error":"server_error"} | has a problem of its own. It may go away (HTTP status 503)
            unavailable         | 503 | application/json | {"error":"temporarily_unavailable"} | has a problem of its own. It may go away (HTTP status 503)
            server-error-400    | 400 | application/json | {"error":"server_error"} | sent an answer without the members of OAuth. Check quarkus.device-authorization.token-path (HTTP status 400)
            gateway-json        | 502 | application/json | {"error":"upstream connect error"} | has a problem of its own
            gateway-mistake     | 500 | application/json | {"error":"invalid_grant"} | has a problem of its own
            gateway-quota       | 429 | application/json | {"error":"too_many_requests"} | wants to be asked less often (HTTP status 429)
            gateway-timeout     | 408 | application/json | {"error":"request_timeout"} | sent an answer without the members of OAuth
            framework-404       | 404 | application/json | {"timestamp":"t","status":404,"error":"Not Found","path":"/token"} | has no such endpoint. Check quarkus.device-authorization.token-path and quarkus.device-authorization.auth-server-url (HTTP status 404)
            keycloak-404        | 404 | application/json | {"error":"Unable to find matching target resource method"} | has no such endpoint
            gone                | 410 | application/json | {"error":"endpoint_moved"} | has no such endpoint
            framework-403       | 403 | application/json | {"status":403,"error":"Forbidden"} | sent an answer without the members of OAuth
            facebook            | 400 | application/json | {"error":{"message":"m","code":31}} | sent an answer without the members of OAuth
            trakt-pending       | 400 | none | none | sent no OAuth answer (no content type). Check quarkus.device-authorization.token-path (HTTP status 400)
            too-many            | 429 | none | none | wants to be asked less often (HTTP status 429)
            html-200            | 200 | text/html | <html>Welcome to the hotel</html> | sent no OAuth answer (text/html). Check quarkus.device-authorization.token-path (HTTP status 200)
            html-502            | 502 | text/html | <html>Bad gateway</html> | has a problem of its own
            empty-200           | 200 | application/json | none | sent no OAuth answer (application/json)
            empty-object        | 200 | application/json | {} | sent an answer without the members of OAuth
            blank-200           | 200 | application/json | `   ` | sent no OAuth answer (application/json)
            truncated           | 200 | application/json | {"access_token":"ab | sent no OAuth answer (application/json)
            array               | 200 | application/json | [{"access_token":"ab"}] | sent no OAuth answer (application/json)
            text                | 200 | application/json | "access_token" | sent no OAuth answer (application/json)
            number-token        | 200 | application/json | {"access_token":17} | sent an answer without the members of OAuth
            empty-token         | 200 | application/json | {"access_token":""} | sent an answer without the members of OAuth
            half-form           | 200 | application/x-www-form-urlencoded | access_token | sent no OAuth answer
            broken-form         | 200 | application/x-www-form-urlencoded | access_token=%zz | sent no OAuth answer
            not-found           | 404 | text/html | <html/> | has no such endpoint
            not-allowed         | 405 | none | none | has no such endpoint
            not-implemented     | 501 | text/html | <html>Unsupported method</html> | has no such endpoint
            unauthorized        | 401 | none | none | sent no OAuth answer
            """)
    @DisplayName("is no answer when it is not OAuth: the flow goes on (R19), and the message says what to look at")
    void notOAuth(String name, int status, String contentType, String body, String message) {
        assertThat(read(Answers.answer(status, contentType, body))).isInstanceOfSatisfying(TokenAnswer.Unavailable.class,
                unavailable -> {
                    assertThat(unavailable.failure()).hasMessageContaining("The authorization server of the default client "
                            + message).hasNoCause();
                    assertThat(unavailable.failure().status()).hasValue(status);
                });
    }

    @Test
    @DisplayName("is no answer when it redirects, and the message says where to, without the query")
    void redirect() {
        assertThat(read(Answers.answer(302, null, null, Map.of("Location", "https://sso.example/login?state=s3cret"))))
                .isInstanceOfSatisfying(TokenAnswer.Unavailable.class, unavailable -> assertThat(unavailable.failure())
                        .hasMessage("The authorization server of the default client redirects to https://sso.example/login,"
                                + " which is not followed, since credentials would follow too. Check"
                                + " quarkus.device-authorization.token-path (HTTP status 302)"));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', nullValues = "none", textBlock = """
            120                           | PT2M
            Sun, 01 Mar 2026 12:05:00 GMT | PT5M
            Sun, 01 Mar 2026 11:00:00 GMT | none
            -5                            | none
            soon                          | none
            99999999999                   | none
            """)
    @DisplayName("says how long to wait, in seconds or as a date (RFC 9110 §10.2.3)")
    void retryAfter(String header, Duration wait) {
        assertThat(read(Answers.answer(429, null, null, Map.of("Retry-After", header))))
                .isInstanceOfSatisfying(TokenAnswer.Unavailable.class,
                        unavailable -> assertThat(unavailable.retryAfter()).isEqualTo(Optional.ofNullable(wait)));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(nullValues = "none", value = { "10, PT10S", "\"10\", PT10S", "0, none", "-1, none", "null, none",
            "1e30, PT24H" })
    @DisplayName("R16: may name the next interval (GitHub)")
    void interval(String interval, Duration expected) {
        assertThat(read(Answers.json(200, "{\"error\":\"slow_down\",\"interval\":" + interval + "}")))
                .isInstanceOfSatisfying(TokenAnswer.Error.class,
                        error -> assertThat(error.interval()).isEqualTo(Optional.ofNullable(expected)));
    }

    @Test
    @DisplayName("keeps code, description and URI, in one line each and harmless")
    void errorIsClean() {
        TokenAnswer answer = read(Answers.json(400, "{\"error\":\"invalid_grant\",\"error_description\":"
                + "\"AADSTS70016: x\\r\\nTrace ID: \\u001b[31my\\u202e\",\"error_uri\":\"https://docs.example/\\u0007e\"}"));
        assertThat(((TokenAnswer.Error) answer).error()).isEqualTo(new OAuthError("invalid_grant",
                Optional.of("AADSTS70016: x Trace ID: [31my"), Optional.of("https://docs.example/e"), 400));
    }

    @Test
    @DisplayName("keeps the code when its description is not UTF-8")
    void latin1() {
        TokenAnswer answer = read(new AnswerReader(Answers.CLOCK).read(Response.status(400)
                .entity("{\"error\":\"access_denied\",\"error_description\":\"zurückgewiesen\"}"
                        .getBytes(StandardCharsets.ISO_8859_1))
                .build()));
        assertThat(((TokenAnswer.Error) answer).meaning()).isEqualTo(Meaning.DENIED);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = { "{\"a\":", "[" })
    @DisplayName("is no answer when it is nested deeper than any real one")
    void deepNesting(String opening) {
        String body = "{\"access_token\":\"t\",\"x\":" + opening.repeat(100_000);
        assertThat(read(Answers.json(200, body))).isInstanceOf(TokenAnswer.Unavailable.class);
    }

    @Test
    @DisplayName("is no answer when it holds an endless number")
    void hugeNumber() {
        assertThat(read(Answers.json(200, "{\"access_token\":\"t\",\"expires_in\":" + "9".repeat(100_000) + "}")))
                .isInstanceOf(TokenAnswer.Unavailable.class);
    }

    private static TokenAnswer read(Answer answer) {
        return new TokenAnswerReader(new Unusable(Settings.of()), Answers.CLOCK).read(answer, List.of("openid"));
    }
}

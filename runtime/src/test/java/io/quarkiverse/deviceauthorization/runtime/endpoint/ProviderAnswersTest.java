package io.quarkiverse.deviceauthorization.runtime.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.quarkiverse.deviceauthorization.Tokens;
import io.quarkiverse.deviceauthorization.runtime.config.ConfigValues;
import io.quarkiverse.deviceauthorization.runtime.protocol.DeviceCodes;
import io.quarkiverse.deviceauthorization.runtime.protocol.TokenAnswer;
import io.quarkiverse.deviceauthorization.runtime.protocol.TokenAnswer.Meaning;
import io.quarkiverse.deviceauthorization.runtime.provider.Provider;

@DisplayName("With its preset, what a provider answers")
class ProviderAnswersTest {

    @ParameterizedTest(name = "{0}: {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', nullValues = "none", textBlock = """
            yoto       | {"device_code":"bP61","verification_uri":"https://login.yotoplay.com/activate","verification_uri_complete":"https://login.yotoplay.com/activate?user_code=ZDTT-NSTF","user_code":"ZDTT-NSTF","interval":5,"expires_in":300} | https://login.yotoplay.com/activate | https://login.yotoplay.com/activate?user_code=ZDTT-NSTF | PT5M
            google     | {"device_code":"4/4-GMMh","user_code":"GQVQ-JKEC","verification_url":"https://www.google.com/device","expires_in":1800,"interval":5} | https://www.google.com/device | none | PT30M
            github     | {"device_code":"3584","user_code":"WDJB-MJHT","verification_uri":"https://github.com/login/device","expires_in":900,"interval":5} | https://github.com/login/device | none | PT15M
            microsoft  | {"user_code":"C45FGVYJR","device_code":"CAQAB","verification_url":"https://microsoft.com/devicelogin","expires_in":"900","interval":"5","message":"To sign in, …"} | https://microsoft.com/devicelogin | none | PT15M
            twitch     | {"device_code":"ike3","expires_in":1800,"interval":5,"user_code":"ABCDEFGH","verification_uri":"https://www.twitch.tv/activate?public=true&device-code=ABCDEFGH"} | https://www.twitch.tv/activate?public=true&device-code=ABCDEFGH | https://www.twitch.tv/activate?public=true&device-code=ABCDEFGH | PT30M
            twitch     | {"device_code":"ike3","expires_in":1800,"interval":5,"user_code":"ABCDEFGH","verification_uri":"https://www.twitch.tv/activate"} | https://www.twitch.tv/activate | none | PT30M
            trakt      | {"device_code":"d9c1","user_code":"5055CC52","verification_url":"https://trakt.tv/activate","expires_in":600,"interval":5} | https://trakt.tv/activate | https://trakt.tv/activate/5055CC52 | PT10M
            trakt      | {"device_code":"d9c1","user_code":"50?x=55","verification_url":"https://trakt.tv/activate","expires_in":600,"interval":5} | https://trakt.tv/activate | none | PT10M
            salesforce | {"device_code":"M3hv","user_code":"WZPX2K7Q","verification_uri":"https://acme.my.salesforce.com/setup/connect","interval":5} | https://acme.my.salesforce.com/setup/connect | https://acme.my.salesforce.com/setup/connect?user_code=WZPX2K7Q | PT10M
            salesforce | {"device_code":"M3hv","user_code":"WZPX2K7Q","verification_uri":"https://acme.my.salesforce.com/setup/connect?x=y","interval":5,"expires_in":60} | https://acme.my.salesforce.com/setup/connect?x=y | none | PT1M
            """)
    @DisplayName("to a device authorization request is read:")
    void codes(String provider, String body, URI verificationUri, URI complete, Duration life) {
        DeviceCodes codes = new ProviderClient(provider).answering(200, body).start();
        assertThat(codes.verificationUri()).isEqualTo(verificationUri);
        assertThat(codes.verificationUriComplete()).isEqualTo(Optional.ofNullable(complete));
        assertThat(codes.expiresIn()).isEqualTo(life);
        assertThat(codes.interval()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    @DisplayName("to a device authorization request may be a form (GitHub)")
    void codesAsAForm() {
        ProviderClient client = new ProviderClient("github");
        client.api.answering(200, "application/x-www-form-urlencoded", "device_code=3584&expires_in=900&interval=5"
                + "&user_code=WDJB-MJHT&verification_uri=https%3A%2F%2Fgithub.com%2Flogin%2Fdevice");
        assertThat(client.start().verificationUri()).hasToString("https://github.com/login/device");
    }

    @ParameterizedTest(name = "{0}, {1}: {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            yoto       | 403 | {"error":"authorization_pending","error_description":"User has yet to authorize device code."} | PENDING | authorization_pending
            yoto       | 429 | {"error":"slow_down","error_description":"You are polling faster than the specified interval of 5 seconds."} | SLOW_DOWN | slow_down
            yoto       | 403 | {"error":"access_denied","error_description":"User cancelled the confirmation prompt"} | DENIED | access_denied
            auth0      | 403 | {"error":"authorization_pending","error_description":"User has yet to authorize device code."} | PENDING | authorization_pending
            auth0      | 403 | {"error":"expired_token"} | EXPIRED | expired_token
            google     | 428 | {"error":"authorization_pending","error_description":"Precondition Required"} | PENDING | authorization_pending
            google     | 403 | {"error":"slow_down","error_description":"Forbidden"} | SLOW_DOWN | slow_down
            google     | 403 | {"error":"access_denied","error_description":"Forbidden"} | DENIED | access_denied
            google     | 403 | {"error":"org_internal"} | REFUSED | org_internal
            github     | 200 | {"error":"authorization_pending","error_description":"d","error_uri":"u"} | PENDING | authorization_pending
            github     | 200 | {"error":"slow_down","error_description":"d","interval":10} | SLOW_DOWN | slow_down
            github     | 200 | {"error":"expired_token"} | EXPIRED | expired_token
            github     | 200 | {"error":"token_expired"} | EXPIRED | expired_token
            github     | 200 | {"error":"access_denied"} | DENIED | access_denied
            github     | 200 | {"error":"incorrect_device_code"} | REFUSED | invalid_grant
            github     | 200 | {"error":"incorrect_client_credentials"} | REFUSED | invalid_client
            github     | 200 | {"error":"device_flow_disabled"} | REFUSED | unauthorized_client
            microsoft  | 400 | {"error":"authorization_pending","error_description":"AADSTS70016: p","error_codes":[70016]} | PENDING | authorization_pending
            microsoft  | 400 | {"error":"authorization_declined"} | DENIED | access_denied
            microsoft  | 400 | {"error":"bad_verification_code"} | REFUSED | invalid_grant
            microsoft  | 400 | {"error":"code_expired"} | EXPIRED | expired_token
            microsoft  | 400 | {"error":"expired_token"} | EXPIRED | expired_token
            okta       | 400 | {"error":"authorization_pending","error_description":"The device authorization is pending. Please try again later."} | PENDING | authorization_pending
            keycloak   | 400 | {"error":"authorization_pending","error_description":"The authorization request is still pending"} | PENDING | authorization_pending
            keycloak   | 400 | {"error":"slow_down","error_description":"Slow down"} | SLOW_DOWN | slow_down
            keycloak   | 400 | {"error":"expired_token","error_description":"Device code is expired"} | EXPIRED | expired_token
            twitch     | 400 | {"status":400,"message":"authorization_pending"} | PENDING | authorization_pending
            twitch     | 400 | {"error":"Bad Request","status":400,"message":"authorization_pending"} | PENDING | authorization_pending
            twitch     | 400 | {"status":400,"message":"slow_down"} | SLOW_DOWN | slow_down
            twitch     | 400 | {"error":"Bad Request","status":400,"message":"invalid device code"} | REFUSED | invalid_grant
            twitch     | 400 | {"status":400,"message":"missing device_code"} | REFUSED | invalid_request
            gitlab     | 400 | {"error":"authorization_pending"} | PENDING | authorization_pending
            discord    | 400 | {"error":"authorization_pending"} | PENDING | authorization_pending
            huggingface| 400 | {"error":"authorization_pending"} | PENDING | authorization_pending
            trakt      | 400 | `` | PENDING | authorization_pending
            trakt      | 400 | {"error":"invalid_grant"} | REFUSED | invalid_grant
            trakt      | 401 | `` | REFUSED | invalid_client
            trakt      | 404 | `` | REFUSED | invalid_grant
            trakt      | 409 | `` | REFUSED | invalid_grant
            trakt      | 410 | `` | EXPIRED | expired_token
            trakt      | 418 | `` | DENIED | access_denied
            trakt      | 429 | `` | SLOW_DOWN | slow_down
            salesforce | 400 | {"error":"authorization_pending"} | PENDING | authorization_pending
            salesforce | 400 | {"error":"slow_down"} | SLOW_DOWN | slow_down
            salesforce | 400 | {"error":"access_denied"} | DENIED | access_denied
            salesforce | 400 | {"error":"invalid_client_id"} | REFUSED | invalid_client
            """)
    @DisplayName("to a poll means what the standards say:")
    void polls(String provider, int status, String body, Meaning meaning, String code) {
        assertThat(new ProviderClient(provider).answering(status, body).poll()).isInstanceOfSatisfying(TokenAnswer.Error.class,
                error -> {
                    assertThat(error.meaning()).isEqualTo(meaning);
                    assertThat(error.error().code()).isEqualTo(code);
                    assertThat(error.error().status()).isEqualTo(status);
                });
    }

    @Test
    @DisplayName("to a poll that comes too early is known of every provider")
    void everyProvider() throws NoSuchMethodException {
        String rows = getClass().getDeclaredMethod("polls", String.class, int.class, String.class, Meaning.class, String.class)
                .getAnnotation(CsvSource.class).textBlock();
        assertThat(rows.lines().filter(row -> row.contains("| PENDING |")).map(row -> row.split("\\|")[0].strip()))
                .as("providers that have a row of a pending answer in the test of polls")
                .containsAll(Stream.of(Provider.values()).map(ConfigValues::spelling).toList());
    }

    @ParameterizedTest(name = "{0}, {1}: {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            trakt      | 403 | ``
            trakt      | 400 | {"error":"Bad Request"}
            trakt      | 412 | ``
            trakt      | 502 | ``
            twitch     | 500 | {"error":"Internal Server Error","status":500,"message":"missing everything"}
            twitch     | 400 | {"status":400,"message":"who knows"}
            salesforce | 503 | {"error":"server_error"}
            """)
    @DisplayName("to a poll ends nothing, since it may be a hiccup:")
    void transientAnswers(String provider, int status, String body) {
        assertThat(new ProviderClient(provider).answering(status, body).poll()).isInstanceOf(TokenAnswer.Unavailable.class);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', nullValues = "none", textBlock = """
            github     | {"access_token":"gho_1","token_type":"bearer","scope":"repo,gist"} | repo gist | none | none
            twitch     | {"access_token":"a","expires_in":14124,"refresh_token":"r","scope":["channel:read:stream_key"],"token_type":"bearer"} | channel:read:stream_key | PT14124S | r
            trakt      | {"access_token":"a","token_type":"bearer","expires_in":86400,"refresh_token":"r","scope":"public","created_at":1487889741} | public | PT24H | r
            salesforce | {"access_token":"a","refresh_token":"r","signature":"s","scope":"api","instance_url":"https://acme.my.salesforce.com","token_type":"Bearer","issued_at":"1"} | api | PT15M | r
            salesforce | {"access_token":"a","scope":"api","token_type":"Bearer"} | api | none | none
            salesforce | {"access_token":"a","refresh_token":"r","scope":"api","expires_in":60} | api | PT1M | r
            """)
    @DisplayName("with tokens says what they may, when they end, and how they are refreshed:")
    void tokens(String provider, String body, String scopes, Duration life, String refreshToken) {
        Tokens tokens = ((TokenAnswer.Granted) new ProviderClient(provider).answering(200, body).poll()).tokens();
        assertThat(tokens.scopes()).containsExactlyInAnyOrder(scopes.split(" "));
        assertThat(tokens.expiresAt()).isEqualTo(Optional.ofNullable(life).map(Answers.NOW::plus));
        assertThat(tokens.refreshToken().map(token -> token.value())).isEqualTo(Optional.ofNullable(refreshToken));
    }

    @Test
    @DisplayName("says where Salesforce's API is, after a refresh too, which brings no new refresh token and no end")
    void salesforceRefresh() {
        Tokens tokens = ((TokenAnswer.Granted) new ProviderClient("salesforce").answering(200,
                "{\"access_token\":\"a\",\"instance_url\":\"https://acme.my.salesforce.com\",\"scope\":\"api\"}").refresh())
                .tokens();
        assertThat(tokens.expiresAt()).contains(Answers.NOW.plus(Duration.ofMinutes(15)));
        assertThat(tokens.refreshToken()).isEqualTo(ProviderClient.TOKENS.refreshToken());
        assertThat(tokens.parameters()).containsEntry("instance_url", "https://acme.my.salesforce.com");
    }

    @ParameterizedTest(name = "{0}, {1}: {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            github | 200 | {"error":"bad_refresh_token","error_description":"The refresh token passed is incorrect or expired."} | invalid_grant
            twitch | 400 | {"error":"Bad Request","status":400,"message":"Invalid refresh token"} | invalid_grant
            twitch | 400 | {"status":400,"message":"missing client secret"} | invalid_client
            twitch | 403 | {"status":403,"message":"invalid client secret"} | invalid_client
            trakt  | 401 | {"error":"invalid_grant"} | invalid_grant
            """)
    @DisplayName("to a refresh ends the tokens only if it is about the refresh token:")
    void refreshes(String provider, int status, String body, String code) {
        assertThat(new ProviderClient(provider).answering(status, body).refresh()).isInstanceOfSatisfying(
                TokenAnswer.Error.class, error -> assertThat(error.error().code()).isEqualTo(code));
    }

    @Test
    @DisplayName("to a refresh with a status alone ends nothing (Trakt)")
    void traktRefresh() {
        assertThat(new ProviderClient("trakt").answering(401, "").refresh()).isInstanceOf(TokenAnswer.Unavailable.class);
        assertThat(new ProviderClient("trakt").answering(404, "").refresh()).isInstanceOf(TokenAnswer.Unavailable.class);
    }
}

package io.quarkiverse.deviceauthorization.runtime.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.quarkiverse.deviceauthorization.AccessDeniedException;
import io.quarkiverse.deviceauthorization.AuthorizationServerException;
import io.quarkiverse.deviceauthorization.DeviceAuthorizationException;
import io.quarkiverse.deviceauthorization.DeviceCodeExpiredException;
import io.quarkiverse.deviceauthorization.InvalidIdTokenException;
import io.quarkiverse.deviceauthorization.OAuthError;
import io.quarkiverse.deviceauthorization.runtime.protocol.TokenAnswer.Meaning;

@DisplayName("A refusal of the server becomes an exception")
class RefusalTest {

    private static final String KEY = "quarkus.device-authorization.\"tv\".";

    private final Refusal refusal = new Refusal("tv");

    private static OAuthError error(String code, int status) {
        return new OAuthError(code, Optional.of("Because"), Optional.empty(), status);
    }

    @ParameterizedTest(name = "{0}, HTTP status {1}")
    @CsvSource(delimiter = '|', textBlock = """
            invalid_client                | 401 | InvalidClientException        | Check KEYclient-id and KEYcredentials.secret, and that KEYcredentials.method is the one that the provider expects
            unauthorized_client           | 400 | UnauthorizedClientException   | Switch the device authorization grant on for this client at the provider
            unauthorized_client           | 401 | UnauthorizedClientException   | Check KEYclient-id and KEYcredentials.secret, and that KEYcredentials.method is the one that the provider expects. If they are right, switch the device authorization grant on for this client at the provider
            invalid_request               | 400 | InvalidRequestException       | A parameter is missing or wrong: check KEYscopes, KEYaudience and KEYextra-params
            invalid_scope                 | 400 | InvalidScopeException         | Check KEYscopes against those that the provider allows for this client
            invalid_grant                 | 400 | InvalidGrantException         | The code is unknown, used up or issued to another client: start again when the person asks for it
            unsupported_grant_type        | 400 | DeviceAuthorizationException  | The provider doesn't offer the device authorization grant at this endpoint: check KEYtoken-path, and switch the grant on
            invalid_authorization_details | 400 | DeviceAuthorizationException  | Check KEYauthorization-details against those that the provider allows for this client (RFC 9396)
            invalid_target                | 400 | DeviceAuthorizationException  | Check KEYresources and KEYaudience against what the provider knows (RFC 8707)
            invalid_dpop_proof            | 400 | DeviceAuthorizationException  | Check the clock of this machine: a proof is good for moments only (RFC 9449)
            use_dpop_nonce                | 400 | DeviceAuthorizationException  | Check the clock of this machine: a proof is good for moments only (RFC 9449)
            made_up                       | 400 | DeviceAuthorizationException  | See the provider's documentation of this error code
            """)
    @DisplayName("of its kind, whose message says what to check")
    void advice(String code, int status, String type, String advice) {
        DeviceAuthorizationException problem = refusal.ofPoll(Meaning.REFUSED, error(code, status));

        assertThat(problem.getClass().getSimpleName()).isEqualTo(type);
        assertThat(problem).hasMessage("The authorization server ended the device authorization of client 'tv': " + code
                + " (Because), HTTP status " + status + ". " + advice.replace("KEY", KEY));
        assertThat(problem.error()).contains(code);
        assertThat(refusal.ofStart(error(code, status))).hasSameClassAs(problem).hasMessageStartingWith(
                "The authorization server refused to start a device authorization for client 'tv': " + code);
        assertThat(refusal.ofRefresh(error(code, status))).hasSameClassAs(problem)
                .hasMessageContaining("The tokens are kept");
    }

    @Test
    @DisplayName("that tells a client that may not from a person who said no")
    void denied() {
        assertThat(refusal.ofStart(error("access_denied", 403))).isInstanceOf(AccessDeniedException.class)
                .hasMessageEndingWith("Check at the provider whether this client, or this scope and audience, is allowed");
        assertThat(refusal.ofPoll(Meaning.DENIED, error("access_denied", 403))).isInstanceOf(AccessDeniedException.class)
                .hasMessageStartingWith("The person refused to sign in for client 'tv'")
                .hasMessageEndingWith("Start again only if they ask for it");
    }

    @Test
    @DisplayName("with the provider's own advice, where there is some")
    void cures() {
        Refusal known = new Refusal("tv", (kind, error) -> Optional.of("Do it for " + kind));

        assertThat(known.ofStart(error("invalid_scope", 400))).hasMessageEndingWith(". Do it for DEVICE_AUTHORIZATION");
        assertThat(known.ofStart(error("access_denied", 403))).hasMessageEndingWith(". Do it for DEVICE_AUTHORIZATION");
        assertThat(known.ofPoll(Meaning.REFUSED, error("invalid_grant", 400))).hasMessageEndingWith(". Do it for DEVICE_TOKEN");
        assertThat(known.ofPoll(Meaning.DENIED, error("access_denied", 403))).hasMessageEndingWith(". Do it for DEVICE_TOKEN");
        assertThat(known.ofRefresh(error("invalid_client", 401))).hasMessageContaining(". Do it for REFRESH");
    }

    @Test
    @DisplayName("that says the same when the end of a flow is read from the store later")
    void stored() {
        OAuthError wrong = Refusal.stored(new InvalidIdTokenException("It is somebody else's"));
        OAuthError unknown = Refusal.stored(new AuthorizationServerException("No keys", 503, null));

        assertThat(refusal.ofPoll(Meaning.REFUSED, wrong)).isInstanceOf(InvalidIdTokenException.class)
                .hasMessage("It is somebody else's");
        assertThat(refusal.ofPoll(Meaning.REFUSED, unknown)).isInstanceOf(AuthorizationServerException.class)
                .hasMessage("No keys").extracting(DeviceAuthorizationException::status).isEqualTo(OptionalInt.empty());
        assertThat(refusal.ofPoll(Meaning.EXPIRED, error("expired_token", 400)))
                .isInstanceOf(DeviceCodeExpiredException.class)
                .hasMessage(
                        "Nobody approved the sign-in for client 'tv' before its code expired. Start a new one when the person"
                                + " asks for it");
    }

    @Test
    @DisplayName("as it is, where it is one already; anything else only keeps the flow from going on for now")
    void unexpected() {
        AuthorizationServerException known = new AuthorizationServerException("busy", 503, null);
        IllegalStateException unknown = new IllegalStateException("The disk is full");

        assertThat(refusal.unexpected(known)).isSameAs(known);
        assertThat(refusal.unexpected(unknown)).hasCause(unknown)
                .hasMessage("The device authorization of client 'tv' could not go on for now: The disk is full");
        assertThat(refusal.noAnswer(Duration.ofSeconds(30))).hasMessage("The authorization server of client 'tv' gave no answer"
                + " within 30 s, and the sign-in needs time to ask again. Set " + KEY + "read-timeout to less");
    }
}

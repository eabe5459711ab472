package io.quarkiverse.deviceauthorization.it.keycloak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.time.Instant;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;

import io.quarkiverse.deviceauthorization.AccessDeniedException;
import io.quarkiverse.deviceauthorization.AuthorizationRequiredException;
import io.quarkiverse.deviceauthorization.DeviceAuthorization;
import io.quarkiverse.deviceauthorization.DeviceAuthorizationName;
import io.quarkiverse.deviceauthorization.DeviceCodeExpiredException;
import io.quarkiverse.deviceauthorization.InvalidClientException;
import io.quarkiverse.deviceauthorization.InvalidIdTokenException;
import io.quarkiverse.deviceauthorization.PendingAuthorization;
import io.quarkiverse.deviceauthorization.UnauthorizedClientException;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;

/** People who don't approve, and clients that Keycloak refuses. */
@QuarkusTest
@WithTestResource(KeycloakResource.class)
class RefusedSignInTest {

    @Inject
    DeviceAuthorization television;

    @Inject
    @DeviceAuthorizationName("short-codes")
    DeviceAuthorization shortCodes;

    @Inject
    @DeviceAuthorizationName("grant-off")
    DeviceAuthorization grantOff;

    @Inject
    @DeviceAuthorizationName("wrong-secret")
    DeviceAuthorization wrongSecret;

    @Inject
    @DeviceAuthorizationName("wrong-method")
    DeviceAuthorization wrongMethod;

    @Inject
    @DeviceAuthorizationName("other-issuer")
    DeviceAuthorization otherIssuer;

    @Inject
    @DeviceAuthorizationName("unknown-client")
    DeviceAuthorization unknownClient;

    @Test
    void saysThatThePersonDenied() {
        DeviceAuthorization client = television.forOwner("denied");
        PendingAuthorization pending = client.start();

        new KeycloakPerson("alice").deny(pending.verificationUriComplete().orElseThrow());

        AccessDeniedException denied = catchThrowableOfType(AccessDeniedException.class, () -> client.await(pending));
        assertThat(denied).hasMessageContaining("The person refused")
                .hasMessageContaining("Start again only if they ask for it");
        assertThat(denied.error()).contains("access_denied");
        assertThat(denied.errorDescription()).contains("The end user denied the authorization request");
        assertThat(denied.status()).hasValue(400);
        assertThatThrownBy(client::tokens).isInstanceOf(AuthorizationRequiredException.class);
    }

    @Test
    void saysThatNobodyDecidedInTime() {
        PendingAuthorization pending = shortCodes.start();
        assertThat(pending.interval()).isEqualTo(Duration.ofSeconds(2));
        assertThat(pending.expiresAt()).isBefore(Instant.now().plusSeconds(5));

        assertThatThrownBy(() -> shortCodes.await(pending))
                .isInstanceOf(DeviceCodeExpiredException.class)
                .hasMessageContaining("Nobody approved the sign-in for client 'short-codes' before its code expired")
                .hasMessageContaining("Start a new one when the person asks for it");

        assertThat(Instant.now()).isAfterOrEqualTo(pending.expiresAt());
    }

    @Test
    void usesNoTokensThatCameWithAnIdTokenOfAnotherIssuer() {
        InvalidIdTokenException refused = catchThrowableOfType(InvalidIdTokenException.class,
                () -> new KeycloakPerson("alice").signIn(otherIssuer));

        assertThat(refused).hasMessageContaining("is of another issuer than 'https://elsewhere.example.com'")
                .hasMessageContaining("quarkus.device-authorization.\"other-issuer\".id-token.issuer");
        assertThatThrownBy(otherIssuer::tokens).isInstanceOf(AuthorizationRequiredException.class);
    }

    @Test
    void saysWhichKeyHoldsTheWrongSecret() {
        // Keycloak answers 401 unauthorized_client, where RFC 6749 §5.2 has invalid_client
        UnauthorizedClientException refused = catchThrowableOfType(UnauthorizedClientException.class, wrongSecret::start);

        assertThat(refused)
                .hasMessageContaining("quarkus.device-authorization.\"wrong-secret\".credentials.secret")
                .hasMessageNotContaining("not-the-secret");
        assertThat(refused.error()).contains("unauthorized_client");
        assertThat(refused.status()).hasValue(401);
    }

    @Test
    void saysWhichKeysToCheckWhenTheSecretIsSentInTheWrongWay() {
        UnauthorizedClientException refused = catchThrowableOfType(UnauthorizedClientException.class, wrongMethod::start);

        assertThat(refused)
                .hasMessageContaining("quarkus.device-authorization.\"wrong-method\".credentials.")
                .hasMessageNotContaining("backend-secret");
        assertThat(refused.status()).hasValue(401);
    }

    @Test
    void saysWhichKeyHoldsTheUnknownClient() {
        InvalidClientException refused = catchThrowableOfType(InvalidClientException.class, unknownClient::start);

        assertThat(refused).hasMessageContaining("quarkus.device-authorization.\"unknown-client\".client-id");
        assertThat(refused.error()).contains("invalid_client");
        assertThat(refused.status()).hasValue(401);
    }

    @Test
    void saysThatTheGrantIsToBeSwitchedOn() {
        UnauthorizedClientException refused = catchThrowableOfType(UnauthorizedClientException.class, grantOff::start);

        assertThat(refused)
                .hasMessageContaining("'grant-off'")
                .hasMessageContaining("Switch the device authorization grant on for this client at the provider");
        assertThat(refused.error()).contains("unauthorized_client");
        assertThat(refused.status()).hasValue(400);
    }
}

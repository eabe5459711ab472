package io.quarkiverse.deviceauthorization.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;

import jakarta.inject.Inject;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.deviceauthorization.DeviceAuthorization;
import io.quarkiverse.deviceauthorization.PendingAuthorization;
import io.quarkiverse.deviceauthorization.ReactiveDeviceAuthorization;
import io.quarkiverse.deviceauthorization.Tokens;
import io.quarkus.test.QuarkusUnitTest;
import io.restassured.RestAssured;

@DisplayName("With the Dev Service and nothing configured")
class SignInTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withEmptyApplication()
            .overrideConfigKey("quarkus.device-authorization.scopes", "openid,offline_access");

    @Inject
    DeviceAuthorization deviceAuthorization;

    @Inject
    ReactiveDeviceAuthorization reactive;

    @ConfigProperty(name = "quarkus.device-authorization.auth-server-url")
    String server;

    @Test
    void aPersonSignsIn() {
        PendingAuthorization pending = deviceAuthorization.start();
        assertThat(pending.userCode()).isNotBlank();
        assertThat(pending.verificationUri()).hasToString(server + "/activate");
        assertThat(pending.expiresAt()).isAfter(Instant.now());

        approve();

        Tokens tokens = deviceAuthorization.await(pending);
        assertThat(tokens.refreshToken()).isPresent();
        assertThat(deviceAuthorization.tokens()).isSameAs(tokens);
        assertThat(reactive.tokens().await().atMost(Duration.ofSeconds(5))).isSameAs(tokens);
        RestAssured.given().header("Authorization", tokens.authorizationHeader()).get(server + "/api/hello")
                .then().statusCode(200);
    }

    private void approve() {
        RestAssured.given().formParam("action", "approve").formParam("user", "alice").post(server + "/dev/script")
                .then().statusCode(200);
    }
}

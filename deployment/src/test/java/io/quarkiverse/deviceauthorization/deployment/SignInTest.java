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

@DisplayName("With the Dev Service and nothing configured")
class SignInTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClass(Http.class))
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

        Http.decide(server, "approve", pending.userCode());

        Tokens tokens = deviceAuthorization.await(pending);
        assertThat(tokens.refreshToken()).isPresent();
        assertThat(deviceAuthorization.tokens()).isSameAs(tokens);
        assertThat(reactive.tokens().await().atMost(Duration.ofSeconds(5))).isSameAs(tokens);
        assertThat(Http.get(server + "/api/hello", tokens.authorizationHeader()).statusCode()).isEqualTo(200);
    }
}

package io.quarkiverse.deviceauthorization.deployment.wire;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import jakarta.inject.Inject;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.deviceauthorization.AuthorizationServerException;
import io.quarkiverse.deviceauthorization.DeviceAuthorization;
import io.quarkus.test.QuarkusUnitTest;

@DisplayName("R4: A TLS configuration that allows less than TLS 1.2")
class TlsFloorTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withEmptyApplication()
            .overrideConfigKey("quarkus.device-authorization.client-id", "tv")
            .overrideConfigKey("quarkus.device-authorization.auth-server-url", "https://localhost:1")
            .overrideConfigKey("quarkus.device-authorization.tls-configuration-name", "old")
            .overrideConfigKey("quarkus.tls.old.protocols", "TLSv1.3,TLSv1.1");

    @Inject
    DeviceAuthorization client;

    @Test
    @DisplayName("is not used")
    void refused() {
        assertThatExceptionOfType(AuthorizationServerException.class).isThrownBy(client::start)
                .withMessage("The authorization server of the default client can't be asked: https://localhost:1 can't be"
                        + " reached as configured: quarkus.device-authorization.tls-configuration-name: the TLS configuration"
                        + " 'old' allows TLSv1.1, and TLS 1.2 is the least (RFC 9325). Remove the others from"
                        + " quarkus.tls.\"old\".protocols");
    }
}

package io.quarkiverse.deviceauthorization.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;

import jakarta.inject.Inject;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.deviceauthorization.DeviceAuthorization;
import io.quarkus.test.QuarkusUnitTest;
import io.quarkus.test.common.http.TestHTTPResource;

@DisplayName("An application with a management interface")
class ManagementInterfaceTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClass(Http.class))
            .overrideConfigKey("quarkus.management.enabled", "true")
            .overrideConfigKey("quarkus.management.test-port", "0");

    @Inject
    DeviceAuthorization client;

    @TestHTTPResource("q")
    String application;

    /** Ends with {@code /q}, where Quarkus has everything of this interface. */
    @TestHTTPResource(value = "", management = true)
    URI management;

    @Test
    @DisplayName("shows its health and its meters there, and to nobody else")
    void onlyThere() {
        client.start();
        String management = this.management.toString().replaceAll("/$", "");
        assertThat(management).endsWith("/q").isNotEqualTo(application);

        assertThat(Http.get(management + "/health/ready").body()).contains("Device authorization endpoint health check");
        assertThat(Http.get(management + "/metrics").body()).contains("device_authorization_starts_total");
        assertThat(Http.get(application + "/health/ready").statusCode()).isEqualTo(404);
        assertThat(Http.get(application + "/metrics").statusCode()).isEqualTo(404);
    }
}

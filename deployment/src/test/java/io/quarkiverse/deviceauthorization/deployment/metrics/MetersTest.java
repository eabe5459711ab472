package io.quarkiverse.deviceauthorization.deployment.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.inject.Inject;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkiverse.deviceauthorization.DeviceAuthorization;
import io.quarkiverse.deviceauthorization.DeviceAuthorizationName;
import io.quarkiverse.deviceauthorization.PendingAuthorization;
import io.quarkiverse.deviceauthorization.deployment.Http;
import io.quarkus.test.QuarkusUnitTest;
import io.quarkus.test.common.http.TestHTTPResource;

@DisplayName("An application with Micrometer")
class MetersTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClass(Http.class))
            .overrideConfigKey("quarkus.device-authorization.tv.auth-server-url",
                    "${quarkus.device-authorization.auth-server-url}")
            .overrideConfigKey("quarkus.device-authorization.tv.client-id", "tv");

    @Inject
    DeviceAuthorization client;

    @Inject
    @DeviceAuthorizationName("tv")
    DeviceAuthorization unused;

    @Inject
    MeterRegistry registry;

    @ConfigProperty(name = "quarkus.device-authorization.auth-server-url")
    String server;

    @TestHTTPResource("q/metrics")
    String metrics;

    @Test
    @DisplayName("counts the sign-ins of each client that is used, and knows nothing of one that isn't")
    void countsSignIns() {
        assertThat(Http.get(metrics).body()).as("before the first use").doesNotContain("device_authorization");

        PendingAuthorization pending = client.start();
        assertThat(Http.get(metrics).body()).contains("device_authorization_flows_active{client=\"<default>\"} 1.0",
                "device_authorization_polls_total{client=\"<default>\",outcome=\"granted\"} 0.0");
        Http.decide(server, "approve", pending.userCode());
        client.await(pending);

        assertThat(Http.get(metrics).body()).contains(
                "device_authorization_starts_total{client=\"<default>\",outcome=\"started\"} 1.0",
                "device_authorization_flows_active{client=\"<default>\"} 0.0",
                "device_authorization_polls_total{client=\"<default>\",outcome=\"granted\"} 1.0",
                "device_authorization_flows_ended_total{client=\"<default>\",outcome=\"approved\"} 1.0",
                "device_authorization_flows_approval_time_seconds_count{client=\"<default>\"} 1",
                "device_authorization_store_operations_seconds_count{client=\"<default>\",operation=\"replace_tokens\","
                        + "outcome=\"success\"} 1");
        assertThat(registry.find("device.authorization.starts").tag("client", "tv").meters()).isEmpty();
    }
}

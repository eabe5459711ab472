package io.quarkiverse.deviceauthorization.deployment.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import jakarta.inject.Inject;

import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.quarkiverse.deviceauthorization.deployment.Http;
import io.quarkiverse.deviceauthorization.deployment.tracing.TracedApplication.Observer;
import io.quarkus.test.QuarkusUnitTest;
import io.quarkus.test.common.http.TestHTTPResource;

@DisplayName("With quarkus.device-authorization.tracing.enabled=false")
@Timeout(120)
class NoSpansTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = TracedApplication.of()
            .overrideConfigKey("quarkus.device-authorization.tracing.enabled", "false");

    @Inject
    InMemorySpanExporter exporter;

    @ConfigProperty(name = "quarkus.device-authorization.auth-server-url")
    String server;

    @TestHTTPResource("sign-ins")
    String application;

    @Test
    @DisplayName("a sign-in has no span")
    void noSpan() {
        String userCode = Http.post(application + "/ada").body();
        Http.decide(server, "approve", userCode);
        Awaitility.await().atMost(Duration.ofSeconds(40)).untilAsserted(
                () -> assertThat(exporter.getFinishedSpanItems()).extracting(SpanData::getName).contains(Observer.WAITED_FOR));
        assertThat(exporter.getFinishedSpanItems()).extracting(SpanData::getName)
                .noneMatch(name -> name.startsWith("device_authorization"));
    }
}

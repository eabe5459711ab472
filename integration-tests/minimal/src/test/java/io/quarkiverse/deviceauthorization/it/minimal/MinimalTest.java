package io.quarkiverse.deviceauthorization.it.minimal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

import jakarta.inject.Inject;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

import io.quarkiverse.deviceauthorization.PendingAuthorization;
import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
class MinimalTest {

    @Inject
    Kiosk kiosk;

    @ConfigProperty(name = "quarkus.device-authorization.auth-server-url")
    String server;

    @Test
    void aPersonSignsInWhereNothingOptionalIsThere() throws IOException, InterruptedException {
        for (String optional : new String[] { "org.eclipse.microprofile.health.HealthCheck",
                "io.micrometer.core.instrument.MeterRegistry", "io.opentelemetry.api.trace.Span",
                "io.vertx.ext.web.Router" }) {
            assertThatThrownBy(() -> Thread.currentThread().getContextClassLoader().loadClass(optional))
                    .as("%s is not part of this application", optional).isInstanceOf(ClassNotFoundException.class);
        }
        PendingAuthorization pending = kiosk.start();

        HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create(server + "/dev/script"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("action=approve&user=alice")).build(),
                HttpResponse.BodyHandlers.discarding());

        assertThat(kiosk.await(pending).accessToken().value()).isNotBlank();
    }
}

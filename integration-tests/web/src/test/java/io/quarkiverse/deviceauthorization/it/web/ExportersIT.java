package io.quarkiverse.deviceauthorization.it.web;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import io.opentelemetry.proto.trace.v1.Span;
import io.quarkiverse.deviceauthorization.devserver.DeviceAuthorizationServer;
import io.restassured.response.Response;

/** The packaged application in a process of its own, with everything that it exports to. */
@DisplayName("Prometheus and an OpenTelemetry collector, at the same time")
class ExportersIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Test
    @DisplayName("tell the same of a sign-in, and nothing of who signs in")
    void signIn() throws IOException, InterruptedException {
        try (Collector collector = new Collector();
                DeviceAuthorizationServer server = DeviceAuthorizationServer.builder().interval(Duration.ofSeconds(1)).start();
                PackagedApplication application = new PackagedApplication(server.issuer(), "-Dquarkus.otel.sdk.disabled=false",
                        "-Dquarkus.otel.exporter.otlp.endpoint=" + collector.url(),
                        "-Dquarkus.otel.exporter.otlp.protocol=http/protobuf", "-Dquarkus.otel.bsp.schedule.delay=100ms")) {
            Response signIn = given().port(application.port()).queryParam("follow", true).post("/accounts/marie/sign-in");
            String userCode = signIn.jsonPath().getString("userCode");
            server.script().approve(userCode, "alice");
            await().atMost(PATIENCE).until(() -> named(collector, "device_authorization.flow").size() == 1);

            Span flow = named(collector, "device_authorization.flow").get(0);
            assertThat(attribute(flow, "device_authorization.outcome")).isEqualTo("approved");
            assertThat(attribute(flow, "device_authorization.flow.id")).isEqualTo(signIn.jsonPath().getString("id"));
            List<Span> polls = collector.spans().stream().filter(span -> span.getParentSpanId().equals(flow.getSpanId())
                    && attribute(span, "url.full").endsWith("/token")).toList();
            assertThat(polls).as("polls").isNotEmpty().allMatch(poll -> poll.getTraceId().equals(flow.getTraceId()));
            Span request = named(collector, "POST /accounts/{account}/sign-in").get(0);
            assertThat(flow.getLinksList()).extracting(Span.Link::getSpanId).containsExactly(request.getSpanId());

            String scraped = given().port(application.port()).accept("text/plain").get("/q/metrics").asString();
            assertThat(scraped)
                    .containsPattern(
                            "device_authorization_flows_ended_total\\{client=\"<default>\",outcome=\"approved\",?} 1\\.0")
                    .containsPattern("device_authorization_polls_total\\{client=\"<default>\",outcome=\"granted\",?} 1\\.0");
            assertThat(scraped + collector.spans()).doesNotContain(userCode);
            assertThat(scraped + flow).doesNotContain("marie");

            application.process().toHandle().destroy();
            assertThat(application.rest()).noneMatch(line -> line.contains(" WARN ") || line.contains(" ERROR "));
            assertThat(application.process().waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).as("it has stopped").isTrue();
        }
    }

    private static List<Span> named(Collector collector, String name) {
        return collector.spans().stream().filter(span -> span.getName().equals(name)).toList();
    }

    /** @return its value, empty when there is none */
    private static String attribute(Span span, String name) {
        return span.getAttributesList().stream().filter(attribute -> attribute.getKey().equals(name))
                .map(attribute -> attribute.getValue().getStringValue()).findFirst().orElse("");
    }
}

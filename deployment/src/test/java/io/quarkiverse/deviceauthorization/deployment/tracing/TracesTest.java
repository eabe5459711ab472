package io.quarkiverse.deviceauthorization.deployment.tracing;

import static io.opentelemetry.api.common.AttributeKey.longKey;
import static io.opentelemetry.api.common.AttributeKey.stringKey;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;

import jakarta.inject.Inject;

import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.quarkiverse.deviceauthorization.DeviceAuthorization;
import io.quarkiverse.deviceauthorization.Tokens;
import io.quarkiverse.deviceauthorization.deployment.Http;
import io.quarkiverse.deviceauthorization.deployment.tracing.TracedApplication.Observer;
import io.quarkus.test.QuarkusUnitTest;
import io.quarkus.test.common.http.TestHTTPResource;

@DisplayName("With quarkus-opentelemetry")
@Timeout(120)
class TracesTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = TracedApplication.of();

    private static final Duration PATIENCE = Duration.ofSeconds(40);

    @Inject
    InMemorySpanExporter exporter;

    @Inject
    DeviceAuthorization client;

    @ConfigProperty(name = "quarkus.device-authorization.auth-server-url")
    String server;

    @TestHTTPResource("sign-ins")
    String application;

    @ParameterizedTest(name = "{0}")
    @DisplayName("a sign-in has one trace, from its first poll to what observers make of it, apart from that of the request")
    @CsvSource({ "ada, ''", "bob, /reactive" })
    void oneTrace(String owner, String path) {
        exporter.reset();
        String userCode = Http.post(application + "/" + owner + path).body();
        Awaitility.await().atMost(PATIENCE).until(() -> requests("/token").size() >= 2);
        Http.decide(server, "approve", userCode);
        Awaitility.await().atMost(PATIENCE).untilAsserted(() -> {
            one(Observer.WAITED_FOR);
            one(Observer.NOT_WAITED_FOR);
            one("device_authorization.flow");
        });

        SpanData flow = one("device_authorization.flow");
        SpanData request = one("POST /sign-ins/{owner}" + path);
        assertThat(flow.getTraceId()).isNotEqualTo(request.getTraceId());
        assertThat(flow.getLinks()).extracting(LinkData::getSpanContext).containsExactly(request.getSpanContext());
        assertThat(request.getLinks()).extracting(link -> link.getSpanContext().getSpanId()).containsExactly(flow.getSpanId());
        assertThat(requests("/device/code")).extracting(SpanData::getParentSpanId)
                .as("who asked for the codes").containsExactly(request.getSpanId());
        assertThat(requests("/token")).extracting(SpanData::getParentSpanId).as("what polls belong to")
                .containsOnly(flow.getSpanId())
                .hasSize(flow.getAttributes().get(longKey("device_authorization.polls")).intValue());
        assertThat(one(Observer.WAITED_FOR).getParentSpanId()).isEqualTo(flow.getSpanId());
        assertThat(one(Observer.NOT_WAITED_FOR).getParentSpanId()).isEqualTo(flow.getSpanId());
        assertThat(exporter.getFinishedSpanItems()).extracting(SpanData::getTraceId).as("traces")
                .containsOnly(flow.getTraceId(), request.getTraceId());
        Tokens tokens = client.forOwner(owner).tokens();
        assertThat(exporter.getFinishedSpanItems().toString()).doesNotContain(userCode, tokens.accessToken().value(),
                tokens.refreshToken().orElseThrow().value());

        exporter.reset();
        Http.post(application + "/" + owner + "/refresh");
        Awaitility.await().atMost(PATIENCE).untilAsserted(() -> one("POST /sign-ins/{owner}/refresh"));
        SpanData refresh = one("device_authorization.refresh");
        assertThat(refresh.getParentSpanId()).isEqualTo(one("POST /sign-ins/{owner}/refresh").getSpanId());
        assertThat(requests("/token")).extracting(SpanData::getParentSpanId).containsExactly(refresh.getSpanId());
        assertThat(exporter.getFinishedSpanItems().toString()).doesNotContain(tokens.accessToken().value(),
                tokens.refreshToken().orElseThrow().value(), client.forOwner(owner).tokens().accessToken().value());
    }

    /** @return requests to the authorization server */
    private List<SpanData> requests(String path) {
        return exporter.getFinishedSpanItems().stream().filter(span -> span.getKind() == SpanKind.CLIENT)
                .filter(span -> span.getAttributes().get(stringKey("url.full")).endsWith(path)).toList();
    }

    private SpanData one(String name) {
        List<SpanData> found = exporter.getFinishedSpanItems().stream().filter(span -> span.getName().equals(name)).toList();
        assertThat(found).as("spans called '%s'", name).hasSize(1);
        return found.get(0);
    }
}

package io.quarkiverse.deviceauthorization.redis.deployment;

import static io.opentelemetry.api.common.AttributeKey.longKey;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;

import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.resteasy.reactive.RestPath;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.quarkiverse.deviceauthorization.DeviceAuthorization;
import io.quarkiverse.deviceauthorization.PendingAuthorization;
import io.quarkiverse.deviceauthorization.Tokens;
import io.quarkus.builder.Version;
import io.quarkus.maven.dependency.Dependency;
import io.quarkus.test.QuarkusUnitTest;
import io.quarkus.test.common.http.TestHTTPResource;

@DisplayName("With quarkus-opentelemetry, what is sent to Redis")
@Timeout(120)
@Tag("redis")
class TracesTest {

    private static final int SERVER = Servers.running("traces");
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .setForcedDependencies(
                    List.of(Dependency.of("io.quarkus", "quarkus-opentelemetry-deployment", Version.getVersion())))
            .withApplicationRoot(jar -> jar.addClasses(Servers.class, Http.class, Exported.class, SignIns.class))
            .overrideConfigKey("quarkus.redis.devservices.enabled", "false")
            .overrideConfigKey("quarkus.redis.hosts", Servers.uri(SERVER))
            .overrideConfigKey("quarkus.otel.traces.exporter", "none")
            .overrideConfigKey("quarkus.device-authorization.scopes", "openid,offline_access");

    @Singleton
    static class Exported {

        private final InMemorySpanExporter exporter = InMemorySpanExporter.create();

        @Produces
        @Singleton
        InMemorySpanExporter exporter() {
            return exporter;
        }

        @Produces
        @Singleton
        SpanProcessor processor() {
            return SimpleSpanProcessor.create(exporter);
        }
    }

    @Path("sign-ins/{owner}")
    public static class SignIns {

        @Inject
        DeviceAuthorization client;

        @POST
        public String start(@RestPath String owner) {
            DeviceAuthorization mine = client.forOwner(owner);
            PendingAuthorization pending = mine.start();
            mine.follow(pending);
            return pending.userCode();
        }
    }

    @Inject
    InMemorySpanExporter exporter;

    @Inject
    DeviceAuthorization client;

    @ConfigProperty(name = "quarkus.device-authorization.auth-server-url")
    String server;

    @TestHTTPResource("sign-ins")
    String application;

    /** The second one finds the connection that the first one has made. */
    @ParameterizedTest
    @ValueSource(strings = { "ada", "bob" })
    @DisplayName("belongs to the flow that it is sent for, or to the request that starts it, whoever has made the connection")
    void traces(String owner) {
        exporter.reset();
        String userCode = Http.post(application + "/" + owner).body();
        Awaitility.await().atMost(PATIENCE).until(() -> spans("POST").size() >= 3);
        Http.approve(server, userCode);
        Awaitility.await().atMost(PATIENCE).untilAsserted(() -> assertThat(spans("device_authorization.flow")).hasSize(1));

        SpanData flow = spans("device_authorization.flow").get(0);
        SpanData request = spans("POST /sign-ins/{owner}").get(0);
        assertThat(ofRedis(flow)).as("to take turns, to store tokens and the end").extracting(SpanData::getParentSpanId)
                .containsOnly(flow.getSpanId())
                .hasSizeGreaterThan(flow.getAttributes().get(longKey("device_authorization.polls")).intValue());
        assertThat(ofRedis(request)).as("to store the flow").isNotEmpty().allSatisfy(span -> {
            assertThat(span.getParentSpanId()).isEqualTo(request.getSpanId());
            assertThat(span.getStartEpochNanos()).isLessThan(request.getEndEpochNanos());
        });
        assertThat(ofRedis()).as("what the node sends by itself").filteredOn(span -> !Set.of(flow.getTraceId(),
                request.getTraceId()).contains(span.getTraceId())).noneMatch(span -> span.getParentSpanContext().isValid());
        Tokens tokens = client.forOwner(owner).tokens();
        assertThat(exporter.getFinishedSpanItems().toString()).doesNotContain(userCode, tokens.accessToken().value(),
                tokens.refreshToken().orElseThrow().value());
    }

    private List<SpanData> ofRedis(SpanData whole) {
        return ofRedis().stream().filter(span -> span.getTraceId().equals(whole.getTraceId())).toList();
    }

    private List<SpanData> ofRedis() {
        return exporter.getFinishedSpanItems().stream()
                .filter(span -> span.getAttributes().asMap().values().contains("redis")).toList();
    }

    private List<SpanData> spans(String name) {
        return exporter.getFinishedSpanItems().stream().filter(span -> span.getName().equals(name)).toList();
    }
}

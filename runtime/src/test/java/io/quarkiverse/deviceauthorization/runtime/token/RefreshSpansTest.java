package io.quarkiverse.deviceauthorization.runtime.token;

import static io.opentelemetry.api.common.AttributeKey.stringKey;
import static io.quarkiverse.deviceauthorization.runtime.ScriptedServer.error;
import static io.quarkiverse.deviceauthorization.runtime.ScriptedServer.unreachable;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanId;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.quarkiverse.deviceauthorization.Tokens;
import io.quarkiverse.deviceauthorization.runtime.ForwardingStore;
import io.quarkiverse.deviceauthorization.runtime.ScriptedServer;
import io.quarkiverse.deviceauthorization.runtime.VirtualTime;
import io.quarkiverse.deviceauthorization.runtime.protocol.TokenAnswer;
import io.quarkiverse.deviceauthorization.runtime.protocol.TokenAnswer.Meaning;
import io.quarkiverse.deviceauthorization.runtime.store.MemoryAuthorizationStore;
import io.quarkiverse.deviceauthorization.runtime.tracing.Traces;
import io.quarkiverse.deviceauthorization.store.AuthorizationStore;
import io.quarkiverse.deviceauthorization.store.StoredTokens;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;

@DisplayName("A refresh has a span")
class RefreshSpansTest {

    private static final String REFRESH = "device_authorization.refresh";

    private final Traces traces = new Traces();
    private final VirtualTime time = new VirtualTime();
    private final ScriptedServer server = new ScriptedServer(time);
    private final List<SpanContext> requests = new ArrayList<>();

    private UniAssertSubscriber<Tokens> refresh(AuthorizationStore store, TokenAnswer answer) {
        OwnerTokens owner = new TokenVault("tv", server, store,
                new RefreshPolicy(Duration.ofSeconds(30), Duration.ofMinutes(1)),
                time, time, event -> {
                }, traces.telemetry()).of("alice");
        owner.granted(server.tokens("a", Duration.ofMinutes(10)), "flow").await().indefinitely();
        time.advance(Duration.ofMinutes(20));
        server.answer(Uni.createFrom().deferred(() -> {
            requests.add(Span.current().getSpanContext());
            return Uni.createFrom().item(answer);
        }));
        return traces.inRequest("GET /hello", () -> owner.get().subscribe().withSubscriber(UniAssertSubscriber.create()));
    }

    private SpanData refreshInMemory(TokenAnswer answer) {
        refresh(new MemoryAuthorizationStore(time), answer);
        return traces.one(REFRESH);
    }

    @Test
    @DisplayName("as part of what its tokens are wanted for; its request is part of it")
    void partOfItsCaller() {
        SpanData span = refreshInMemory(server.granted("b"));
        assertThat(span.getParentSpanContext()).isEqualTo(traces.one("GET /hello").getSpanContext());
        assertThat(span.getAttributes().asMap()).isEqualTo(Attributes.of(stringKey("device_authorization.client"), "tv",
                stringKey("device_authorization.outcome"), "refreshed").asMap());
        assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
        assertThat(requests).containsExactly(span.getSpanContext());
        assertThat(Span.current().getSpanContext().isValid()).as("whether something is left behind").isFalse();
    }

    @Test
    @DisplayName("also where a store answers on a thread of its own")
    void slowStore() {
        List<Runnable> answers = new ArrayList<>();
        ForwardingStore slow = new ForwardingStore() {
            @Override
            public Uni<Optional<StoredTokens>> findTokens(String client, String owner) {
                Uni<Optional<StoredTokens>> found = super.findTokens(client, owner);
                return time.seconds() == 0 ? found
                        : Uni.createFrom().emitter(
                                later -> answers.add(() -> later.complete(found.await().indefinitely())));
            }
        };
        UniAssertSubscriber<Tokens> waiting = refresh(slow, server.granted("b"));
        while (!answers.isEmpty()) {
            answers.remove(0).run();
        }
        assertThat(waiting.getItem().accessToken().value()).isEqualTo("access-b");
        assertThat(traces.one(REFRESH).getParentSpanContext()).isEqualTo(traces.one("GET /hello").getSpanContext());
    }

    @Test
    @DisplayName("that says that a refresh token is not accepted any more")
    void rejected() {
        SpanData span = refreshInMemory(error(Meaning.REFUSED, "invalid_grant"));
        assertThat(span.getAttributes().asMap()).isEqualTo(Attributes.of(stringKey("device_authorization.client"), "tv",
                stringKey("device_authorization.outcome"), "rejected", stringKey("error.type"), "invalid_grant").asMap());
        assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
    }

    @Test
    @DisplayName("that says what else the server answered")
    void refused() {
        SpanData span = refreshInMemory(error(Meaning.REFUSED, "invalid_client"));
        assertThat(span.getAttributes().get(stringKey("device_authorization.outcome"))).isEqualTo("refused");
        assertThat(span.getAttributes().get(stringKey("error.type"))).isEqualTo("invalid_client");
    }

    @Test
    @DisplayName("that says that the server could not be asked")
    void unavailable() {
        SpanData span = refreshInMemory(unreachable());
        assertThat(span.getAttributes().get(stringKey("device_authorization.outcome"))).isEqualTo("unavailable");
        assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
    }

    @Test
    @DisplayName("that says what kept its request from being sent at all")
    void notSent() {
        OwnerTokens owner = new TokenVault("tv", server, new MemoryAuthorizationStore(time),
                new RefreshPolicy(Duration.ofSeconds(30), Duration.ofMinutes(1)), time, time, event -> {
                }, traces.telemetry()).of("alice");
        owner.granted(server.tokens("a", Duration.ofMinutes(10)), "flow").await().indefinitely();
        time.advance(Duration.ofMinutes(20));
        server.answer(Uni.createFrom().failure(new IllegalStateException("with a s3cret")));
        owner.get().subscribe().withSubscriber(UniAssertSubscriber.create()).assertFailed();

        SpanData span = traces.one(REFRESH);
        assertThat(span.getAttributes().get(stringKey("error.type"))).isEqualTo("java.lang.IllegalStateException");
        assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
        assertThat(span.toString()).doesNotContain("s3cret");
    }

    @Test
    @DisplayName("only where something traces")
    void switchedOff() {
        OwnerTokens owner = new TokenVault("tv", server, new MemoryAuthorizationStore(time),
                new RefreshPolicy(Duration.ofSeconds(30), Duration.ofMinutes(1)), time, time, event -> {
                }, Traces.telemetry(OpenTelemetry.noop())).of("alice");
        owner.granted(server.tokens("a", Duration.ofMinutes(10)), "flow").await().indefinitely();
        time.advance(Duration.ofMinutes(20));
        server.answer(server.granted("b"));

        assertThat(owner.get().await().indefinitely().accessToken().value()).isEqualTo("access-b");
        assertThat(traces.all()).isEmpty();
    }

    @Test
    @DisplayName("of its own trace where nobody is traced who wants the tokens")
    void noCaller() {
        OwnerTokens owner = new TokenVault("tv", server, new MemoryAuthorizationStore(time),
                new RefreshPolicy(Duration.ofSeconds(30), Duration.ofMinutes(1)), time, time, event -> {
                }, traces.telemetry()).of("alice");
        owner.granted(server.tokens("a", Duration.ofMinutes(10)), "flow").await().indefinitely();
        time.advance(Duration.ofMinutes(20));
        server.answer(server.granted("b"));
        owner.get().await().indefinitely();
        assertThat(traces.one(REFRESH).getParentSpanId()).isEqualTo(SpanId.getInvalid());
    }
}

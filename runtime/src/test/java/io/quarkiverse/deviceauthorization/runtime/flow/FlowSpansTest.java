package io.quarkiverse.deviceauthorization.runtime.flow;

import static io.opentelemetry.api.common.AttributeKey.longKey;
import static io.opentelemetry.api.common.AttributeKey.stringKey;
import static io.quarkiverse.deviceauthorization.runtime.ScriptedServer.error;
import static io.quarkiverse.deviceauthorization.runtime.ScriptedServer.pending;
import static io.quarkiverse.deviceauthorization.runtime.ScriptedServer.slowDown;
import static io.quarkiverse.deviceauthorization.runtime.ScriptedServer.unreachable;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanId;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.quarkiverse.deviceauthorization.AuthorizationRequest;
import io.quarkiverse.deviceauthorization.PendingAuthorization;
import io.quarkiverse.deviceauthorization.runtime.NodeTime;
import io.quarkiverse.deviceauthorization.runtime.protocol.Telemetry;
import io.quarkiverse.deviceauthorization.runtime.protocol.TokenAnswer;
import io.quarkiverse.deviceauthorization.runtime.protocol.TokenAnswer.Meaning;
import io.quarkiverse.deviceauthorization.runtime.tracing.Traces;
import io.quarkiverse.deviceauthorization.store.AuthorizationStore;
import io.quarkiverse.deviceauthorization.store.AuthorizationStoreException;
import io.quarkiverse.deviceauthorization.store.StoredFlow;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;

@DisplayName("A flow has a span")
class FlowSpansTest {

    private final Traces traces = new Traces();
    private final FlowFixture fixture = fixture(null, traces);
    private final List<SpanContext> polls = new ArrayList<>();

    private static FlowFixture fixture(AuthorizationStore store, Traces traces) {
        return fixture(store, traces.telemetry());
    }

    private static FlowFixture fixture(AuthorizationStore store, Telemetry telemetry) {
        return new FlowFixture(store, Duration.ofSeconds(10), 256, 100_000, telemetry);
    }

    /** The server's next answer; it is remembered in which span the request was sent. */
    private void answer(FlowFixture to, TokenAnswer answer) {
        to.server.answer(Uni.createFrom().deferred(() -> {
            polls.add(Span.current().getSpanContext());
            return Uni.createFrom().item(answer);
        }));
    }

    private static List<String> events(SpanData span) {
        return span.getEvents().stream().map(EventData::getName).toList();
    }

    private static String text(SpanData span, String attribute) {
        return span.getAttributes().get(stringKey(attribute));
    }

    @Test
    @DisplayName("of a trace of its own, linked with the request that starts it, which has long ended")
    void linked() {
        PendingAuthorization flow = traces.inRequest("POST /sign-ins", fixture::start);
        fixture.await(flow);
        answer(fixture, fixture.server.granted("a"));
        fixture.time.advance(6);

        SpanData request = traces.one("POST /sign-ins");
        SpanData span = traces.flow();
        assertThat(span.getTraceId()).isNotEqualTo(request.getTraceId());
        assertThat(span.getParentSpanId()).isEqualTo(SpanId.getInvalid());
        assertThat(span.getLinks()).extracting(LinkData::getSpanContext).containsExactly(request.getSpanContext());
        assertThat(request.getLinks()).extracting(LinkData::getSpanContext).containsExactly(span.getSpanContext());
    }

    @Test
    @DisplayName("that says which flow it is, what came of it, and after how many polls, but nothing of each")
    void attributesAndEvents() {
        PendingAuthorization flow = fixture.start();
        fixture.await(flow);
        fixture.server.answer(pending(), pending(), pending(), fixture.server.granted("a"));
        fixture.time.advance(30);

        SpanData span = traces.flow();
        assertThat(span.getAttributes().asMap())
                .isEqualTo(Attributes.of(stringKey("device_authorization.client"), FlowFixture.CLIENT,
                        stringKey("device_authorization.flow.id"), flow.id(), longKey("device_authorization.polls"), 4L,
                        stringKey("device_authorization.outcome"), "approved").asMap());
        assertThat(events(span)).containsExactly("device_authorization.started", "device_authorization.approved");
        assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
    }

    @Test
    @DisplayName("that its polls are part of, whoever has them sent: a timer, or another request")
    void pollsArePartOfIt() {
        PendingAuthorization flow = traces.inRequest("POST /sign-ins", fixture::start);
        fixture.time.advance(5);
        answer(fixture, pending());
        traces.inRequest("GET /sign-ins", () -> fixture.poll(flow));
        answer(fixture, unreachable());
        answer(fixture, fixture.server.granted("a"));
        fixture.await(flow);
        fixture.time.advance(60);

        assertThat(polls).hasSize(3).containsOnly(traces.flow().getSpanContext());
        assertThat(Span.current().getSpanContext().isValid()).as("whether something is left behind").isFalse();
    }

    @Test
    @DisplayName("that the check of its ID token, and the revocation of tokens that nobody wants, are part of")
    void whatFollowsIsPartOfIt() {
        List<SpanContext> checks = new ArrayList<>();
        fixture.server.idTokenChecks.add(Uni.createFrom().deferred(() -> {
            checks.add(Span.current().getSpanContext());
            return Uni.createFrom().voidItem();
        }));
        fixture.server.answer(fixture.server.granted("a"));
        fixture.await(fixture.start());
        fixture.time.advance(6);

        assertThat(checks).containsExactly(traces.flow().getSpanContext());
    }

    @Test
    @DisplayName("with an event for each time that it was slowed down, or the server could not be asked")
    void slowedDownAndUnavailable() {
        fixture.await(fixture.start());
        fixture.server.answer(pending(), slowDown(), unreachable(), pending(), fixture.server.granted("a"));
        fixture.time.advance(300);

        assertThat(events(traces.flow())).containsExactly("device_authorization.started", "device_authorization.slowed_down",
                "device_authorization.unavailable", "device_authorization.approved");
        assertThat(traces.flow().getAttributes().get(longKey("device_authorization.polls"))).isEqualTo(5);
    }

    @Test
    @DisplayName("with no more events than one can look at, and always with the last")
    void boundedEvents() {
        fixture.server.lifespan = Duration.ofHours(24);
        fixture.await(fixture.start());
        for (int i = 0; i < 200; i++) {
            fixture.server.answer(slowDown());
        }
        fixture.server.answer(fixture.server.granted("a"));
        fixture.time.advance(Duration.ofHours(23));
        fixture.flows.stop();

        assertThat(traces.flow().getTotalRecordedEvents()).isEqualTo(1 + 32 + 1);
        assertThat(traces.flow().getAttributes().get(longKey("device_authorization.polls"))).isGreaterThan(40);
    }

    @ParameterizedTest
    @DisplayName("that tells how the server ended it")
    @CsvSource({ "DENIED, access_denied, denied,", "EXPIRED, expired_token, expired,",
            "REFUSED, invalid_grant, failed, invalid_grant", "REFUSED, 'a b\t<script>', failed, _OTHER" })
    void refused(Meaning meaning, String code, String outcome, String type) {
        fixture.server.answer(error(meaning, code));
        fixture.await(fixture.start());
        fixture.time.advance(6);

        SpanData span = traces.flow();
        assertThat(text(span, "device_authorization.outcome")).isEqualTo(outcome);
        assertThat(events(span)).last().isEqualTo("device_authorization." + outcome);
        assertThat(text(span, "error.type")).isEqualTo(type);
        assertThat(span.getStatus().getStatusCode()).isEqualTo(type == null ? StatusCode.UNSET : StatusCode.ERROR);
        assertThat(span.getStatus().getDescription()).isEmpty();
    }

    @Test
    @DisplayName("that ends when the application cancels it, and is not kept")
    void cancelled() {
        PendingAuthorization flow = fixture.start();
        assertThat(traces.open()).isEqualTo(1);
        fixture.flows.cancel(flow).await().indefinitely();
        assertThat(traces.open()).isZero();
        assertThat(text(traces.flow(), "device_authorization.outcome")).isEqualTo("cancelled");
    }

    @Test
    @DisplayName("that ends when the application stops")
    void stopped() {
        fixture.await(fixture.start());
        fixture.flows.stop();
        assertThat(text(traces.flow(), "device_authorization.outcome")).isEqualTo("stopped");
    }

    @Test
    @DisplayName("that ended with its codes when it is found that nobody asks any more")
    void forgotten() {
        PendingAuthorization flow = fixture.start();
        fixture.time.advance(Duration.ofHours(1));
        assertThat(traces.flows()).isEmpty();
        fixture.start();

        SpanData span = traces.flow();
        assertThat(text(span, "device_authorization.outcome")).isEqualTo("forgotten");
        assertThat(span.getEndEpochNanos()).isEqualTo(TimeUnit.SECONDS.toNanos(flow.expiresAt().getEpochSecond()));
    }

    @Test
    @DisplayName("that says so when the flow could not be stored")
    void notStored() {
        HandingOverStore store = new HandingOverStore();
        store.down = true;
        FlowFixture unlucky = fixture(store, traces);
        assertThatThrownBy(unlucky::start).isInstanceOf(AuthorizationStoreException.class);

        assertThat(traces.open()).isZero();
        SpanData span = traces.flow();
        assertThat(text(span, "device_authorization.outcome")).isEqualTo("not_started");
        assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
    }

    @Test
    @DisplayName("and the same trace in a process that goes on with it after another was killed, whose span nobody has seen")
    void killed() {
        HandingOverStore store = new HandingOverStore();
        FlowFixture here = fixture(store, traces);
        NodeTime mortal = new NodeTime(here.time);
        Flows killed = here.engine(mortal);
        PendingAuthorization flow = traces.inRequest("POST /sign-ins",
                () -> killed.start(FlowFixture.OWNER, AuthorizationRequest.defaults()).await().indefinitely());
        killed.follow(flow).await().indefinitely();
        here.time.advance(6);
        String stored = stored(store, flow).binding().traceparent().orElseThrow();
        mortal.kill();

        Flows next = survivor(here, store);
        next.takeOver();
        answer(here, here.server.granted("a"));
        here.time.advance(60);

        SpanData span = traces.flow();
        assertThat(stored).as("with or without the flag of random ids")
                .matches("00-" + span.getTraceId() + "-" + span.getParentSpanId() + "-0[13]");
        assertThat(events(span)).containsExactly("device_authorization.resumed", "device_authorization.approved");
        assertThat(traces.one("POST /sign-ins").getLinks()).extracting(link -> link.getSpanContext().getTraceId())
                .as("by what the request is found").containsExactly(span.getTraceId());
        assertThat(polls).containsExactly(span.getSpanContext());
    }

    @Test
    @DisplayName("in each process that goes on with it after another has stopped")
    void handedOver() {
        HandingOverStore store = new HandingOverStore();
        FlowFixture here = fixture(store, traces);
        PendingAuthorization flow = here.start();
        here.flows.follow(flow).await().indefinitely();
        here.time.advance(6);
        here.flows.stop();
        survivor(here, store).takeOver();
        here.server.answer(here.server.granted("a"));
        here.time.advance(60);

        assertThat(traces.flows()).extracting(span -> text(span, "device_authorization.outcome")).containsExactly("stopped",
                "approved");
        assertThat(traces.flows().get(1).getParentSpanContext().getSpanId()).isEqualTo(traces.flows().get(0).getSpanId());
        assertThat(traces.flows().get(1).getTraceId()).isEqualTo(traces.flows().get(0).getTraceId());
    }

    @Test
    @DisplayName("that says so when another process goes on with it, and in that one a span of the same trace")
    void goesOnElsewhere() {
        HandingOverStore store = new HandingOverStore();
        FlowFixture here = fixture(store, traces);
        PendingAuthorization flow = here.start();
        here.flows.follow(flow).await().indefinitely();
        survivor(here, store).follow(flow).await().indefinitely();
        here.time.advance(60);

        SpanData left = traces.flow();
        assertThat(text(left, "device_authorization.outcome")).isEqualTo("handed_over");
        assertThat(events(left)).last().isEqualTo("device_authorization.handed_over");
        assertThat(left.getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
        here.server.answer(here.server.granted("a"));
        here.time.advance(60);
        assertThat(traces.flows()).extracting(span -> text(span, "device_authorization.outcome"))
                .containsExactly("handed_over", "approved");
        assertThat(traces.flows()).extracting(SpanData::getTraceId).containsOnly(left.getTraceId());
    }

    @Test
    @DisplayName("that says so when another process has ended it")
    void endedElsewhere() {
        HandingOverStore store = new HandingOverStore();
        FlowFixture here = fixture(store, traces);
        PendingAuthorization flow = here.start();
        here.await(flow);
        survivor(here, store).cancel(flow).await().indefinitely();
        assertThat(text(traces.flow(), "device_authorization.outcome")).isEqualTo("cancelled");
        here.time.advance(30);

        SpanData left = traces.flows().get(1);
        assertThat(text(left, "device_authorization.outcome")).isEqualTo("ended_elsewhere");
        assertThat(events(left)).last().isEqualTo("device_authorization.ended_elsewhere");
        assertThat(left.getTraceId()).isEqualTo(traces.flows().get(0).getTraceId());
    }

    @ParameterizedTest
    @DisplayName("of another trace where what is stored is no span")
    @ValueSource(strings = { "", "00", "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
            "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7" })
    void tamperedWith(String traceparent) {
        HandingOverStore store = new HandingOverStore();
        FlowFixture here = fixture(store, traces);
        PendingAuthorization flow = here.start();
        StoredFlow known = stored(store, flow);
        store.replaceFlow(known.version(),
                new StoredFlow(flow, known.request(), known.binding().traced(Optional.of(traceparent)),
                        known.interval(), known.nextRequest(), false, Optional.empty(), known.status(), Optional.empty(),
                        known.version() + 1))
                .await().indefinitely();
        survivor(here, store).cancel(flow).await().indefinitely();

        assertThat(traces.flow().getParentSpanId()).isEqualTo(SpanId.getInvalid());
    }

    @Test
    @DisplayName("unless the sampler declines: then nobody samples its requests either, here or elsewhere")
    void notSampled() {
        Traces none = new Traces(Sampler.alwaysOff());
        HandingOverStore store = new HandingOverStore();
        FlowFixture here = fixture(store, none);
        PendingAuthorization flow = here.start();
        assertThat(none.open()).as("what is kept of it").isZero();
        here.flows.follow(flow).await().indefinitely();
        answer(here, pending());
        here.time.advance(6);
        here.flows.stop();
        survivor(here, store).takeOver(); // which samples what it starts itself
        answer(here, here.server.granted("a"));
        here.time.advance(60);

        assertThat(stored(store, flow).binding().traceparent())
                .hasValueSatisfying(span -> assertThat(span).matches(".*-0[02]"));
        assertThat(polls).hasSize(2).allMatch(SpanContext::isValid).noneMatch(SpanContext::isSampled);
        assertThat(none.all()).isEmpty();
        assertThat(traces.all()).isEmpty();
    }

    @Test
    @DisplayName("unless the sampler of a process declines one that it goes on with, and that nobody has traced")
    void notSampledWhenResumed() {
        HandingOverStore store = new HandingOverStore();
        FlowFixture untraced = fixture(store, Telemetry.NONE);
        PendingAuthorization flow = untraced.start();
        Traces none = new Traces(Sampler.alwaysOff());
        Flows next = untraced.engine(untraced.time, none.telemetry());
        answer(untraced, untraced.server.granted("a"));
        next.await(flow).subscribe().withSubscriber(UniAssertSubscriber.create());
        untraced.time.advance(6);

        assertThat(stored(store, flow).status()).isEqualTo(StoredFlow.Status.APPROVED);
        assertThat(polls).hasSize(1).allMatch(SpanContext::isValid).noneMatch(SpanContext::isSampled);
        assertThat(none.all()).isEmpty();
    }

    @Test
    @DisplayName("and shares nothing with others where no other process can go on with it")
    void notStoredWithout() {
        PendingAuthorization flow = fixture.start();
        assertThat(stored(fixture.store, flow).binding().traceparent()).isEmpty();
    }

    @Test
    @DisplayName("only where something traces")
    void switchedOff() {
        HandingOverStore store = new HandingOverStore();
        FlowFixture off = fixture(store, Traces.telemetry(OpenTelemetry.noop()));
        PendingAuthorization flow = off.start();
        off.await(flow);
        answer(off, off.server.granted("a"));
        off.time.advance(6);

        assertThat(stored(store, flow).binding().traceparent()).isEmpty();
        assertThat(stored(store, flow).status()).isEqualTo(StoredFlow.Status.APPROVED);
        assertThat(polls).noneMatch(SpanContext::isValid);

        PendingAuthorization left = off.start();
        off.flows.stop();
        Flows next = off.engine(off.time, Traces.telemetry(OpenTelemetry.noop()));
        answer(off, off.server.granted("b"));
        next.await(left).subscribe().withSubscriber(UniAssertSubscriber.create());
        off.time.advance(30);
        assertThat(stored(store, left).status()).as("of one that it goes on with").isEqualTo(StoredFlow.Status.APPROVED);
        assertThat(polls).hasSize(2).noneMatch(SpanContext::isValid);
    }

    /** Another process, with the same time, server and store, which traces to the same place and samples everything. */
    private Flows survivor(FlowFixture here, AuthorizationStore store) {
        return here.engine(here.time, traces.telemetry());
    }

    private static StoredFlow stored(AuthorizationStore store, PendingAuthorization flow) {
        return store.findFlow(FlowFixture.CLIENT, flow.id()).await().indefinitely().orElseThrow();
    }
}

package io.quarkiverse.deviceauthorization.runtime.tracing;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.quarkiverse.deviceauthorization.PendingAuthorization;
import io.quarkiverse.deviceauthorization.event.DeviceAuthorizationEvent;
import io.quarkiverse.deviceauthorization.event.FlowEvent;
import io.quarkiverse.deviceauthorization.runtime.logging.LoggedFlows;
import io.quarkiverse.deviceauthorization.runtime.protocol.Step;
import io.quarkiverse.deviceauthorization.runtime.protocol.TokenAnswer;
import io.quarkiverse.deviceauthorization.store.StoredFlow;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.impl.ContextInternal;

/**
 * One span for each flow, in a trace of its own: a flow outlives the request that starts it, so the two are linked. What is
 * done for the flow is part of its trace, on whatever thread. A process that goes on with a flow has a span of its own, a child
 * of the one where the flow was started: whatever became of that process, the trace is the same.
 * <p>
 * A flow that the sampler declines has no span, and nothing is kept of it: its requests are made under one declined span that
 * all such flows share, so that nobody samples them either.
 */
@Singleton
public final class TracedFlows extends LoggedFlows {

    private static final String INSTRUMENTATION = "io.quarkiverse.deviceauthorization";

    /** What flows share that the sampler has declined. */
    private record Declined(Context context, Optional<String> traceparent) {

        private static Declined of(SpanContext span) {
            return new Declined(Context.root().with(Span.wrap(span)), Optional.of(Traceparent.of(span)));
        }
    }

    /** @param context what surrounded the caller */
    private record TracedCaller(Context context) implements Caller {
    }

    private final Tracer tracer;
    private final Map<String, FlowSpan> spans = new ConcurrentHashMap<>();
    private volatile Declined declined;

    @Inject
    TracedFlows(OpenTelemetry openTelemetry, Vertx vertx) {
        this(openTelemetry, () -> (ContextInternal) vertx.getOrCreateContext());
    }

    TracedFlows(OpenTelemetry openTelemetry, Supplier<ContextInternal> context) {
        super(context);
        this.tracer = openTelemetry.getTracer(INSTRUMENTATION);
    }

    @Override
    public Caller caller() {
        Context now = Context.current();
        return Span.fromContextOrNull(now) == null ? Caller.UNKNOWN : new TracedCaller(now);
    }

    private static Context contextOf(Caller caller) {
        return caller instanceof TracedCaller known ? known.context : Context.root();
    }

    @Override
    public Optional<String> starting(PendingAuthorization flow, Caller caller) {
        Span request = Span.fromContext(contextOf(caller));
        Span span = builder(flow).setNoParent().startSpan();
        if (!span.getSpanContext().isValid()) {
            return Optional.empty(); // tracing is switched off
        }
        request.addLink(span.getSpanContext());
        if (span.isRecording()) {
            spans.put(flow.id(), new FlowSpan(span, request.getSpanContext()));
            return Optional.of(Traceparent.of(span.getSpanContext()));
        }
        return decline(span.getSpanContext()).traceparent;
    }

    private SpanBuilder builder(PendingAuthorization flow) {
        return tracer.spanBuilder(SpanNames.FLOW).setAttribute(SpanNames.CLIENT, flow.client());
    }

    private Declined decline(SpanContext span) {
        Declined known = declined;
        if (known == null) {
            known = Declined.of(span);
            declined = known;
        }
        return known;
    }

    @Override
    public void notStarted(PendingAuthorization flow) {
        FlowSpan span = spans.get(flow.id());
        if (span != null && !span.isStarted() && spans.remove(flow.id(), span)) {
            span.notStarted();
        }
    }

    @Override
    public void started(StoredFlow flow) {
        FlowSpan span = spans.get(flow.pending().id());
        if (span != null) {
            span.started();
        }
    }

    /** Whether a flow is sampled is decided once. */
    @Override
    public void resumed(StoredFlow flow) {
        Optional<SpanContext> first = flow.binding().traceparent().flatMap(Traceparent::read);
        if (first.isPresent() && !first.get().isSampled()) {
            decline(first.get());
            return;
        }
        SpanBuilder builder = builder(flow.pending());
        Span span = first.map(parent -> builder.setParent(Context.root().with(Span.wrap(parent))))
                .orElseGet(builder::setNoParent).startSpan();
        if (span.isRecording()) {
            FlowSpan resumed = new FlowSpan(span, Span.current().getSpanContext());
            spans.put(flow.pending().id(), resumed);
            resumed.resumed();
        } else if (span.getSpanContext().isValid()) {
            decline(span.getSpanContext());
        }
    }

    @Override
    public void polled(StoredFlow flow, PollOutcome outcome) {
        FlowSpan span = spans.get(flow.pending().id());
        if (span != null) {
            span.polled(outcome);
        }
    }

    @Override
    public void ended(StoredFlow flow) {
        FlowSpan span = spans.get(flow.pending().id());
        if (span != null) {
            span.ended(flow);
        }
    }

    @Override
    public void left(StoredFlow flow, Leaving reason) {
        FlowSpan span = spans.remove(flow.pending().id());
        if (span != null) {
            span.left(flow, reason);
        }
    }

    /** @return how many flows have a span that has not ended */
    int open() {
        return spans.size();
    }

    @Override
    public Scope of(PendingAuthorization flow) {
        FlowSpan span = spans.get(flow.id());
        Declined shared = declined;
        if (span == null && shared == null) {
            return super.of(flow);
        }
        return TraceScope.ofFlow(flow.client(), flow.id(), span == null ? shared.context : Context.root().with(span.span()),
                context);
    }

    @Override
    public Scope polling(PendingAuthorization flow) {
        return declined == null && !spans.containsKey(flow.id()) ? super.polling(flow) : of(flow);
    }

    /** What observers do is part of the trace of what they hear of. */
    @Override
    public Scope telling(DeviceAuthorizationEvent event) {
        Context now = Context.current();
        if (Span.fromContextOrNull(now) == null) {
            return super.telling(event);
        }
        return event instanceof FlowEvent flow ? TraceScope.ofFlow(flow.client(), flow.id(), now, context)
                : TraceScope.of(now, context);
    }

    @Override
    public Uni<TokenAnswer> refreshing(String client, Caller caller, Supplier<Uni<? extends TokenAnswer>> request) {
        return Step.deferred(() -> {
            Context before = contextOf(caller);
            Span span = tracer.spanBuilder(SpanNames.REFRESH).setParent(before).setAttribute(SpanNames.CLIENT, client)
                    .startSpan();
            if (!span.getSpanContext().isValid()) {
                return Step.deferred(request);
            }
            return TraceScope.of(before.with(span), context).<TokenAnswer> defer(request)
                    .onItem().invoke(answer -> refreshed(span, answer))
                    .onFailure().invoke(problem -> Errors.set(span, Optional.of(problem.getClass().getName())))
                    .onTermination().invoke(() -> span.end());
        });
    }

    private static void refreshed(Span span, TokenAnswer answer) {
        RefreshOutcome outcome = RefreshOutcome.of(answer);
        span.setAttribute(SpanNames.OUTCOME, outcome.name().toLowerCase(Locale.ROOT));
        if (outcome != RefreshOutcome.REFRESHED) {
            Errors.set(span, answer instanceof TokenAnswer.Error error ? Optional.of(error.error().code()) : Optional.empty());
        }
    }
}

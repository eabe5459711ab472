package io.quarkiverse.deviceauthorization.runtime.tracing;

import java.util.Locale;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.StatusCode;
import io.quarkiverse.deviceauthorization.OAuthError;
import io.quarkiverse.deviceauthorization.runtime.protocol.Telemetry.Leaving;
import io.quarkiverse.deviceauthorization.runtime.protocol.Telemetry.PollOutcome;
import io.quarkiverse.deviceauthorization.store.StoredFlow;
import io.quarkiverse.deviceauthorization.store.StoredFlow.Status;

/**
 * The span of one flow in this process. What is only looked at once it has ended is added then: there may be thousands that
 * wait, and each list that a span has is made for more than a hundred of whatever is in it.
 */
final class FlowSpan {

    /** How many things that can happen again and again are told one by one: there is always room for how it ends. */
    private static final int MOST_EVENTS = 32;

    private final Span span;
    private final SpanContext request;
    private int polls;
    private int events;
    private boolean started;
    private boolean over;

    /** @param request who has started it, or has gone on with it; invalid if nobody is traced */
    FlowSpan(Span span, SpanContext request) {
        this.span = span;
        this.request = request;
    }

    Span span() {
        return span;
    }

    synchronized void started() {
        started = true;
        span.addEvent(SpanNames.STARTED);
    }

    synchronized void resumed() {
        started = true;
        span.addEvent(SpanNames.RESUMED);
    }

    synchronized boolean isStarted() {
        return started;
    }

    synchronized void polled(PollOutcome outcome) {
        polls++;
        if (outcome == PollOutcome.SLOW_DOWN) {
            repeated(SpanNames.SLOWED_DOWN);
        } else if (outcome == PollOutcome.UNAVAILABLE) {
            repeated(SpanNames.UNAVAILABLE);
        }
    }

    private void repeated(String event) {
        if (events < MOST_EVENTS) {
            events++;
            span.addEvent(event);
        }
    }

    /** The flow has ended here. */
    synchronized void ended(StoredFlow flow) {
        if (over) {
            return;
        }
        if (flow.status() == Status.FAILED) {
            Errors.set(span, flow.error().map(OAuthError::code));
        }
        outcome(flow, flow.status().name());
        span.end();
        over = true;
    }

    /** This process doesn't go on with it. One that nobody asked for any more was over when its codes ended. */
    synchronized void left(StoredFlow flow, Leaving reason) {
        if (over) {
            return;
        }
        outcome(flow, reason.name());
        if (reason == Leaving.FORGOTTEN) {
            span.end(flow.pending().expiresAt());
        } else {
            span.end();
        }
        over = true;
    }

    private void link() {
        if (request.isValid()) {
            span.addLink(request);
        }
    }

    private void outcome(StoredFlow flow, String name) {
        link();
        String outcome = name.toLowerCase(Locale.ROOT);
        span.setAttribute(SpanNames.FLOW_ID, flow.pending().id());
        span.setAttribute(SpanNames.POLLS, polls);
        span.setAttribute(SpanNames.OUTCOME, outcome);
        span.addEvent(SpanNames.PREFIX + outcome);
    }

    /** It was never stored. */
    synchronized void notStarted() {
        link();
        span.setStatus(StatusCode.ERROR);
        span.setAttribute(SpanNames.OUTCOME, "not_started");
        span.end();
        over = true;
    }
}

package io.quarkiverse.deviceauthorization.runtime.tracing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;
import io.quarkiverse.deviceauthorization.runtime.logging.FlowContext;
import io.quarkiverse.deviceauthorization.runtime.protocol.Telemetry.Scope;
import io.vertx.core.Vertx;
import io.vertx.core.impl.ContextInternal;

@DisplayName("What is done as part of a trace, on an event loop,")
class TraceScopeTest {

    private final Vertx vertx = Vertx.vertx();
    private final Supplier<ContextInternal> current = () -> (ContextInternal) vertx.getOrCreateContext();
    private final List<SpanContext> seen = new ArrayList<>();
    private final List<ContextInternal> contexts = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private final Span one = span('a');
    private final Span other = span('b');

    private static Span span(char digit) {
        return Span.wrap(SpanContext.create(String.valueOf(digit).repeat(32), String.valueOf(digit).repeat(16),
                TraceFlags.getSampled(), TraceState.getDefault()));
    }

    private Scope flow(Span span) {
        return TraceScope.ofFlow("tv", "flow-1", Context.root().with(span), current);
    }

    private void look() {
        seen.add(Span.current().getSpanContext());
        contexts.add(current.get());
    }

    /** Does something in the context of a verticle, which others work in, too. */
    private void onEventLoop(Consumer<ContextInternal> work) throws Exception {
        CompletableFuture<Void> done = new CompletableFuture<>();
        vertx.getOrCreateContext().runOnContext(nothing -> {
            try {
                work.accept(current.get());
                done.complete(null);
            } catch (Throwable problem) {
                done.completeExceptionally(problem);
            }
        });
        done.get(10, TimeUnit.SECONDS);
    }

    @Test
    @DisplayName("has a context of its own, where the trace is found, and leaves nothing behind in that of the caller")
    void ownContext() throws Exception {
        onEventLoop(here -> {
            flow(one).run(this::look);
            assertThat(current.get()).isSameAs(here);
            assertThat(Span.current().getSpanContext().isValid()).isFalse();
        });
        assertThat(seen).extracting(SpanContext::getTraceId).containsExactly("a".repeat(32));
        assertThat(contexts).allMatch(ContextInternal::isDuplicate).allMatch(context -> FlowContext.isIn(context, "flow-1"));
    }

    @Test
    @DisplayName("stays in the context that its flow has already, in the same trace")
    void sameContext() throws Exception {
        onEventLoop(here -> flow(one).run(() -> {
            look();
            flow(one).run(this::look);
        }));
        assertThat(contexts.get(1)).isSameAs(contexts.get(0));
    }

    @Test
    @DisplayName("gets another context where that of its flow is part of another trace, as after a hand-over, or of none")
    void otherTrace() throws Exception {
        onEventLoop(here -> {
            flow(one).run(() -> {
                look();
                flow(other).run(this::look);
                look();
            });
            FlowContext untraced = FlowContext.of(here, "tv", "flow-1");
            untraced.run(() -> flow(one).run(this::look));
        });
        assertThat(seen).extracting(span -> span.getTraceId().charAt(0)).containsExactly('a', 'b', 'a', 'a');
        assertThat(contexts.get(2)).as("gone back to").isSameAs(contexts.get(0));
        assertThat(contexts.get(1)).isNotSameAs(contexts.get(0));
    }

    @Test
    @DisplayName("for no flow has a context of its own each time")
    void noFlow() throws Exception {
        Scope scope = TraceScope.of(Context.root().with(one), current);
        onEventLoop(here -> scope.run(() -> {
            look();
            scope.run(this::look);
        }));
        assertThat(seen).extracting(SpanContext::getTraceId).containsOnly("a".repeat(32));
        assertThat(contexts.get(1)).isNotSameAs(contexts.get(0));
        assertThat(contexts).noneMatch(context -> FlowContext.isIn(context, "flow-1"));
    }

    @Test
    @DisplayName("leaves its context also when it fails")
    void failing() throws Exception {
        onEventLoop(here -> {
            assertThatThrownBy(() -> flow(one).run(() -> {
                throw new IllegalStateException("It failed");
            })).hasMessage("It failed");
            assertThat(current.get()).isSameAs(here);
        });
    }
}

package io.quarkiverse.deviceauthorization.runtime.tracing;

import java.util.function.Supplier;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Context;
import io.quarkiverse.deviceauthorization.runtime.logging.FlowContext;
import io.quarkiverse.deviceauthorization.runtime.logging.FlowMdc;
import io.quarkiverse.deviceauthorization.runtime.protocol.Telemetry.Scope;
import io.quarkus.opentelemetry.runtime.QuarkusContextStorage;
import io.vertx.core.impl.ContextInternal;

/**
 * Does things as part of a trace. Quarkus keeps the trace that a thread works for in the duplicated context of Vert.x that it
 * is in, where the instrumentation of HTTP clients finds it; timers have none.
 */
abstract class TraceScope implements Scope {

    private final Context trace;
    private final Supplier<ContextInternal> context;

    private TraceScope(Context trace, Supplier<ContextInternal> context) {
        this.trace = trace;
        this.context = context;
    }

    /**
     * @param trace has the span that it is part of
     * @param context the context that a thread is in, or that it gets now; none where there is no Vert.x
     * @return surrounds what is done for a flow
     */
    static Scope ofFlow(String client, String flow, Context trace, Supplier<ContextInternal> context) {
        return new TraceScope(trace, context) {
            @Override
            void runAnywhere(Runnable work) {
                FlowMdc.run(client, flow, work);
            }

            @Override
            boolean isIn(ContextInternal here) {
                return FlowContext.isIn(here, flow);
            }

            @Override
            void runIn(ContextInternal here, Runnable work) {
                FlowContext own = FlowContext.of(here, client, flow);
                attach(own.context());
                own.run(work);
            }
        };
    }

    /** @return surrounds what is done for no flow */
    static Scope of(Context trace, Supplier<ContextInternal> context) {
        return new TraceScope(trace, context) {
            @Override
            void runAnywhere(Runnable work) {
                work.run();
            }

            @Override
            boolean isIn(ContextInternal here) {
                return false;
            }

            @Override
            void runIn(ContextInternal here, Runnable work) {
                ContextInternal own = here.unwrap().duplicate();
                attach(own);
                FlowContext.runIn(own, work);
            }
        };
    }

    /** Where there is no Vert.x. */
    abstract void runAnywhere(Runnable work);

    abstract boolean isIn(ContextInternal here);

    abstract void runIn(ContextInternal here, Runnable work);

    /** It stays there: what comes of the work later is part of the trace too. */
    void attach(ContextInternal own) {
        QuarkusContextStorage.INSTANCE.attach(own, trace);
    }

    @Override
    public void run(Runnable work) {
        ContextInternal here = context.get();
        if (here == null) {
            trace.wrap(() -> runAnywhere(work)).run();
        } else if (isIn(here) && isTraced(here)) {
            work.run();
        } else {
            runIn(here, work);
        }
    }

    private boolean isTraced(ContextInternal here) {
        Context known = QuarkusContextStorage.getOtelContext(here);
        return known != null && Span.fromContext(known) == Span.fromContext(trace);
    }
}

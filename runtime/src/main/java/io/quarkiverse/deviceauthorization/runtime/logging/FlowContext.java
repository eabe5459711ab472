package io.quarkiverse.deviceauthorization.runtime.logging;

import io.quarkus.vertx.core.runtime.context.VertxContextSafetyToggle;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.impl.ContextInternal;

/**
 * A context of Vert.x that belongs to one flow and to nobody else: it is made for one piece of work and what comes of it, and
 * goes with it, so that nothing in it has to be tidied up.
 */
public final class FlowContext {

    /** What it is known by. A REST client makes a copy of its caller's context for each call, with this in it. */
    private static final String KEY = FlowContext.class.getName();

    private final ContextInternal context;
    private final String client;
    private final String flow;

    private FlowContext(ContextInternal context, String client, String flow) {
        this.context = context;
        this.client = client;
        this.flow = flow;
    }

    /**
     * @param here a context of the event loop that it shall use
     * @param client the name of the client
     * @param flow the id of the flow
     * @return a new context
     */
    public static FlowContext of(ContextInternal here, String client, String flow) {
        FlowContext made = new FlowContext(here.unwrap().duplicate(), client, flow);
        ((Context) made.context).putLocal(KEY, made);
        VertxContextSafetyToggle.setContextSafe(made.context, true); // whoever keeps a session in it shares it with nobody
        return made;
    }

    /** @return whether a thread in that context works for the flow already */
    public static boolean isIn(ContextInternal here, String flow) {
        return here.isDuplicate() && ((Context) here).getLocal(KEY) instanceof FlowContext known && known.flow.equals(flow);
    }

    /** Logs something about a call, which may be one for a flow: not every copy of a context has the MDC of the original. */
    public static void runForCall(Runnable work) {
        ContextInternal here = (ContextInternal) Vertx.currentContext();
        if (here != null && here.isDuplicate() && ((Context) here).getLocal(KEY) instanceof FlowContext known) {
            FlowMdc.run(known.client, known.flow, work);
        } else {
            work.run();
        }
    }

    public ContextInternal context() {
        return context;
    }

    /** Does something in it, at once and on this thread. */
    public void run(Runnable work) {
        runIn(context, () -> {
            FlowMdc.put(client, flow);
            work.run();
        });
    }

    /** Does something in a context, at once and on this thread. */
    public static void runIn(ContextInternal context, Runnable work) {
        ContextInternal before = context.beginDispatch();
        try {
            work.run();
        } finally {
            context.endDispatch(before);
        }
    }
}

package io.quarkiverse.deviceauthorization.runtime.logging;

import org.jboss.logging.MDC;

import io.quarkiverse.deviceauthorization.PendingAuthorization;
import io.vertx.core.Vertx;
import io.vertx.core.impl.ContextInternal;

/**
 * Puts the flow that something is logged for into the mapped diagnostic context (MDC). In Quarkus that belongs to the
 * duplicated context of Vert.x that a thread is in: what is put anywhere else on an event loop is lost.
 */
public final class FlowMdc {

    /** The MDC key of the id of a flow. */
    public static final String FLOW = "deviceAuthorization.flow";

    /** The MDC key of the name of its client. */
    public static final String CLIENT = "deviceAuthorization.client";

    private FlowMdc() {
    }

    /** Logs something that is about a flow. What was in the MDC before is there again afterwards. */
    public static void run(PendingAuthorization flow, Runnable work) {
        run(flow.client(), flow.id(), work);
    }

    /**
     * @param client the name of the client
     * @param flow the id of the flow
     * @param work logs something
     */
    public static void run(String client, String flow, Runnable work) {
        ContextInternal here = (ContextInternal) Vertx.currentContext();
        if (here != null && !here.isDuplicate()) {
            FlowContext.of(here, client, flow).run(work);
            return;
        }
        Object clientBefore = MDC.get(CLIENT);
        Object flowBefore = MDC.get(FLOW);
        put(client, flow);
        try {
            work.run();
        } finally {
            restore(CLIENT, clientBefore);
            restore(FLOW, flowBefore);
        }
    }

    static void put(String client, String flow) {
        MDC.put(CLIENT, client);
        MDC.put(FLOW, flow);
    }

    private static void restore(String key, Object before) {
        if (before == null) {
            MDC.remove(key);
        } else {
            MDC.put(key, before);
        }
    }
}

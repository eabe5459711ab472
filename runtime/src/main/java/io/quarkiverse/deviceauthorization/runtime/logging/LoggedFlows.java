package io.quarkiverse.deviceauthorization.runtime.logging;

import java.util.function.Supplier;

import org.jboss.logging.Logger;

import io.quarkiverse.deviceauthorization.PendingAuthorization;
import io.quarkiverse.deviceauthorization.event.DeviceAuthorizationEvent;
import io.quarkiverse.deviceauthorization.event.FlowEvent;
import io.quarkiverse.deviceauthorization.runtime.protocol.Telemetry;
import io.vertx.core.impl.ContextInternal;

/**
 * Lets log entries say which flow they are about: those of observers, and those of the REST client where it logs its requests.
 * Where it doesn't, a poll costs no more than to look whether it does.
 */
public class LoggedFlows implements Telemetry {

    private static final Logger REQUESTS = Logger.getLogger("org.jboss.resteasy.reactive.client.logging");

    /** The context that a thread is in, or that it gets now. */
    protected final Supplier<ContextInternal> context;

    /** @param context the context that a thread is in, or that it gets now; none where there is no Vert.x */
    public LoggedFlows(Supplier<ContextInternal> context) {
        this.context = context;
    }

    @Override
    public Scope of(PendingAuthorization flow) {
        return new FlowScope(flow.client(), flow.id());
    }

    @Override
    public Scope polling(PendingAuthorization flow) {
        return REQUESTS.isDebugEnabled() ? of(flow) : Scope.NONE;
    }

    @Override
    public Scope telling(DeviceAuthorizationEvent event) {
        return event instanceof FlowEvent flow ? new FlowScope(flow.client(), flow.id()) : Scope.NONE;
    }

    private final class FlowScope implements Scope {

        private final String client;
        private final String flow;

        private FlowScope(String client, String flow) {
            this.client = client;
            this.flow = flow;
        }

        @Override
        public void run(Runnable work) {
            ContextInternal here = context.get();
            if (here == null) {
                FlowMdc.run(client, flow, work);
            } else if (FlowContext.isIn(here, flow)) {
                work.run();
            } else {
                FlowContext.of(here, client, flow).run(work);
            }
        }
    }
}

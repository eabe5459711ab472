package io.quarkiverse.deviceauthorization.runtime.filter;

import java.util.function.Supplier;

import io.quarkus.arc.Arc;
import io.quarkus.arc.ArcContainer;
import io.quarkus.arc.InjectableContext.ContextState;
import io.quarkus.arc.ManagedContext;

/**
 * The CDI request context that a call was made in. Another filter may have gone on in another thread, with no context or
 * another one.
 */
record CallerContext(ContextState state) {

    /** @return the one that is active now */
    static CallerContext current() {
        ArcContainer container = Arc.container();
        return new CallerContext(container == null ? null : container.requestContext().getStateIfActive());
    }

    /** @return what the work returns, which sees this context and no other */
    <T> T call(Supplier<T> work) {
        ContextState other = current().state;
        if (other == state) {
            return work.get();
        }
        ManagedContext context = Arc.container().requestContext();
        become(context, state);
        try {
            return work.get();
        } finally {
            become(context, other);
        }
    }

    private static void become(ManagedContext context, ContextState state) {
        if (state == null) {
            context.deactivate();
        } else {
            context.activate(state);
        }
    }
}

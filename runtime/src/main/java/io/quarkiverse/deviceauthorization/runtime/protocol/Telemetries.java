package io.quarkiverse.deviceauthorization.runtime.protocol;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

import org.jboss.logging.Logger;

import io.quarkiverse.deviceauthorization.PendingAuthorization;
import io.quarkiverse.deviceauthorization.event.DeviceAuthorizationEvent;
import io.quarkiverse.deviceauthorization.store.AuthorizationStore;
import io.quarkiverse.deviceauthorization.store.StoredFlow;
import io.smallrye.mutiny.Uni;

/**
 * Some that look, one after the other. That one of them fails is no problem of a flow; neither are the Errors of libraries that
 * don't fit each other, since the answer that is looked at may be an approval.
 */
public final class Telemetries implements Telemetry {

    private static final Logger LOG = Logger.getLogger(Telemetries.class);

    private final Telemetry[] all;

    private Telemetries(List<Telemetry> all) {
        this.all = all.toArray(Telemetry[]::new);
    }

    /** @return all of them as one; none costs nothing */
    public static Telemetry of(List<Telemetry> all) {
        return all.isEmpty() ? NONE : new Telemetries(all);
    }

    @Override
    public void client(String client, IntSupplier active) {
        each(one -> one.client(client, active));
    }

    @Override
    public AuthorizationStore store(String client, AuthorizationStore store) {
        AuthorizationStore seen = store;
        for (Telemetry one : all) {
            try {
                seen = one.store(client, seen);
            } catch (Throwable problem) {
                failed(problem);
            }
        }
        return seen;
    }

    @Override
    public Caller caller() {
        Caller caller = Caller.UNKNOWN;
        for (Telemetry one : all) {
            try {
                caller = caller == Caller.UNKNOWN ? one.caller() : caller;
            } catch (Throwable problem) {
                failed(problem);
            }
        }
        return caller;
    }

    @Override
    public Optional<String> starting(PendingAuthorization flow, Caller caller) {
        Optional<String> traceparent = Optional.empty();
        for (Telemetry one : all) {
            try {
                Optional<String> span = one.starting(flow, caller);
                traceparent = traceparent.isPresent() ? traceparent : span;
            } catch (Throwable problem) {
                failed(problem);
            }
        }
        return traceparent;
    }

    @Override
    public void notStarted(PendingAuthorization flow) {
        each(one -> one.notStarted(flow));
    }

    @Override
    public void started(StoredFlow flow) {
        each(one -> one.started(flow));
    }

    @Override
    public void startFailed(String client, String owner, Throwable problem) {
        each(one -> one.startFailed(client, owner, problem));
    }

    @Override
    public void resumed(StoredFlow flow) {
        each(one -> one.resumed(flow));
    }

    @Override
    public Scope of(PendingAuthorization flow) {
        return scope(one -> one.of(flow));
    }

    /** Often enough to do without a function. */
    @Override
    public Scope polling(PendingAuthorization flow) {
        Scope scope = Scope.NONE;
        for (Telemetry one : all) {
            try {
                scope = both(scope, one.polling(flow));
            } catch (Throwable problem) {
                failed(problem);
            }
        }
        return scope;
    }

    @Override
    public Scope telling(DeviceAuthorizationEvent event) {
        return scope(one -> one.telling(event));
    }

    private Scope scope(Function<Telemetry, Scope> kind) {
        Scope scope = Scope.NONE;
        for (Telemetry one : all) {
            try {
                scope = both(scope, kind.apply(one));
            } catch (Throwable problem) {
                failed(problem);
            }
        }
        return scope;
    }

    private static Scope both(Scope outer, Scope one) {
        if (one == Scope.NONE) {
            return outer;
        }
        Scope inner = work -> surround(one, new Surrounded(work));
        return outer == Scope.NONE ? inner : work -> outer.run(() -> inner.run(work));
    }

    /** Who can't surround work doesn't keep it from being done. */
    private static void surround(Scope scope, Surrounded work) {
        try {
            scope.run(work);
        } catch (Throwable problem) {
            if (problem != work.thrown) {
                failed(problem);
            }
        }
        work.finish();
    }

    /** Work that is done once. */
    private static final class Surrounded implements Runnable {

        private final Runnable work;
        private boolean begun;
        private Throwable thrown;

        private Surrounded(Runnable work) {
            this.work = work;
        }

        @Override
        public void run() {
            begun = true;
            try {
                work.run();
            } catch (RuntimeException | Error problem) {
                thrown = problem;
                throw problem;
            }
        }

        /** Does it without anything around it, if nobody has; what it throws is for whoever wants it done. */
        private void finish() {
            if (!begun) {
                run();
            } else if (thrown instanceof RuntimeException problem) {
                throw problem;
            } else if (thrown instanceof Error problem) {
                throw problem;
            }
        }
    }

    /** As often. */
    @Override
    public void polled(StoredFlow flow, PollOutcome outcome) {
        for (Telemetry one : all) {
            try {
                one.polled(flow, outcome);
            } catch (Throwable problem) {
                failed(problem);
            }
        }
    }

    @Override
    public void ended(StoredFlow flow) {
        each(one -> one.ended(flow));
    }

    @Override
    public void left(StoredFlow flow, Leaving reason) {
        each(one -> one.left(flow, reason));
    }

    @Override
    public Uni<TokenAnswer> refreshing(String client, Caller caller, Supplier<Uni<? extends TokenAnswer>> request) {
        Uni<TokenAnswer> seen = Step.deferred(request);
        for (Telemetry one : all) {
            Uni<TokenAnswer> inner = seen;
            try {
                seen = one.refreshing(client, caller, () -> inner);
            } catch (Throwable problem) {
                failed(problem);
            }
        }
        return seen;
    }

    @Override
    public void refreshed(String client, String owner, RefreshOutcome outcome) {
        each(one -> one.refreshed(client, owner, outcome));
    }

    private void each(Consumer<Telemetry> action) {
        for (Telemetry one : all) {
            try {
                action.accept(one);
            } catch (Throwable problem) {
                failed(problem);
            }
        }
    }

    private static void failed(Throwable problem) {
        LOG.debugf(problem, "Something that looks at flows failed");
    }
}

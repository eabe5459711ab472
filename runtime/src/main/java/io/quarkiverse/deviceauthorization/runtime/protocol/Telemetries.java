package io.quarkiverse.deviceauthorization.runtime.protocol;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntSupplier;

import org.jboss.logging.Logger;

import io.quarkiverse.deviceauthorization.store.AuthorizationStore;
import io.quarkiverse.deviceauthorization.store.StoredFlow;
import io.smallrye.mutiny.Uni;

/** Some that look, one after the other. That one of them fails is no problem of a flow. */
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
            } catch (RuntimeException problem) {
                failed(problem);
            }
        }
        return seen;
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
    public Uni<TokenAnswer> polling(StoredFlow flow, Uni<TokenAnswer> request) {
        Uni<TokenAnswer> seen = request;
        for (Telemetry one : all) {
            try {
                seen = one.polling(flow, seen);
            } catch (RuntimeException problem) {
                failed(problem);
            }
        }
        return seen;
    }

    /** Often enough to do without a function. */
    @Override
    public void polled(StoredFlow flow, PollOutcome outcome) {
        for (Telemetry one : all) {
            try {
                one.polled(flow, outcome);
            } catch (RuntimeException problem) {
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
    public void refreshed(String client, String owner, RefreshOutcome outcome) {
        each(one -> one.refreshed(client, owner, outcome));
    }

    private void each(Consumer<Telemetry> action) {
        for (Telemetry one : all) {
            try {
                action.accept(one);
            } catch (RuntimeException problem) {
                failed(problem);
            }
        }
    }

    private static void failed(RuntimeException problem) {
        LOG.debugf(problem, "Something that looks at flows failed");
    }
}

package io.quarkiverse.deviceauthorization.runtime;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Function;

import org.jboss.logging.Logger;

import io.quarkiverse.deviceauthorization.AccessDeniedException;
import io.quarkiverse.deviceauthorization.AuthorizationCancelledException;
import io.quarkiverse.deviceauthorization.AuthorizationInterruptedException;
import io.quarkiverse.deviceauthorization.AuthorizationServerException;
import io.quarkiverse.deviceauthorization.DeviceAuthorizationException;
import io.quarkiverse.deviceauthorization.DeviceCodeExpiredException;
import io.quarkiverse.deviceauthorization.PendingAuthorization;
import io.quarkiverse.deviceauthorization.Tokens;
import io.quarkiverse.deviceauthorization.event.Approved;
import io.quarkiverse.deviceauthorization.event.Cancelled;
import io.quarkiverse.deviceauthorization.event.Denied;
import io.quarkiverse.deviceauthorization.event.DeviceAuthorizationEvent;
import io.quarkiverse.deviceauthorization.event.Expired;
import io.quarkiverse.deviceauthorization.event.Failed;
import io.quarkiverse.deviceauthorization.event.FlowEvent;
import io.quarkiverse.deviceauthorization.event.GaveUp;
import io.quarkiverse.deviceauthorization.event.Pending;
import io.quarkiverse.deviceauthorization.event.SlowedDown;
import io.quarkiverse.deviceauthorization.event.TransientFailure;
import io.quarkiverse.deviceauthorization.prompt.Prompt;
import io.quarkiverse.deviceauthorization.runtime.logging.FlowMdc;
import io.quarkiverse.deviceauthorization.runtime.protocol.Events;
import io.smallrye.mutiny.Uni;

/**
 * The flows that are shown by {@code login()}. What happens to them goes to the prompt, and what happens to any goes on to the
 * application's observers: where nothing is shown, that costs a look into an empty map.
 * <p>
 * How a flow has ended is told by what its callers get: it may have ended in another process, where its event is fired.
 */
final class PromptedFlows implements Events {

    private static final Logger LOG = Logger.getLogger(PromptedFlows.class);

    private final Prompt prompt;
    private final Events next;
    private final Executor executor;
    private final Map<String, PromptedFlow> byId = new ConcurrentHashMap<>();

    /**
     * @param next who else wants to know what happens
     * @param executor its threads may be blocked
     */
    PromptedFlows(Prompt prompt, Events next, Executor executor) {
        this.prompt = prompt;
        this.next = next;
        this.executor = executor;
    }

    @Override
    public boolean wants(Class<? extends DeviceAuthorizationEvent> kind) {
        return !byId.isEmpty() || next.wants(kind);
    }

    @Override
    public void accept(DeviceAuthorizationEvent event) {
        if (!byId.isEmpty() && event instanceof FlowEvent ofFlow && goesOn(ofFlow)) {
            PromptedFlow flow = byId.get(ofFlow.id());
            if (flow != null) {
                flow.tell(event);
            }
        }
        next.accept(event);
    }

    private static boolean goesOn(FlowEvent event) {
        return event instanceof Pending || event instanceof SlowedDown || event instanceof TransientFailure;
    }

    /**
     * Shows a flow as long as somebody waits for it.
     *
     * @param await waits for it
     * @return what that returns, once the prompt knows
     */
    Uni<Tokens> show(PendingAuthorization pending, Function<PendingAuthorization, Uni<Tokens>> await) {
        return Uni.createFrom().deferred(() -> {
            PromptedFlow flow = join(pending);
            return flow.shown().onItem().transformToUni(nothing -> await.apply(pending))
                    .onItemOrFailure().transformToUni((tokens, problem) -> {
                        end(flow, problem);
                        return flow.told().onItem().transformToUni(nothing -> problem == null ? Uni.createFrom().item(tokens)
                                : Uni.createFrom().failure(problem));
                    })
                    .onCancellation().invoke(() -> leave(flow));
        });
    }

    private PromptedFlow join(PendingAuthorization pending) {
        return byId.compute(pending.id(), (id, known) -> {
            PromptedFlow flow = known != null && known.join() ? known : new PromptedFlow(pending, prompt, executor);
            if (flow != known) {
                flow.join();
            }
            return flow;
        });
    }

    private void leave(PromptedFlow flow) {
        if (flow.leave()) {
            byId.remove(flow.pending().id(), flow);
            flow.end(null);
        }
    }

    private void end(PromptedFlow flow, Throwable problem) {
        byId.remove(flow.pending().id(), flow);
        flow.end(ending(flow.pending(), problem));
    }

    private static DeviceAuthorizationEvent ending(PendingAuthorization flow, Throwable problem) {
        if (problem == null) {
            return new Approved(flow.client(), flow.owner(), flow.id());
        } else if (problem instanceof AccessDeniedException) {
            return new Denied(flow.client(), flow.owner(), flow.id());
        } else if (problem instanceof DeviceCodeExpiredException) {
            return new Expired(flow.client(), flow.owner(), flow.id());
        } else if (problem instanceof AuthorizationCancelledException) {
            return new Cancelled(flow.client(), flow.owner(), flow.id());
        } else if (problem instanceof AuthorizationServerException) {
            return new GaveUp(flow.client(), flow.owner(), flow.id(), problem.getMessage());
        } else if (problem instanceof AuthorizationInterruptedException) {
            return null;
        }
        return new Failed(flow.client(), flow.owner(), flow.id(), problem instanceof DeviceAuthorizationException refused
                ? refused.error().orElse("unknown")
                : "unknown");
    }

    /**
     * Cancels what is shown to somebody who sits in front of the program and ends it.
     *
     * @param cancel cancels a flow
     * @param atMost how long to wait for that
     */
    void cancelInteractive(Function<PendingAuthorization, Uni<Void>> cancel, Duration atMost) {
        if (byId.isEmpty() || !isInteractive()) {
            return;
        }
        List<Uni<Void>> all = new ArrayList<>();
        for (PromptedFlow flow : byId.values()) {
            all.add(cancel.apply(flow.pending()).onItem().transformToUni(nothing -> flow.told())
                    .onFailure().invoke(problem -> FlowMdc.run(flow.pending(), () -> notCancelled(problem)))
                    .onFailure().recoverWithNull());
        }
        try {
            Uni.join().all(all).andFailFast().await().atMost(atMost);
        } catch (RuntimeException e) { // not in time
            notCancelled(e);
        }
    }

    /** What a prompt of the application throws must not keep everything else from being stopped. */
    private boolean isInteractive() {
        try {
            return prompt.isInteractive();
        } catch (Throwable problem) { // also an Error
            LOG.warnf(problem, "The prompt %s failed", prompt.getClass().getName());
            return false;
        }
    }

    private static void notCancelled(Throwable problem) {
        LOG.debugf("A sign-in that was shown could not be cancelled: %s", problem.getMessage());
    }
}

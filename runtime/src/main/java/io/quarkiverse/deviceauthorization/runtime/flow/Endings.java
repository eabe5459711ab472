package io.quarkiverse.deviceauthorization.runtime.flow;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.jboss.logging.Logger;

import io.quarkiverse.deviceauthorization.AuthorizationCancelledException;
import io.quarkiverse.deviceauthorization.AuthorizationRequiredException;
import io.quarkiverse.deviceauthorization.DeviceAuthorizationException;
import io.quarkiverse.deviceauthorization.InvalidGrantException;
import io.quarkiverse.deviceauthorization.OAuthError;
import io.quarkiverse.deviceauthorization.PendingAuthorization;
import io.quarkiverse.deviceauthorization.PollResult;
import io.quarkiverse.deviceauthorization.Tokens;
import io.quarkiverse.deviceauthorization.runtime.config.ConfigKeys;
import io.quarkiverse.deviceauthorization.runtime.protocol.Telemetry;
import io.quarkiverse.deviceauthorization.runtime.protocol.Telemetry.Leaving;
import io.quarkiverse.deviceauthorization.runtime.protocol.TokenAnswer;
import io.quarkiverse.deviceauthorization.store.StoredFlow;
import io.quarkiverse.deviceauthorization.store.StoredFlow.Status;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;

/** How flows end: what those who ask are told, and what is left to be done. */
final class Endings {

    private static final Logger LOG = Logger.getLogger(Endings.class);

    /** When an end is stored again that could not be stored. */
    private static final Duration AGAIN = Duration.ofSeconds(5);

    /** For how long that is tried after the codes have ended: our own stores forget the flow then. */
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private final FlowEngine engine;
    private final Map<Runnable, Cancellable> again = new HashMap<>();

    Endings(FlowEngine engine) {
        this.engine = engine;
    }

    /** @return what those who ask for a flow that has ended are told */
    Uni<PollResult> result(StoredFlow ended) {
        PendingAuthorization pending = ended.pending();
        OAuthError error = ended.error().orElse(null);
        return switch (ended.status()) {
            case APPROVED -> engine.tokens().of(pending.owner()).get().onItem().<PollResult> transform(PollResult.Granted::new)
                    .onFailure(AuthorizationRequiredException.class)
                    .recoverWithItem(signedOut -> new PollResult.Refused(signedOut));
            case CANCELLED -> refused(cancelled());
            case PENDING -> refused(issuedToAnother(ended));
            case EXPIRED -> refused(engine.refusal().expired(error));
            case DENIED -> refused(engine.refusal().ofPoll(TokenAnswer.Meaning.DENIED, error));
            default -> refused(engine.refusal().ofPoll(TokenAnswer.Meaning.REFUSED, error));
        };
    }

    /** The configuration has changed since the flow was started, or differs between processes. */
    InvalidGrantException issuedToAnother(StoredFlow flow) {
        return new InvalidGrantException("The codes of this sign-in for " + ConfigKeys.describe(engine.client())
                + " were issued to " + flow.binding().registration().orElse("another client") + ", which is now "
                + engine.server().registration().orElse("another one")
                + ". Start a new one when the person asks for it, or set what it was back", null);
    }

    private static Uni<PollResult> refused(DeviceAuthorizationException cause) {
        return Uni.createFrom().item(new PollResult.Refused(cause));
    }

    AuthorizationCancelledException cancelled() {
        return new AuthorizationCancelledException("The sign-in for " + ConfigKeys.describe(engine.client())
                + " was cancelled. Start a new one when the person asks for it", null);
    }

    /**
     * Stores how a flow has ended. Fails when that can't be done now; what then has to be done is done by itself.
     *
     * @param ending what those who ask are told, unless another process has ended the flow before
     */
    Uni<Void> store(Flow flow, Status status, Optional<OAuthError> error, PollResult ending) {
        return attempt(flow, status, error, ending)
                .onFailure().recoverWithUni(problem -> notStored(flow, status, error, ending, problem));
    }

    /** Stores how a flow has ended, once more perhaps, and tells it, if nobody has. Fails when that can't be done now. */
    Uni<Void> attempt(Flow flow, Status status, Optional<OAuthError> error, PollResult ending) {
        return flow.record().change(stored -> stored.ended(status, error)).onItem().transformToUni(before -> {
            if (before.isPresent()) {
                return overruled(flow, before.get(), ending);
            }
            tell(flow, flow.stored(), () -> engine.pending().remove(flow, Leaving.ENDED));
            return Uni.createFrom().voidItem();
        });
    }

    /**
     * A flow whose end can't be stored is remembered here, so that nobody goes on with it. Where another process might, it is
     * stored as soon as it can be, and whoever does so tells it.
     */
    private Uni<Void> notStored(Flow flow, Status status, Optional<OAuthError> error, PollResult ending, Throwable problem) {
        engine.warn(flow, "The end of a sign-in of " + ConfigKeys.describe(engine.client())
                + " could not be stored", problem);
        if (engine.store().handsOver()
                && engine.clock().instant().isBefore(flow.pending().expiresAt().plus(LONGEST))) {
            later(() -> engine.attempt(flow, attempt(flow, status, error, ending).onFailure()
                    .recoverWithUni(next -> engine.isStopped() ? Uni.createFrom().voidItem()
                            : notStored(flow, status, error, ending, next))));
        } else {
            tell(flow, flow.stored().ended(status, error), () -> {
            });
        }
        return Uni.createFrom().failure(problem);
    }

    private void later(Runnable store) {
        synchronized (again) {
            if (engine.isStopped()) {
                return;
            }
            again.put(store, engine.timer().schedule(AGAIN, () -> {
                if (isDue(store)) {
                    store.run();
                }
            }));
        }
    }

    private boolean isDue(Runnable store) {
        synchronized (again) {
            return again.remove(store) != null;
        }
    }

    /** The application stops: what could not be stored is tried once more, now. */
    void stop() {
        List<Runnable> all;
        synchronized (again) {
            again.values().forEach(Cancellable::cancel);
            all = List.copyOf(again.keySet());
            again.clear();
        }
        all.forEach(Runnable::run);
    }

    /** @param leave makes room for another flow, which somebody may start who hears of the end of this one */
    private void tell(Flow flow, StoredFlow ended, Runnable leave) {
        boolean first = flow.tellsEnd();
        Telemetry.Scope scope = engine.telemetry().polling(ended.pending());
        if (first) {
            engine.telemetry().ended(ended);
        }
        leave.run();
        if (first) {
            FlowEvents.ended(ended).ifPresent(event -> engine.fire(scope, event));
        }
    }

    /** Another process has ended the flow before: what it made of it counts, and nothing that it doesn't know of is left. */
    private Uni<Void> overruled(Flow flow, StoredFlow found, PollResult ours) {
        Uni<Void> undone = ours instanceof PollResult.Granted granted && found.status() != Status.APPROVED
                ? engine.tokens().of(found.pending().owner()).withdraw(granted.tokens())
                : Uni.createFrom().voidItem();
        return undone.onItem().transformToUni(nothing -> result(found)).onItem().invoke(flow::overruled).replaceWithVoid();
    }

    /**
     * Nobody but us knows these tokens, and nobody will use them.
     *
     * @param scope that of the flow, which may have been left
     */
    Uni<Void> revoke(Tokens unwanted, Telemetry.Scope scope) {
        return scope.<Void> defer(() -> engine.server().revoke(unwanted))
                .onFailure().invoke(problem -> scope.run(
                        () -> LOG.warnf("Tokens of %s that nobody uses are not revoked: %s",
                                ConfigKeys.describe(engine.client()), problem.getMessage())))
                .onFailure().recoverWithNull();
    }
}

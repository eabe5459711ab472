package io.quarkiverse.deviceauthorization.runtime.flow;

import java.util.Optional;

import io.quarkiverse.deviceauthorization.DeviceAuthorizationException;
import io.quarkiverse.deviceauthorization.InvalidIdTokenException;
import io.quarkiverse.deviceauthorization.Tokens;
import io.quarkiverse.deviceauthorization.store.StoredFlow;
import io.smallrye.mutiny.Uni;

/**
 * The tokens of an approved flow until they are where they belong: kept with the flow, checked, and stored for their owner.
 * Nobody sees them before, and they are not asked for again.
 */
final class Approval {

    /** How often an ID token is checked, after the codes have ended, while that can't be done. */
    private static final int LATE_CHECKS = 5;

    /** What became of the tokens. */
    sealed interface Outcome {

        /** They are stored. */
        record Stored(Tokens tokens) implements Outcome {
        }

        /** They are not to be used. */
        record Refused(DeviceAuthorizationException reason) implements Outcome {
        }

        /** Somebody has ended the flow meanwhile: nobody wants them. */
        record Unwanted(Optional<StoredFlow> ended) implements Outcome {
        }
    }

    private final FlowEngine engine;
    private final ScheduledFlow flow;
    private volatile Tokens tokens;
    private volatile boolean storing;
    private volatile boolean resting = true;
    private int lateChecks;

    Approval(FlowEngine engine, ScheduledFlow flow, Tokens tokens) {
        this.engine = engine;
        this.flow = flow;
        this.tokens = tokens;
    }

    /** @return what was granted */
    Tokens tokens() {
        return tokens;
    }

    /** From now on somebody brings them home. */
    void goesOn(Tokens granted) {
        tokens = granted;
        resting = false;
    }

    /** They could not be brought home, and have to wait until it is tried again. */
    void rest() {
        resting = true;
    }

    /** @return whether nobody is bringing them home */
    boolean rests() {
        return resting;
    }

    /** @return whether it is too late to cancel */
    boolean isStoring() {
        return storing;
    }

    /** They are about to be stored for their owner. */
    void begins() {
        storing = true;
    }

    /**
     * Tries to bring the tokens home.
     *
     * @return the outcome; fails when it has to be tried again
     */
    Uni<Outcome> finish(Tokens granted) {
        Uni<Optional<StoredFlow>> kept = engine.store().shared() ? keep(granted) : Uni.createFrom().item(Optional.empty());
        return kept.onItem().transformToUni(ended -> ended.isPresent()
                ? Uni.createFrom().item(new Outcome.Unwanted(ended))
                : engine.telemetry().of(flow.pending()).<Void> defer(
                        () -> engine.server().checkIdToken(granted, flow.stored().binding())).onItemOrFailure().transformToUni(
                                (nothing, problem) -> problem == null ? store(granted) : unchecked(granted, problem)));
    }

    /** Whoever goes on with the flow, after a crash for example, goes on with these tokens: their code is spent. */
    private Uni<Optional<StoredFlow>> keep(Tokens granted) {
        return flow.stored().granted().isPresent() ? Uni.createFrom().item(Optional.empty())
                : flow.record().change(flow -> flow.granted(granted));
    }

    private Uni<Outcome> store(Tokens granted) {
        if (!flow.beginsStoring(this)) {
            return Uni.createFrom().item(new Outcome.Unwanted(Optional.empty()));
        }
        return engine.tokens().of(flow.stored().pending().owner())
                .granted(granted, flow.stored().pending().id()).onItem().transform(Outcome.Stored::new);
    }

    /**
     * What is wrong with an ID token stays wrong. What is only not known yet is asked again, as long as the codes live
     * and a few times more, by whoever goes on with the flow.
     */
    private Uni<Outcome> unchecked(Tokens granted, Throwable problem) {
        if (problem instanceof InvalidIdTokenException || flow.codesHaveEnded() && ++lateChecks >= LATE_CHECKS) {
            return Uni.createFrom().item(new Outcome.Refused(
                    problem instanceof DeviceAuthorizationException known ? known : engine.refusal().unexpected(problem)));
        }
        return keep(granted).onItem().transformToUni(ended -> ended.isPresent()
                ? Uni.createFrom().item(new Outcome.Unwanted(ended))
                : Uni.createFrom().failure(problem));
    }
}

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

    private final Flows flows;
    private final FlowRecord record;
    private final NextRequest next;
    private volatile Tokens tokens;
    private volatile boolean storing;
    private int lateChecks;

    Approval(Flows flows, FlowRecord record, NextRequest next) {
        this.flows = flows;
        this.record = record;
        this.next = next;
        this.tokens = record.flow().granted().orElse(null);
    }

    /** @return what was granted, as long as it is not stored; or null */
    Tokens tokens() {
        return tokens;
    }

    void granted(Tokens granted) {
        tokens = granted;
    }

    /** @return whether it is too late to cancel */
    boolean isStoring() {
        return storing;
    }

    void over() {
        tokens = null;
    }

    /**
     * Tries to bring the tokens home.
     *
     * @param begin asked right before they are stored for their owner, whether somebody still wants them
     * @return the outcome; fails when it has to be tried again
     */
    Uni<Outcome> finish(Tokens granted, Begin begin) {
        Uni<Optional<StoredFlow>> kept = flows.store().shared() ? keep(granted) : Uni.createFrom().item(Optional.empty());
        return kept.onItem().transformToUni(ended -> ended.isPresent()
                ? Uni.createFrom().item(new Outcome.Unwanted(ended))
                : flows.server().checkIdToken(granted, record.flow().binding()).onItemOrFailure().transformToUni(
                        (nothing, problem) -> problem == null ? store(granted, begin) : unchecked(granted, problem)));
    }

    /** Whoever goes on with the flow, after a crash for example, goes on with these tokens: their code is spent. */
    private Uni<Optional<StoredFlow>> keep(Tokens granted) {
        return record.flow().granted().isPresent() ? Uni.createFrom().item(Optional.empty())
                : record.change(flow -> flow.granted(granted));
    }

    private Uni<Outcome> store(Tokens granted, Begin begin) {
        if (!begin.storing(() -> storing = true)) {
            return Uni.createFrom().item(new Outcome.Unwanted(Optional.empty()));
        }
        return flows.tokens().of(record.flow().pending().owner())
                .granted(granted, record.flow().pending().id()).onItem().transform(Outcome.Stored::new);
    }

    /**
     * What is wrong with an ID token stays wrong. What is only not known yet is asked again, as long as the codes live
     * and a few times more, by whoever goes on with the flow.
     */
    private Uni<Outcome> unchecked(Tokens granted, Throwable problem) {
        if (problem instanceof InvalidIdTokenException || next.hasEnded() && ++lateChecks >= LATE_CHECKS) {
            return Uni.createFrom().item(new Outcome.Refused(
                    problem instanceof DeviceAuthorizationException known ? known : flows.refusal().unexpected(problem)));
        }
        return keep(granted).onItem().transformToUni(ended -> ended.isPresent()
                ? Uni.createFrom().item(new Outcome.Unwanted(ended))
                : Uni.createFrom().failure(problem));
    }

    /** Asks for leave to store tokens. */
    interface Begin {

        /** @return whether they may be stored; if so, it has been noted before anybody can cancel */
        boolean storing(Runnable note);
    }
}

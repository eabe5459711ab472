package io.quarkiverse.deviceauthorization.runtime.protocol;

import java.util.Optional;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

import io.quarkiverse.deviceauthorization.PendingAuthorization;
import io.quarkiverse.deviceauthorization.event.DeviceAuthorizationEvent;
import io.quarkiverse.deviceauthorization.store.AuthorizationStore;
import io.quarkiverse.deviceauthorization.store.StoredFlow;
import io.smallrye.mutiny.Uni;

/**
 * Sees what happens to flows, refreshes and the store, and makes numbers or traces of it. It holds nobody up, and changes
 * nothing. What it is given may hold secrets, none of which it shows.
 * <p>
 * It hears of polls by the thousand in a second: what is only looked at is not copied for it.
 */
public interface Telemetry {

    /** Nobody looks. */
    Telemetry NONE = new Telemetry() {
    };

    /** What came of one token request of a flow (RFC 8628 §3.5). */
    enum PollOutcome {
        /** {@code authorization_pending}: the person has not decided yet. */
        PENDING,
        /** {@code slow_down}: not yet, and less often from now on. */
        SLOW_DOWN,
        /** Tokens. */
        GRANTED,
        /** {@code access_denied}: the person said no. */
        DENIED,
        /** {@code expired_token}: nobody decided in time. */
        EXPIRED,
        /** Another error: the flow can't go on. */
        REFUSED,
        /** No OAuth answer: no connection, a time-out, a 5xx. */
        UNAVAILABLE;

        /** @return what an answer is */
        public static PollOutcome of(TokenAnswer answer) {
            if (answer instanceof TokenAnswer.Error error) {
                return switch (error.meaning()) {
                    case PENDING -> PENDING;
                    case SLOW_DOWN -> SLOW_DOWN;
                    case DENIED -> DENIED;
                    case EXPIRED -> EXPIRED;
                    case REFUSED -> REFUSED;
                };
            }
            return answer instanceof TokenAnswer.Granted ? GRANTED : UNAVAILABLE;
        }
    }

    /** Why this process doesn't know a flow any more. */
    enum Leaving {
        /** It has ended here. */
        ENDED,
        /** Another process has ended it. */
        ENDED_ELSEWHERE,
        /** Another process goes on with it. */
        HANDED_OVER,
        /** Nobody has asked for it, and its codes have ended. */
        FORGOTTEN,
        /** The application stops. */
        STOPPED
    }

    /** What came of one request for other tokens (RFC 6749 §6). */
    enum RefreshOutcome {
        /** Tokens. */
        REFRESHED,
        /** {@code invalid_grant}: the refresh token is not accepted any more. */
        REJECTED,
        /** Another error, which can be mended. */
        REFUSED,
        /** No OAuth answer. */
        UNAVAILABLE;

        /** @return what an answer is */
        public static RefreshOutcome of(TokenAnswer answer) {
            if (answer instanceof TokenAnswer.Error error) {
                return error.error().code().equals("invalid_grant") ? REJECTED : REFUSED;
            }
            return answer instanceof TokenAnswer.Granted ? REFRESHED : UNAVAILABLE;
        }
    }

    /** What work belongs to: whose trace it goes on with, and what its log entries say. */
    @FunctionalInterface
    interface Scope {

        /** Nothing surrounds it but what is there anyway. */
        Scope NONE = Runnable::run;

        /** Does something at once, on this thread. */
        void run(Runnable work);

        /** @return what the work brings, which is begun and subscribed to in this scope */
        default <T> Uni<T> defer(Supplier<Uni<? extends T>> work) {
            return this == NONE ? Step.deferred(work) : Step.within(this, work);
        }
    }

    /** Somebody who asks for something that is answered later, perhaps on another thread. */
    interface Caller {

        /** It doesn't matter who. */
        Caller UNKNOWN = new Caller() {
        };
    }

    /**
     * A client is used for the first time.
     *
     * @param client its name
     * @param active counts the flows of the client that this process knows and that have not ended
     */
    default void client(String client, IntSupplier active) {
    }

    /**
     * @param client the name of a client
     * @param store its store
     * @return the same store, looked at
     */
    default AuthorizationStore store(String client, AuthorizationStore store) {
        return store;
    }

    /** @return who asks now, on this thread */
    default Caller caller() {
        return Caller.UNKNOWN;
    }

    /**
     * The server has issued codes, and the flow is about to be stored. It is then told as {@linkplain #started started}, or as
     * {@linkplain #notStarted not started}.
     *
     * @param flow the flow
     * @param caller who wants it
     * @return the {@code traceparent} by which other processes go on with its trace
     */
    default Optional<String> starting(PendingAuthorization flow, Caller caller) {
        return Optional.empty();
    }

    /** A flow could not be stored, or whoever wanted it has gone meanwhile. */
    default void notStarted(PendingAuthorization flow) {
    }

    /**
     * The server has issued codes, and the flow is stored. Told before whoever asked for it gets it.
     *
     * @param flow the flow at its beginning
     */
    default void started(StoredFlow flow) {
    }

    /**
     * @param client the name of the client
     * @param owner the account holder
     * @param problem why no flow was started
     */
    default void startFailed(String client, String owner, Throwable problem) {
    }

    /**
     * This process goes on with a flow that was started by another one, or that it had left.
     *
     * @param flow the flow as it was found
     */
    default void resumed(StoredFlow flow) {
    }

    /**
     * What is done for a flow is done by timers and in answers, on threads and in contexts of nobody.
     *
     * @param flow a flow that was {@linkplain #started started} or {@linkplain #resumed resumed}, and is not left
     * @return surrounds it; also afterwards
     */
    default Scope of(PendingAuthorization flow) {
        return Scope.NONE;
    }

    /**
     * @param flow a flow that is known here
     * @return surrounds a request of which there are thousands in a second, and what comes of it; no more than what is seen
     */
    default Scope polling(PendingAuthorization flow) {
        return Scope.NONE;
    }

    /**
     * Something is about to be told to the application, later and on another thread.
     *
     * @param event what has happened
     * @return surrounds those who hear of it
     */
    default Scope telling(DeviceAuthorizationEvent event) {
        return Scope.NONE;
    }

    /**
     * A token request was answered, or will not be. One that is let go since the flow has ended is not told.
     *
     * @param flow the flow before anything is made of the answer
     * @param outcome the answer
     */
    default void polled(StoredFlow flow, PollOutcome outcome) {
    }

    /**
     * A flow has ended; told once, by the process that ended it, and before it is left. Only when the end could not be stored
     * at first, or the application stops meanwhile, it is told after that.
     *
     * @param flow the flow with its last status
     */
    default void ended(StoredFlow flow) {
    }

    /**
     * This process doesn't know the flow any more; told once for each that was {@linkplain #started started} or
     * {@linkplain #resumed resumed}.
     *
     * @param flow the flow
     * @param reason why
     */
    default void left(StoredFlow flow, Leaving reason) {
    }

    /**
     * A refresh is about to be asked for.
     *
     * @param client the name of the client
     * @param caller who wants the tokens
     * @param request asks
     * @return the same request
     */
    default Uni<TokenAnswer> refreshing(String client, Caller caller, Supplier<Uni<? extends TokenAnswer>> request) {
        return Step.deferred(request);
    }

    /**
     * A refresh was answered, or could not be asked for.
     *
     * @param client the name of the client
     * @param owner the account holder
     * @param outcome the answer
     */
    default void refreshed(String client, String owner, RefreshOutcome outcome) {
    }
}

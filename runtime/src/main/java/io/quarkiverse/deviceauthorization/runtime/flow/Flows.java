package io.quarkiverse.deviceauthorization.runtime.flow;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Comparator;
import java.util.Optional;

import io.quarkiverse.deviceauthorization.AuthorizationRequest;
import io.quarkiverse.deviceauthorization.DeviceAuthorizationException;
import io.quarkiverse.deviceauthorization.PendingAuthorization;
import io.quarkiverse.deviceauthorization.PollResult;
import io.quarkiverse.deviceauthorization.Tokens;
import io.quarkiverse.deviceauthorization.runtime.protocol.AuthorizationServer;
import io.quarkiverse.deviceauthorization.runtime.protocol.DeferredStore;
import io.quarkiverse.deviceauthorization.runtime.protocol.DeviceCodes;
import io.quarkiverse.deviceauthorization.runtime.protocol.Events;
import io.quarkiverse.deviceauthorization.runtime.protocol.Step;
import io.quarkiverse.deviceauthorization.runtime.protocol.Telemetry;
import io.quarkiverse.deviceauthorization.runtime.protocol.Timer;
import io.quarkiverse.deviceauthorization.runtime.protocol.UnderWay;
import io.quarkiverse.deviceauthorization.runtime.token.TokenVault;
import io.quarkiverse.deviceauthorization.store.AuthorizationStore;
import io.quarkiverse.deviceauthorization.store.FlowBinding;
import io.quarkiverse.deviceauthorization.store.StoredFlow;
import io.smallrye.mutiny.Uni;

/** The flows of one client: starts them, finds them again, here or in the store, and ends them. */
public final class Flows {

    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    /** What a person needs at least to enter a code. */
    private static final Duration TIME_TO_DECIDE = Duration.ofMinutes(1);

    private final FlowEngine engine;
    private final TakeOver takeOver;
    /** Of an object, since what is static would be made when a native executable is built, and known to whoever reads it. */
    private final SecureRandom random = new SecureRandom();

    public Flows(String client, AuthorizationServer server, AuthorizationStore store, TokenVault tokens, PollingPolicy policy,
            InstantSource clock, Timer timer, Events events, Telemetry telemetry) {
        this.engine = new FlowEngine(client, server, telemetry.store(client, new DeferredStore(store)), tokens, policy, clock,
                timer, events, telemetry);
        this.takeOver = new TakeOver(engine);
        telemetry.client(client, engine.pending()::count);
    }

    /**
     * @return a new flow; fails with a {@link io.quarkiverse.deviceauthorization.TooManyPendingAuthorizationsException}, before
     *         anything is sent, when too many are pending
     */
    public Uni<PendingAuthorization> start(String owner, AuthorizationRequest request) {
        return Step.deferred(() -> start(owner, request, caller()));
    }

    /** @return who asks now, and may not start a flow before something else has been looked up */
    public Telemetry.Caller caller() {
        return engine.telemetry().caller();
    }

    /**
     * @param caller who has asked for it
     * @return as {@link #start(String, AuthorizationRequest)}
     */
    public Uni<PendingAuthorization> start(String owner, AuthorizationRequest request, Telemetry.Caller caller) {
        return Step.atFailure(Step.deferred(() -> {
            PendingFlows.Place place = engine.pending().reserve();
            return Step.atEnd(Step.deferred(() -> start(owner, request, caller, place)), place::free);
        }), problem -> engine.telemetry().startFailed(engine.client(), owner, problem));
    }

    private Uni<PendingAuthorization> start(String owner, AuthorizationRequest request, Telemetry.Caller caller,
            PendingFlows.Place place) {
        Instant asked = engine.clock().instant();
        return Step.then(engine.server().requestCodes(request), codes -> {
            PendingAuthorization pending = pending(owner, codes, asked);
            Flow flow = new Flow(engine, StoredFlow.started(pending, request, binding(pending, codes.binding(), caller),
                    engine.clock().instant()), true);
            Uni<PendingAuthorization> started = Step.then(flow.store(), stored -> {
                engine.pending().started(flow, place);
                engine.telemetry().started(flow.stored());
                engine.fire(pending, FlowEvents.started(pending));
                return Uni.createFrom().item(pending);
            });
            return Step.atEnd(started, () -> {
                if (engine.pending().find(pending.id()) == null) {
                    engine.telemetry().notStarted(pending);
                }
            });
        });
    }

    /** Only who else may go on with the flow has to know its trace. */
    private FlowBinding binding(PendingAuthorization pending, FlowBinding binding, Telemetry.Caller caller) {
        Optional<String> traceparent = engine.telemetry().starting(pending, caller);
        return engine.store().shared() ? binding.traced(traceparent) : binding;
    }

    /** The codes live from when the server issued them, which was before we heard of it. */
    private PendingAuthorization pending(String owner, DeviceCodes codes, Instant asked) {
        byte[] id = new byte[16];
        random.nextBytes(id);
        return new PendingAuthorization(engine.client(), owner, BASE64.encodeToString(id),
                codes.userCode(), codes.verificationUri(), codes.verificationUriComplete(), asked.plus(codes.expiresIn()),
                codes.interval(), codes.deviceCode(), codes.parameters());
    }

    public Uni<PollResult> poll(PendingAuthorization pending) {
        Flow here = engine.pending().find(pending.id());
        return here != null ? here.poll()
                : find(pending, true).onItem().transformToUni(found -> found.flow != null ? found.flow.poll()
                        : engine.endings().result(found.ended));
    }

    public Uni<Tokens> await(PendingAuthorization pending) {
        Flow here = engine.pending().find(pending.id());
        return here != null ? here.await() : find(pending, true).onItem().transformToUni(found -> {
            if (found.flow != null) {
                return found.flow.await();
            }
            return engine.endings().result(found.ended).onItem().transformToUni(result -> Uni.createFrom()
                    .emitter(emitter -> Listeners.deliver(result, emitter)));
        });
    }

    public Uni<Void> follow(PendingAuthorization pending) {
        return find(pending, true).onItem().transformToUni(found -> found.flow != null ? found.flow.follow()
                : found.ended.status() != StoredFlow.Status.PENDING ? Uni.createFrom().voidItem()
                        : Uni.createFrom().failure(engine.endings().issuedToAnother(found.ended)));
    }

    /** Goes on with followed flows that other processes leave, from now on, if the store hands them over. */
    public void takeOver() {
        if (engine.store().handsOver()) {
            takeOver.begin();
        }
    }

    public Uni<Void> cancel(PendingAuthorization pending) {
        return find(pending, false).onItem().transformToUni(found -> found.flow != null ? found.flow.cancel()
                : Uni.createFrom().voidItem());
    }

    public Uni<Optional<PendingAuthorization>> resume(String owner, String id) {
        return engine.store().findFlow(engine.client(), id).onItem().transform(found -> found.map(StoredFlow::pending)
                .filter(pending -> pending.owner().equals(owner)));
    }

    /**
     * Finds a sign-in that another process has begun and not finished, perhaps because it was killed: the person may have
     * approved it already, and has its code before them.
     *
     * @return a flow that asks for what the configuration says now, and has time left; the one with most of it
     */
    public Uni<Optional<PendingAuthorization>> unfinished(String owner) {
        if (!engine.store().shared()) {
            return Uni.createFrom().item(Optional.empty());
        }
        Instant soon = engine.clock().instant().plus(TIME_TO_DECIDE);
        return engine.store().findFlows(engine.client(), owner).onItem().transform(flows -> flows.stream()
                .filter(flow -> flow.request().equals(AuthorizationRequest.defaults())
                        && flow.binding().registration().equals(engine.server().registration())
                        && (flow.granted().isPresent() || soon.isBefore(flow.pending().expiresAt())))
                .map(StoredFlow::pending).max(Comparator.comparing(PendingAuthorization::expiresAt)));
    }

    /** Cancels every timer, and starts none any more. The flows stay in the store, and an answer under way still counts. */
    public void stop() {
        engine.stop();
        takeOver.end();
        DeviceAuthorizationException why = engine.stopping();
        engine.pending().clear().forEach(flow -> flow.stop(why));
    }

    /** @return the requests that have not been answered, and the answers that have not been stored */
    public UnderWay underWay() {
        return engine.underWay();
    }

    /** @return whether the flow is known here, and has not ended */
    public boolean isActive(PendingAuthorization pending) {
        return engine.pending().find(pending.id()) != null;
    }

    private record Found(Flow flow, StoredFlow ended) {
    }

    /**
     * The flow on this node, whether it was started here, is taken over from the store, or has ended.
     *
     * @param toAsk whether to ask the server about it: if its codes were issued to another client, it has ended for this one
     */
    private Uni<Found> find(PendingAuthorization pending, boolean toAsk) {
        Flow here = engine.pending().find(pending.id());
        if (here != null) {
            return Uni.createFrom().item(new Found(here, null));
        }
        return engine.store().findFlow(engine.client(), pending.id()).onItem().transformToUni(found -> found.isPresent()
                ? Uni.createFrom().item(found.get())
                : unknown(pending)).onItem().transform(known -> {
                    return known.status() == StoredFlow.Status.PENDING && (!toAsk || engine.isIssuedToUs(known))
                            ? new Found(engine.pending().takenOver(new Flow(engine, known, known.version() == 0)), null)
                            : new Found(null, known);
                });
    }

    /**
     * The store has forgotten it, or never knew it: a flow from elsewhere that still lives is taken over. Of one that has
     * ended, the tokens tell whether it brought them.
     */
    private Uni<StoredFlow> unknown(PendingAuthorization pending) {
        Instant now = engine.clock().instant();
        StoredFlow flow = StoredFlow.started(pending, AuthorizationRequest.defaults(), FlowBinding.none(), now);
        return now.isBefore(pending.expiresAt()) ? Uni.createFrom().item(flow)
                : engine.tokens().of(pending.owner()).areFrom(pending.id()).onItem().transform(approved -> flow.ended(
                        approved ? StoredFlow.Status.APPROVED : StoredFlow.Status.EXPIRED, Optional.empty()));
    }
}

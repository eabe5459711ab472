package io.quarkiverse.deviceauthorization.runtime.flow;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

import org.jboss.logging.Logger;

import io.quarkiverse.deviceauthorization.AuthorizationCancelledException;
import io.quarkiverse.deviceauthorization.AuthorizationInterruptedException;
import io.quarkiverse.deviceauthorization.AuthorizationRequest;
import io.quarkiverse.deviceauthorization.AuthorizationRequiredException;
import io.quarkiverse.deviceauthorization.DeviceAuthorizationException;
import io.quarkiverse.deviceauthorization.OAuthError;
import io.quarkiverse.deviceauthorization.PendingAuthorization;
import io.quarkiverse.deviceauthorization.PollResult;
import io.quarkiverse.deviceauthorization.Tokens;
import io.quarkiverse.deviceauthorization.event.DeviceAuthorizationEvent;
import io.quarkiverse.deviceauthorization.runtime.config.ConfigKeys;
import io.quarkiverse.deviceauthorization.runtime.protocol.AuthorizationServer;
import io.quarkiverse.deviceauthorization.runtime.protocol.DeferredStore;
import io.quarkiverse.deviceauthorization.runtime.protocol.DeviceCodes;
import io.quarkiverse.deviceauthorization.runtime.protocol.Refusal;
import io.quarkiverse.deviceauthorization.runtime.protocol.Timer;
import io.quarkiverse.deviceauthorization.runtime.protocol.TokenAnswer;
import io.quarkiverse.deviceauthorization.runtime.protocol.UnderWay;
import io.quarkiverse.deviceauthorization.runtime.token.TokenVault;
import io.quarkiverse.deviceauthorization.store.AuthorizationStore;
import io.quarkiverse.deviceauthorization.store.FlowBinding;
import io.quarkiverse.deviceauthorization.store.StoredFlow;
import io.smallrye.mutiny.Uni;

/** The flows of one client: starts them, finds them again, here or in the store, and ends them. */
public final class Flows {

    private static final Logger LOG = Logger.getLogger(Flows.class);

    /** When an end is stored again that could not be stored. */
    private static final Duration AGAIN = Duration.ofSeconds(5);

    /** For how long a store keeps a flow whose codes have ended. */
    private static final Duration RETENTION = Duration.ofMinutes(10);

    private static final SecureRandom RANDOM = new SecureRandom();

    /** What a person needs at least to enter a code. */
    private static final Duration TIME_TO_DECIDE = Duration.ofMinutes(1);

    private final String client;
    private final AuthorizationServer server;
    private final AuthorizationStore store;
    private final TokenVault tokens;
    private final PollingPolicy policy;
    private final InstantSource clock;
    private final Timer timer;
    private final Consumer<DeviceAuthorizationEvent> events;
    private final Refusal refusal;
    private final UnderWay underWay = new UnderWay();
    private final TakeOver takeOver = new TakeOver(this);
    private volatile boolean stopped;

    /** The flows that have not ended, and the same by their end, to let go of those that nobody asks for any more. */
    private final Map<String, Flow> active = new ConcurrentHashMap<>();
    private final ConcurrentSkipListMap<End, Flow> byEnd = new ConcurrentSkipListMap<>();

    private record End(Instant at, String id) implements Comparable<End> {
        @Override
        public int compareTo(End other) {
            int byTime = at.compareTo(other.at);
            return byTime != 0 ? byTime : id.compareTo(other.id);
        }
    }

    public Flows(String client, AuthorizationServer server, AuthorizationStore store, TokenVault tokens, PollingPolicy policy,
            InstantSource clock, Timer timer, Consumer<DeviceAuthorizationEvent> events) {
        this.client = client;
        this.server = server;
        this.store = new DeferredStore(store);
        this.tokens = tokens;
        this.policy = policy;
        this.clock = clock;
        this.timer = timer;
        this.events = events;
        this.refusal = new Refusal(client, server::cure);
    }

    public Uni<PendingAuthorization> start(String owner, AuthorizationRequest request) {
        return Uni.createFrom().item(clock::instant)
                .onItem().transformToUni(asked -> server.requestCodes(request).onItem()
                        .transform(codes -> StoredFlow.started(pending(owner, codes, asked), request, codes.binding(),
                                clock.instant())))
                .onItem().transformToUni(started -> {
                    Flow flow = new Flow(this, started, true);
                    return flow.store().onItem().transform(nothing -> {
                        register(flow);
                        fire(FlowEvents.started(flow.pending()));
                        return flow.pending();
                    });
                });
    }

    /** The codes live from when the server issued them, which was before we heard of it. */
    private PendingAuthorization pending(String owner, DeviceCodes codes, Instant asked) {
        byte[] id = new byte[16];
        RANDOM.nextBytes(id);
        return new PendingAuthorization(client, owner, Base64.getUrlEncoder().withoutPadding().encodeToString(id),
                codes.userCode(), codes.verificationUri(), codes.verificationUriComplete(),
                asked.plus(codes.expiresIn()), codes.interval(), codes.deviceCode(), codes.parameters());
    }

    public Uni<PollResult> poll(PendingAuthorization pending) {
        return find(pending).onItem().transformToUni(found -> found.flow != null ? found.flow.poll()
                : result(found.ended));
    }

    public Uni<Tokens> await(PendingAuthorization pending) {
        return find(pending).onItem().transformToUni(found -> {
            if (found.flow != null) {
                return found.flow.await();
            }
            return result(found.ended).onItem().transformToUni(result -> Uni.createFrom()
                    .emitter(emitter -> Listeners.deliver(result, emitter)));
        });
    }

    public Uni<Void> follow(PendingAuthorization pending) {
        return find(pending).onItem().transformToUni(found -> found.flow != null ? found.flow.follow()
                : Uni.createFrom().voidItem());
    }

    /** Goes on with followed flows that other processes leave, from now on, if the store hands them over. */
    public void takeOver() {
        if (store.handsOver()) {
            takeOver.begin();
        }
    }

    /** Claims a flow that another process has left, and goes on with it at some time within its interval. */
    Uni<Void> takeOver(StoredFlow left, Duration wait) {
        Flow here = active.get(left.pending().id());
        if (here != null) {
            here.goOnAlone();
            return Uni.createFrom().voidItem();
        }
        Instant now = clock.instant();
        StoredFlow claimed = left.claimed(now.plus(policy.turn(left.interval()))).replacing(left.version());
        return store.replaceFlow(left.version(), claimed).onItem().invoke(done -> {
            if (done && !stopped) {
                register(new Flow(this, claimed.claimed(now.plus(wait)), true)).goOnAlone();
            }
        }).replaceWithVoid();
    }

    public Uni<Void> cancel(PendingAuthorization pending) {
        return find(pending).onItem().transformToUni(found -> found.flow != null ? found.flow.cancel()
                : Uni.createFrom().voidItem());
    }

    public Uni<Optional<PendingAuthorization>> resume(String owner, String id) {
        return store.findFlow(client, id).onItem().transform(found -> found.map(StoredFlow::pending)
                .filter(pending -> pending.owner().equals(owner)));
    }

    /**
     * Finds a sign-in that another process has begun and not finished, perhaps because it was killed: the person may have
     * approved it already, and has its code before them.
     *
     * @return a flow that asks for what the configuration says now, and has time left; the one with most of it
     */
    public Uni<Optional<PendingAuthorization>> unfinished(String owner) {
        if (!store.shared()) {
            return Uni.createFrom().item(Optional.empty());
        }
        Instant soon = clock.instant().plus(TIME_TO_DECIDE);
        return store.findFlows(client, owner).onItem().transform(flows -> flows.stream()
                .filter(flow -> flow.request().equals(AuthorizationRequest.defaults())
                        && flow.binding().registration().equals(server.registration())
                        && (flow.granted().isPresent() || soon.isBefore(flow.pending().expiresAt())))
                .map(StoredFlow::pending).max(Comparator.comparing(PendingAuthorization::expiresAt)));
    }

    /** Cancels every timer, and starts none any more. The flows stay in the store, and an answer under way still counts. */
    public void stop() {
        stopped = true;
        takeOver.end();
        DeviceAuthorizationException why = stopping();
        active.values().forEach(flow -> flow.stop(why));
        active.clear();
        byEnd.clear();
    }

    /** @return the requests that have not been answered, and the answers that have not been stored */
    public UnderWay underWay() {
        return underWay;
    }

    /** @return whether the flow is known here, and has not ended */
    public boolean isActive(PendingAuthorization pending) {
        return active.containsKey(pending.id());
    }

    boolean isStopped() {
        return stopped;
    }

    DeviceAuthorizationException stopping() {
        return new AuthorizationInterruptedException("The application is shutting down. The sign-in for "
                + ConfigKeys.describe(client)
                + " is not cancelled: with a store that outlives the application, it can be resumed");
    }

    private record Found(Flow flow, StoredFlow ended) {
    }

    /** The flow on this node, whether it was started here, is taken over from the store, or has ended. */
    private Uni<Found> find(PendingAuthorization pending) {
        Flow here = active.get(pending.id());
        if (here != null) {
            return Uni.createFrom().item(new Found(here, null));
        }
        return store.findFlow(client, pending.id()).onItem().transform(found -> {
            StoredFlow known = found.orElseGet(() -> unknown(pending));
            return known.status() == StoredFlow.Status.PENDING
                    ? new Found(register(new Flow(this, known, found.isEmpty())), null)
                    : new Found(null, known);
        });
    }

    /** The store has forgotten it, or never knew it: a flow from elsewhere that still lives is taken over. */
    private StoredFlow unknown(PendingAuthorization pending) {
        StoredFlow flow = StoredFlow.started(pending, AuthorizationRequest.defaults(), FlowBinding.none(),
                clock.instant());
        return clock.instant().isBefore(pending.expiresAt()) ? flow
                : flow.ended(StoredFlow.Status.EXPIRED, Optional.empty());
    }

    private Flow register(Flow flow) {
        forgetExpired();
        Flow first = active.putIfAbsent(flow.pending().id(), flow);
        if (first != null) {
            return first;
        }
        byEnd.put(end(flow), flow);
        return flow;
    }

    /** Nobody may ever ask for a flow again; one that somebody waits for ends itself. */
    private void forgetExpired() {
        Instant limit = clock.instant().minus(Duration.ofMinutes(1));
        for (Map.Entry<End, Flow> first = byEnd.firstEntry(); first != null && first.getKey().at.isBefore(limit); //
                first = byEnd.firstEntry()) {
            byEnd.remove(first.getKey());
            if (first.getValue().idle()) {
                active.remove(first.getKey().id, first.getValue());
            }
        }
    }

    private static End end(Flow flow) {
        return new End(flow.pending().expiresAt(), flow.pending().id());
    }

    /** @return what those who ask for a flow that has ended are told */
    Uni<PollResult> result(StoredFlow ended) {
        PendingAuthorization pending = ended.pending();
        OAuthError error = ended.error().orElse(null);
        return switch (ended.status()) {
            case APPROVED -> tokens.of(pending.owner()).get().onItem().<PollResult> transform(PollResult.Granted::new)
                    .onFailure(AuthorizationRequiredException.class)
                    .recoverWithItem(signedOut -> new PollResult.Refused((AuthorizationRequiredException) signedOut));
            case CANCELLED -> refused(cancelled());
            case EXPIRED -> refused(refusal.expired(error));
            case DENIED -> refused(refusal.ofPoll(TokenAnswer.Meaning.DENIED, error));
            default -> refused(refusal.ofPoll(TokenAnswer.Meaning.REFUSED, error));
        };
    }

    private static Uni<PollResult> refused(DeviceAuthorizationException cause) {
        return Uni.createFrom().item(new PollResult.Refused(cause));
    }

    /** A flow has ended here, and the store knows it. */
    Uni<Void> ended(Flow flow) {
        gone(flow);
        FlowEvents.ended(flow.stored()).ifPresent(this::fire);
        return Uni.createFrom().voidItem();
    }

    /** Another process has ended it, or the store knows that we have. */
    void gone(Flow flow) {
        active.remove(flow.pending().id(), flow);
        byEnd.remove(end(flow));
    }

    /**
     * A flow whose end can't be stored is remembered here, so that nobody goes on with it. Where another process might, it is
     * stored as soon as it can be, and whoever does so tells it.
     */
    Uni<Void> endNotStored(StoredFlow ended, Throwable problem, Supplier<Uni<Void>> again) {
        LOG.warnf("The end of a flow of %s could not be stored: %s", ConfigKeys.describe(client), problem.getMessage());
        if (store.handsOver() && clock.instant().isBefore(ended.pending().expiresAt().plus(RETENTION))) {
            timer.schedule(AGAIN, () -> attempt(again.get().onFailure()
                    .recoverWithUni(next -> stopped ? Uni.createFrom().voidItem() : endNotStored(ended, next, again))));
        } else {
            FlowEvents.ended(ended).ifPresent(this::fire);
        }
        return Uni.createFrom().voidItem();
    }

    /** What has begun is brought to its end, also when whoever has asked for it hangs up. */
    <T> Uni<T> regardless(Uni<T> work) {
        Uni<T> mine = underWay.count(work).memoize().indefinitely();
        mine.subscribe().with(done -> {
        }, problem -> LOG.debugf("What was asked for of a flow of %s failed: %s", ConfigKeys.describe(client),
                problem.getMessage()));
        return mine;
    }

    /** What can't be done is made up for by who comes next. */
    void attempt(Uni<Void> work) {
        underWay.count(work).subscribe().with(nothing -> {
        }, problem -> LOG.debugf("What others should know of a flow of %s could not be stored: %s",
                ConfigKeys.describe(client), problem.getMessage()));
    }

    String client() {
        return client;
    }

    /** Nobody but us knows these tokens, and nobody will use them. */
    Uni<Void> revoke(Tokens unwanted) {
        return server.revoke(unwanted)
                .onFailure().invoke(problem -> LOG.warnf("Tokens of %s that nobody uses are not revoked: %s",
                        ConfigKeys.describe(client), problem.getMessage()))
                .onFailure().recoverWithNull();
    }

    AuthorizationCancelledException cancelled() {
        return new AuthorizationCancelledException("The sign-in for " + ConfigKeys.describe(client)
                + " was cancelled. Start a new one when the person asks for it", null);
    }

    void fire(DeviceAuthorizationEvent event) {
        events.accept(event);
    }

    AuthorizationServer server() {
        return server;
    }

    AuthorizationStore store() {
        return store;
    }

    TokenVault tokens() {
        return tokens;
    }

    PollingPolicy policy() {
        return policy;
    }

    InstantSource clock() {
        return clock;
    }

    Timer timer() {
        return timer;
    }

    Refusal refusal() {
        return refusal;
    }
}

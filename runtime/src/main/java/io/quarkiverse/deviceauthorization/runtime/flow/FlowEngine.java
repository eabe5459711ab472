package io.quarkiverse.deviceauthorization.runtime.flow;

import java.time.InstantSource;
import java.util.Optional;

import org.jboss.logging.Logger;

import io.quarkiverse.deviceauthorization.AuthorizationInterruptedException;
import io.quarkiverse.deviceauthorization.PendingAuthorization;
import io.quarkiverse.deviceauthorization.event.DeviceAuthorizationEvent;
import io.quarkiverse.deviceauthorization.runtime.config.ConfigKeys;
import io.quarkiverse.deviceauthorization.runtime.protocol.AuthorizationServer;
import io.quarkiverse.deviceauthorization.runtime.protocol.Events;
import io.quarkiverse.deviceauthorization.runtime.protocol.Refusal;
import io.quarkiverse.deviceauthorization.runtime.protocol.Telemetry;
import io.quarkiverse.deviceauthorization.runtime.protocol.Timer;
import io.quarkiverse.deviceauthorization.runtime.protocol.UnderWay;
import io.quarkiverse.deviceauthorization.runtime.token.TokenVault;
import io.quarkiverse.deviceauthorization.store.AuthorizationStore;
import io.quarkiverse.deviceauthorization.store.StoredFlow;
import io.smallrye.mutiny.Uni;

/**
 * What all flows of one client have in common. There may be a hundred thousand of them: whatever can be here, and handed the
 * flow, is not in each one.
 */
final class FlowEngine {

    private static final Logger LOG = Logger.getLogger(FlowEngine.class);

    private final String client;
    private final AuthorizationServer server;
    private final AuthorizationStore store;
    private final TokenVault tokens;
    private final PollingPolicy policy;
    private final InstantSource clock;
    private final Timer timer;
    private final Events events;
    private final Telemetry telemetry;
    private final Refusal refusal;
    private final UnderWay underWay = new UnderWay();
    private final Agenda agenda;
    private final PendingFlows pending;
    private final Endings endings;
    private final Polling polling;
    private final StoreWarnings storeWarnings;
    private volatile boolean stopped;

    FlowEngine(String client, AuthorizationServer server, AuthorizationStore store, TokenVault tokens, PollingPolicy policy,
            InstantSource clock, Timer timer, Events events, Telemetry telemetry) {
        this.client = client;
        this.server = server;
        this.store = store;
        this.tokens = tokens;
        this.policy = policy;
        this.clock = clock;
        this.timer = timer;
        this.events = events;
        this.telemetry = telemetry;
        this.refusal = new Refusal(client, server::cure);
        this.agenda = new Agenda(timer, policy.maxInFlight());
        this.pending = new PendingFlows(client, policy.maxPending(), agenda, timer, telemetry);
        this.endings = new Endings(this);
        this.polling = new Polling(this);
        this.storeWarnings = new StoreWarnings(timer::nanoTime);
    }

    /** Polls nothing any more. */
    void stop() {
        stopped = true;
        agenda.stop();
        endings.stop();
    }

    boolean isStopped() {
        return stopped;
    }

    AuthorizationInterruptedException stopping() {
        return new AuthorizationInterruptedException("The application is shutting down. The sign-in for "
                + ConfigKeys.describe(client)
                + " is not cancelled: with a store that outlives the application, it can be resumed");
    }

    /** What can't be done is made up for by who comes next. */
    void attempt(ScheduledFlow flow, Uni<Void> work) {
        underWay.count(work).subscribe().with(nothing -> {
        }, problem -> telemetry.of(flow.pending()).run(
                () -> LOG.debugf("What others should know of a flow of %s could not be stored: %s",
                        ConfigKeys.describe(client), problem.getMessage())));
    }

    /** Says that the store can't be used. */
    void warn(ScheduledFlow flow, String what, Throwable problem) {
        telemetry.of(flow.pending()).run(() -> storeWarnings.warn(what, problem));
    }

    /** @return work that is begun at once, and goes on although nobody listens any more */
    Uni<Void> regardless(Uni<Void> work) {
        Uni<Void> all = underWay.count(work).memoize().indefinitely();
        all.subscribe().with(nothing -> {
        }, problem -> {
        }); // a failure is told to whoever listens
        return all;
    }

    void fire(PendingAuthorization flow, DeviceAuthorizationEvent event) {
        fire(telemetry.polling(flow), event);
    }

    /** @param scope that of a flow, which may have been left */
    void fire(Telemetry.Scope scope, DeviceAuthorizationEvent event) {
        scope.run(() -> events.accept(event));
    }

    /** @return whether somebody may want to hear of such an event */
    boolean wants(Class<? extends DeviceAuthorizationEvent> kind) {
        return events.wants(kind);
    }

    /** @return whether this client, at this server, was issued the codes: another one must not see them, nor can use them */
    boolean isIssuedToUs(StoredFlow flow) {
        Optional<String> issuedTo = flow.binding().registration();
        Optional<String> us = server.registration();
        return issuedTo.isEmpty() || us.isEmpty() || issuedTo.equals(us);
    }

    /** @return the time that flows go by */
    long now() {
        return timer.nanoTime();
    }

    String client() {
        return client;
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

    Telemetry telemetry() {
        return telemetry;
    }

    Refusal refusal() {
        return refusal;
    }

    UnderWay underWay() {
        return underWay;
    }

    Agenda agenda() {
        return agenda;
    }

    PendingFlows pending() {
        return pending;
    }

    Endings endings() {
        return endings;
    }

    Polling polling() {
        return polling;
    }
}

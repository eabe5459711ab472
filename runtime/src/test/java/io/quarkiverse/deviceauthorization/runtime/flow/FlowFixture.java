package io.quarkiverse.deviceauthorization.runtime.flow;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.quarkiverse.deviceauthorization.AuthorizationRequest;
import io.quarkiverse.deviceauthorization.PendingAuthorization;
import io.quarkiverse.deviceauthorization.PollResult;
import io.quarkiverse.deviceauthorization.Tokens;
import io.quarkiverse.deviceauthorization.event.DeviceAuthorizationEvent;
import io.quarkiverse.deviceauthorization.runtime.ScriptedServer;
import io.quarkiverse.deviceauthorization.runtime.VirtualTime;
import io.quarkiverse.deviceauthorization.runtime.protocol.Telemetry;
import io.quarkiverse.deviceauthorization.runtime.protocol.Timer;
import io.quarkiverse.deviceauthorization.runtime.store.MemoryAuthorizationStore;
import io.quarkiverse.deviceauthorization.runtime.token.RefreshPolicy;
import io.quarkiverse.deviceauthorization.runtime.token.TokenVault;
import io.quarkiverse.deviceauthorization.store.AuthorizationStore;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;

/** An engine on virtual time, with a scripted server. */
final class FlowFixture {

    static final String CLIENT = "tv";
    static final String OWNER = "family";

    final VirtualTime time = new VirtualTime();
    final ScriptedServer server = new ScriptedServer(time);
    final List<DeviceAuthorizationEvent> events = new ArrayList<>();
    final AuthorizationStore store;
    final PollingPolicy policy;
    final Telemetry telemetry;
    Flows flows;

    FlowFixture() {
        this(null);
    }

    FlowFixture(AuthorizationStore store) {
        this(store, Duration.ofSeconds(10));
    }

    FlowFixture(AuthorizationStore store, Duration requestTimeout) {
        this(store, requestTimeout, 256, 100_000);
    }

    FlowFixture(AuthorizationStore store, Duration requestTimeout, int maxInFlight, int maxPending) {
        this(store, requestTimeout, maxInFlight, maxPending, Telemetry.NONE);
    }

    FlowFixture(AuthorizationStore store, Duration requestTimeout, int maxInFlight, int maxPending, Telemetry telemetry) {
        this.telemetry = telemetry;
        this.store = store != null ? store : new MemoryAuthorizationStore(time);
        this.policy = new PollingPolicy(Duration.ofMinutes(10), Duration.ofMinutes(1), 20, requestTimeout, maxInFlight,
                maxPending);
        this.flows = engine();
    }

    /** Another engine on the same store, as after a restart. */
    Flows engine() {
        return engine(time);
    }

    /** Another engine on the same store, whose time may stop. */
    Flows engine(Timer timer) {
        return engine(timer, telemetry);
    }

    /** Another engine on the same store, which is looked at by somebody else. */
    Flows engine(Timer timer, Telemetry telemetry) {
        TokenVault tokens = new TokenVault(CLIENT, server, store,
                new RefreshPolicy(Duration.ofSeconds(30), Duration.ofMinutes(1)), time, timer, events::add,
                telemetry);
        return new Flows(CLIENT, server, store, tokens, policy, time, timer, events::add, telemetry);
    }

    PendingAuthorization start() {
        return flows.start(OWNER, AuthorizationRequest.defaults()).await().indefinitely();
    }

    UniAssertSubscriber<Tokens> await(PendingAuthorization pending) {
        return flows.await(pending).subscribe().withSubscriber(UniAssertSubscriber.create());
    }

    PollResult poll(PendingAuthorization pending) {
        return flows.poll(pending).await().indefinitely();
    }

    <E extends DeviceAuthorizationEvent> List<E> events(Class<E> kind) {
        return events.stream().filter(kind::isInstance).map(kind::cast).toList();
    }
}

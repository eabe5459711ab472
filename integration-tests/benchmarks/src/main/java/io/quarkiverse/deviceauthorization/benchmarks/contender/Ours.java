package io.quarkiverse.deviceauthorization.benchmarks.contender;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import jakarta.inject.Named;
import jakarta.inject.Singleton;

import io.quarkiverse.deviceauthorization.AuthorizationRequest;
import io.quarkiverse.deviceauthorization.DeviceAuthorization;
import io.quarkiverse.deviceauthorization.DeviceAuthorizationName;
import io.quarkiverse.deviceauthorization.PendingAuthorization;
import io.quarkiverse.deviceauthorization.ReactiveDeviceAuthorization;
import io.quarkiverse.deviceauthorization.Secret;
import io.quarkiverse.deviceauthorization.runtime.DeviceAuthorizationClients;
import io.quarkiverse.deviceauthorization.runtime.endpoint.HttpAuthorizationServer;
import io.quarkiverse.deviceauthorization.runtime.protocol.TokenAnswer;
import io.quarkiverse.deviceauthorization.runtime.protocol.TokenRequest;
import io.quarkiverse.deviceauthorization.store.FlowBinding;
import io.quarkiverse.deviceauthorization.store.StoredFlow;
import io.smallrye.mutiny.Uni;

/** The extension as applications use it. */
@Singleton
@Named("ours")
class Ours implements Contender {

    private final ReactiveDeviceAuthorization reactive;
    private final DeviceAuthorization blocking;
    private final DeviceAuthorizationClients clients;
    private final SteadyStore store;
    private final Queue<PendingAuthorization> started = new ConcurrentLinkedQueue<>();

    Ours(ReactiveDeviceAuthorization reactive, DeviceAuthorization blocking, DeviceAuthorizationClients clients,
            SteadyStore store) {
        this.reactive = reactive;
        this.blocking = blocking;
        this.clients = clients;
        this.store = store;
    }

    @Override
    public Exchange start() {
        return Exchange.of(() -> reactive.start().onItem().invoke(started::add));
    }

    @Override
    public Exchange blockingStart() {
        return (Exchange.Blocking) () -> started.add(blocking.start());
    }

    @Override
    public void forget() {
        started.forEach(blocking::cancel);
        started.clear();
        store.forget();
    }

    /** The exchange alone: the schedule of the engine would not allow one poll after another. */
    @Override
    public Exchange poll(List<String> deviceCodes) {
        HttpAuthorizationServer server = clients.client(DeviceAuthorizationName.DEFAULT).server();
        RoundRobin<TokenRequest> requests = new RoundRobin<>(deviceCodes.stream()
                .map(code -> server.deviceTokenRequest(flow(code))).toList());
        return Exchange.of(() -> requests.next().send().onItem().invoke(answer -> Exchange.require(
                answer instanceof TokenAnswer.Error error && error.meaning() == TokenAnswer.Meaning.PENDING,
                answer)));
    }

    private static StoredFlow flow(String deviceCode) {
        Instant now = Instant.now();
        return StoredFlow.started(new PendingAuthorization(DeviceAuthorizationName.DEFAULT, "owner", deviceCode, "WDJB-MJHT",
                URI.create("https://login.example.com/device"), Optional.empty(), now.plusSeconds(1800),
                Duration.ofSeconds(5), Secret.of(deviceCode), Map.of()), AuthorizationRequest.defaults(),
                FlowBinding.none(), now);
    }

    @Override
    public PendingFlows pendingFlows() {
        return new PendingFlows() {

            private volatile boolean ended;

            @Override
            public Uni<Void> begin() {
                return reactive.start().onItem().transformToUni(pending -> {
                    if (!ended) {
                        started.add(pending);
                    }
                    return reactive.follow(pending);
                });
            }

            @Override
            public void end() {
                forget();
                ended = true;
            }
        };
    }
}

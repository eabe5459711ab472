package io.quarkiverse.deviceauthorization.runtime.metrics;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntSupplier;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkiverse.deviceauthorization.runtime.protocol.Telemetry;
import io.quarkiverse.deviceauthorization.store.AuthorizationStore;
import io.quarkiverse.deviceauthorization.store.StoredFlow;

/** Counts and times what happens, by Micrometer. The meters of a client are there from its first use on, and begin at zero. */
@Singleton
public class MicrometerTelemetry implements Telemetry {

    private final MeterRegistry registry;
    private final Map<String, ClientMeters> clients = new ConcurrentHashMap<>();

    /** @param registry where the meters are registered */
    @Inject
    public MicrometerTelemetry(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void client(String client, IntSupplier active) {
        meters(client).active(active);
    }

    @Override
    public AuthorizationStore store(String client, AuthorizationStore store) {
        return new MeteredStore(store, meters(client).store());
    }

    @Override
    public void started(StoredFlow flow) {
        meters(flow).started(flow.pending().id());
    }

    @Override
    public void startFailed(String client, String owner, Throwable problem) {
        meters(client).startFailed(problem);
    }

    @Override
    public void polled(StoredFlow flow, PollOutcome outcome) {
        meters(flow).polled(outcome);
    }

    @Override
    public void ended(StoredFlow flow) {
        meters(flow).ended(flow.pending().id(), flow.status());
    }

    @Override
    public void left(StoredFlow flow, Leaving reason) {
        meters(flow).left(flow.pending().id());
    }

    @Override
    public void refreshed(String client, String owner, RefreshOutcome outcome) {
        meters(client).refreshed(outcome);
    }

    private ClientMeters meters(StoredFlow flow) {
        return meters(flow.pending().client());
    }

    private ClientMeters meters(String client) {
        ClientMeters known = clients.get(client);
        return known != null ? known : clients.computeIfAbsent(client, name -> new ClientMeters(registry, name));
    }
}

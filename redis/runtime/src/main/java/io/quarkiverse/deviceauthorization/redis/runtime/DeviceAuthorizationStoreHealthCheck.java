package io.quarkiverse.deviceauthorization.redis.runtime;

import java.time.Clock;
import java.util.Map;
import java.util.TreeMap;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;

import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

import io.quarkiverse.deviceauthorization.DeviceAuthorizationName;
import io.quarkiverse.deviceauthorization.ReactiveDeviceAuthorization;
import io.quarkiverse.deviceauthorization.runtime.config.ClientConfig;
import io.quarkiverse.deviceauthorization.runtime.config.DeviceAuthorizationRuntimeConfig;
import io.quarkiverse.deviceauthorization.store.AuthorizationStore;
import io.quarkus.arc.InjectableBean;
import io.quarkus.arc.InjectableInstance;
import io.quarkus.arc.InstanceHandle;
import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;

/**
 * Whether flows and tokens can be stored now: writes and reads something for each active client that the application uses, and
 * that keeps them in Redis. In a Redis Cluster, each client is on one shard.
 */
@Readiness
@ApplicationScoped
public class DeviceAuthorizationStoreHealthCheck implements AsyncHealthCheck {

    static final String NAME = "Device authorization store health check";

    private final Map<String, StoreProbe> probes = new TreeMap<>();

    DeviceAuthorizationStoreHealthCheck(Instance<AuthorizationStore> store, DeviceAuthorizationRuntimeConfig config,
            @Any InjectableInstance<ReactiveDeviceAuthorization> beans) {
        if (store.get() instanceof RedisAuthorizationStore redis) { // and none of the application's own
            beans.handlesStream().map(InstanceHandle::getBean).filter(InjectableBean::isActive)
                    .flatMap(bean -> bean.getQualifiers().stream())
                    .filter(DeviceAuthorizationName.class::isInstance)
                    .map(name -> ((DeviceAuthorizationName) name).value())
                    .forEach(client -> add(client, config.clients().get(client), redis));
        }
    }

    private void add(String client, ClientConfig config, RedisAuthorizationStore redis) {
        if (config.tokens().store().isEmpty()) {
            probes.put(client,
                    redis.probe(client, config.health().timeout(), config.health().cache(), Clock.systemUTC()));
        }
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        HealthCheckResponseBuilder response = HealthCheckResponse.named(NAME).up();
        if (probes.isEmpty()) {
            return Uni.createFrom().item(response.build());
        }
        return Uni.join().all(probes.entrySet().stream().map(probe -> probe.getValue().probe()
                .onItem().invoke(result -> describe(response, probe.getKey(), result))).toList())
                .andFailFast().onItem().transform(results -> response
                        .status(results.stream().allMatch(result -> result.problem().isEmpty())).build());
    }

    private static void describe(HealthCheckResponseBuilder response, String client, StoreProbe.Result result) {
        synchronized (response) {
            response.withData(client, result.problem().isEmpty() ? "up" : "down");
            response.withData(client + ".latency-ms", result.latency().toMillis());
            response.withData(client + ".cached", result.cached());
            result.problem().ifPresent(problem -> response.withData(client + ".problem", problem));
        }
    }
}

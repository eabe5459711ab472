package io.quarkiverse.deviceauthorization.runtime.health;

import java.util.ArrayList;
import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;

import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

import io.quarkiverse.deviceauthorization.DeviceAuthorizationName;
import io.quarkiverse.deviceauthorization.ReactiveDeviceAuthorization;
import io.quarkiverse.deviceauthorization.runtime.DeviceAuthorizationClients;
import io.quarkiverse.deviceauthorization.runtime.config.DeviceAuthorizationRuntimeConfig;
import io.quarkiverse.deviceauthorization.runtime.endpoint.EndpointProbe;
import io.quarkus.arc.InjectableBean;
import io.quarkus.arc.InjectableInstance;
import io.quarkus.arc.InstanceHandle;
import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;

/**
 * Whether people could sign in now: asks the server of each active client that the application uses, without starting anything.
 * That nobody has signed in is no problem of the application's health.
 */
@Readiness
@ApplicationScoped
public class DeviceAuthorizationEndpointHealthCheck implements AsyncHealthCheck {

    static final String NAME = "Device authorization endpoint health check";

    private record Probed(String client, EndpointProbe.Result result) {
    }

    private final DeviceAuthorizationClients clients;
    private final DeviceAuthorizationRuntimeConfig config;
    private final List<String> active;

    DeviceAuthorizationEndpointHealthCheck(DeviceAuthorizationClients clients, DeviceAuthorizationRuntimeConfig config,
            @Any InjectableInstance<ReactiveDeviceAuthorization> beans) {
        this.clients = clients;
        this.config = config;
        // found once: it doesn't change, and the check is called often, on an event loop
        this.active = beans.handlesStream().map(InstanceHandle::getBean).filter(InjectableBean::isActive)
                .flatMap(bean -> bean.getQualifiers().stream())
                .filter(DeviceAuthorizationName.class::isInstance)
                .map(name -> ((DeviceAuthorizationName) name).value())
                .sorted().toList();
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        List<Uni<Probed>> probes = new ArrayList<>();
        HealthCheckResponseBuilder response = HealthCheckResponse.named(NAME).up();
        for (String client : active) {
            if (config.clients().get(client).health().probe()) {
                probes.add(clients.client(client).server().probe().probe()
                        .onItem().transform(result -> new Probed(client, result)));
            } else {
                response.withData(client, "not probed");
            }
        }
        if (probes.isEmpty()) {
            return Uni.createFrom().item(response.build());
        }
        return Uni.join().all(probes).andFailFast().onItem().transform(results -> {
            results.forEach(probed -> describe(response, probed.client, probed.result));
            return response.status(results.stream().allMatch(probed -> probed.result.up())).build();
        });
    }

    private static void describe(HealthCheckResponseBuilder response, String client, EndpointProbe.Result result) {
        response.withData(client, result.up() ? "up" : "down");
        response.withData(client + ".probed", result.probed());
        response.withData(client + ".latency-ms", result.latency().toMillis());
        response.withData(client + ".cached", result.cached());
        result.problem().ifPresent(problem -> response.withData(client + ".problem", problem));
    }
}

package io.quarkiverse.deviceauthorization.redis.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.deviceauthorization.ReactiveDeviceAuthorization;
import io.quarkiverse.deviceauthorization.Tokens;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.test.QuarkusUnitTest;

@DisplayName("An application that is stopped while it refreshes tokens")
@Tag("redis")
class ShutdownTest {

    private static final int REDIS = Servers.running("shutdown");
    private static final int SERVER = Servers.once("slow", SlowRefreshServer::start);

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClasses(Servers.class, Http.class, SlowRefreshServer.class, Stopping.class))
            .overrideConfigKey("quarkus.devservices.enabled", "false")
            .overrideConfigKey("quarkus.redis.hosts", Servers.uri(REDIS))
            .overrideConfigKey("quarkus.device-authorization.auth-server-url", "http://127.0.0.1:" + SERVER)
            .overrideConfigKey("quarkus.device-authorization.device-authorization-path", "/device")
            .overrideConfigKey("quarkus.device-authorization.token-path", "/token")
            .overrideConfigKey("quarkus.device-authorization.client-id", "app")
            .setAfterAllCustomizer(() -> assertThat(Servers.dump(REDIS)).as("what is stored after the stop")
                    .contains("second-refresh").doesNotContain("first-refresh", "refresh_started"));

    /** Begins to refresh, and doesn't wait for the answer. */
    @Singleton
    static class Stopping {

        @Inject
        ReactiveDeviceAuthorization client;

        @ConfigProperty(name = "quarkus.device-authorization.auth-server-url")
        String server;

        private Tokens tokens;

        void stop(@Observes ShutdownEvent event) {
            client.refresh(tokens).subscribe().with(refreshed -> {
            });
            Http.get(server + "/refreshing");
        }
    }

    @Inject
    ReactiveDeviceAuthorization client;

    @Inject
    Stopping stopping;

    @Test
    @DisplayName("stores the new ones before it closes the connection to Redis")
    void refreshing() {
        stopping.tokens = client.start().chain(client::await).await().atMost(Duration.ofSeconds(20));

        assertThat(Servers.dump(REDIS)).contains("first-refresh").doesNotContain("second-refresh");
    }
}

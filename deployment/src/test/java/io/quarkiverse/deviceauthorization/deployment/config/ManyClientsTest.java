package io.quarkiverse.deviceauthorization.deployment.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;

import jakarta.inject.Inject;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.deviceauthorization.AuthorizationRequiredException;
import io.quarkiverse.deviceauthorization.DeviceAuthorization;
import io.quarkiverse.deviceauthorization.DeviceAuthorizationName;
import io.quarkiverse.deviceauthorization.runtime.config.DeviceAuthorizationRuntimeConfig;
import io.quarkiverse.deviceauthorization.runtime.config.StartupCheck;
import io.quarkus.test.QuarkusUnitTest;

@DisplayName("Hundreds of clients, with all kinds of names, each have a configuration of their own")
class ManyClientsTest {

    private static final int CLIENTS = 300;

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = application();

    private static QuarkusUnitTest application() {
        QuarkusUnitTest application = new QuarkusUnitTest().withEmptyApplication()
                .overrideConfigKey("quarkus.device-authorization.devservices.enabled", "false");
        for (int client = 0; client < CLIENTS; client++) {
            String prefix = "quarkus.device-authorization.\"" + name(client) + "\".";
            application.overrideConfigKey(prefix + "provider", "yoto").overrideRuntimeConfigKey(prefix + "client-id",
                    "id-" + client);
        }
        return application;
    }

    private static String name(int client) {
        return switch (client % 4) {
            case 0 -> "tv" + client;
            case 1 -> "set-top-box-" + client;
            case 2 -> "my.client." + client;
            default -> "Ärger, mit " + client;
        };
    }

    @Inject
    DeviceAuthorizationRuntimeConfig config;

    @Inject
    @DeviceAuthorizationName("tv0")
    DeviceAuthorization first;

    @Inject
    @DeviceAuthorizationName("set-top-box-1")
    DeviceAuthorization second;

    @Inject
    @DeviceAuthorizationName("my.client.2")
    DeviceAuthorization third;

    @Inject
    @DeviceAuthorizationName("Ärger, mit 299")
    DeviceAuthorization last;

    @Test
    void eachHasItsOwn() {
        StartupCheck check = new StartupCheck(config);
        assertThat(config.clients()).hasSizeGreaterThanOrEqualTo(CLIENTS);
        for (int client = 0; client < CLIENTS; client++) {
            assertThat(config.clients().get(name(client)).clientId()).hasValue("id-" + client);
            assertThat(check.active(name(client)).value()).as(name(client)).isTrue();
        }
    }

    @Test
    void thoseThatAreInjectedCanBeUsed() {
        assertThat(List.of(first, second, third, last)).allSatisfy(client -> assertThatExceptionOfType(
                AuthorizationRequiredException.class).isThrownBy(client::tokens));
    }
}

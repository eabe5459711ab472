package io.quarkiverse.deviceauthorization.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;

import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Provider;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.deviceauthorization.DeviceAuthorization;
import io.quarkiverse.deviceauthorization.DeviceAuthorizationName;
import io.quarkiverse.deviceauthorization.PendingAuthorization;
import io.quarkiverse.deviceauthorization.ReactiveDeviceAuthorization;
import io.quarkus.arc.InactiveBeanException;
import io.quarkus.arc.InjectableInstance;
import io.quarkus.test.QuarkusUnitTest;
import io.smallrye.config.EnvConfigSource;
import io.vertx.core.json.JsonObject;

@DisplayName("Clients are injected by name, and configured by keys in any spelling")
class InjectionTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClass(Http.class)
                    .addAsServiceProvider(ConfigSource.class, Environment.class))
            .overrideConfigKey("quarkus.device-authorization.client-id", "default-app")
            .overrideConfigKey("quarkus.device-authorization.tv.client-id", "tv-app")
            .overrideConfigKey("quarkus.device-authorization.\"my.client\".client-id", "dotted-app")
            .overrideConfigKey("quarkus.device-authorization.off.active", "false")
            .overrideConfigKey("quarkus.device-authorization.incomplete.auth-server-url", "http://localhost")
            .overrideConfigKey("quarkus.device-authorization.incomplete.discovery-enabled", "false");

    /** Environment variables, which a test can't set. */
    public static class Environment extends EnvConfigSource {

        public Environment() {
            super(Map.of("QUARKUS_DEVICE_AUTHORIZATION__KIOSK__CLIENT_ID", "kiosk-app",
                    "QUARKUS_DEVICE_AUTHORIZATION__SET_TOP_BOX__CLIENT_ID", "box-app"), 300);
        }
    }

    @Inject
    DeviceAuthorization client;

    @Inject
    ReactiveDeviceAuthorization reactive;

    @Inject
    @DeviceAuthorizationName("tv")
    DeviceAuthorization tv;

    @Inject
    @DeviceAuthorizationName("tv")
    ReactiveDeviceAuthorization reactiveTv;

    @Inject
    @DeviceAuthorizationName("my.client")
    DeviceAuthorization dotted;

    @Inject
    @DeviceAuthorizationName("kiosk")
    Provider<DeviceAuthorization> kiosk;

    @Inject
    @DeviceAuthorizationName("set-top.box")
    DeviceAuthorization box;

    @Inject
    @Any
    Instance<DeviceAuthorization> clients;

    @Inject
    @DeviceAuthorizationName("off")
    InjectableInstance<DeviceAuthorization> off;

    @Inject
    @DeviceAuthorizationName("incomplete")
    InjectableInstance<DeviceAuthorization> incomplete;

    @ConfigProperty(name = "quarkus.device-authorization.auth-server-url")
    String server;

    @Test
    void theDefaultClient() {
        assertThat(clientIdOf(client.start())).isEqualTo("default-app");
        PendingAuthorization pending = reactive.start().await().atMost(Duration.ofSeconds(10));
        assertThat(clientIdOf(pending)).isEqualTo("default-app");
        assertThat(pending.client()).isEqualTo(DeviceAuthorizationName.DEFAULT);
    }

    @Test
    void aNamedClientByKeysWithoutQuotes() {
        assertThat(clientIdOf(tv.start())).isEqualTo("tv-app");
        assertThat(clientIdOf(reactiveTv.start().await().atMost(Duration.ofSeconds(10)))).isEqualTo("tv-app");
    }

    @Test
    void aDottedNameByKeysWithQuotes() {
        assertThat(clientIdOf(dotted.start())).isEqualTo("dotted-app");
    }

    @Test
    void aNamedClientByEnvironmentVariables() {
        assertThat(clientIdOf(kiosk.get().start())).isEqualTo("kiosk-app");
        assertThat(clientIdOf(box.start())).isEqualTo("box-app");
    }

    @Test
    void clientsAreLookedUpByName() {
        assertThat(clientIdOf(clients.select(DeviceAuthorizationName.Literal.of("tv")).get().start())).isEqualTo("tv-app");
        assertThat(clients.select(DeviceAuthorizationName.Literal.of("nobody")).isUnsatisfied()).isTrue();
    }

    @Test
    void theNameInAnEventSelectsItsClient() {
        PendingAuthorization pending = client.start();
        assertThat(clientIdOf(clients.select(DeviceAuthorizationName.Literal.of(pending.client())).get().start()))
                .isEqualTo("default-app");
    }

    @Test
    void eachOwnerHasFlowsOfTheirOwn() {
        PendingAuthorization pending = client.forOwner("alice").start();
        assertThat(pending.owner()).isEqualTo("alice");
        assertThat(client.forOwner("alice").resume(pending.id())).isPresent();
        assertThat(client.forOwner("bob").resume(pending.id())).isEmpty();
        assertThatThrownBy(() -> client.forOwner("bob").poll(pending)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("belongs to owner 'alice'");
        assertThatThrownBy(() -> tv.forOwner("alice").poll(pending)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("This flow belongs to the default client, not to client 'tv': use the client that started it");
        assertThatThrownBy(() -> client.forOwner(" ")).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("An owner needs a name");
    }

    @Test
    void anInactiveClientSaysSo() {
        assertThat(off.getHandle().getBean().isActive()).isFalse();
        assertThatThrownBy(() -> off.get().start()).isInstanceOf(InactiveBeanException.class)
                .hasMessageContaining("quarkus.device-authorization.off.active=false. Set it to true to use it");
    }

    @Test
    void aClientThatLacksKeysSaysSoWhenItIsUsed() {
        assertThat(incomplete.getHandle().getBean().isActive()).isFalse();
        assertThatThrownBy(() -> incomplete.get().start()).isInstanceOf(InactiveBeanException.class)
                .hasMessageContaining("quarkus.device-authorization.incomplete.client-id (in the environment"
                        + " QUARKUS_DEVICE_AUTHORIZATION_INCOMPLETE_CLIENT_ID): is missing")
                .hasMessageContaining(
                        "quarkus.device-authorization.incomplete.device-authorization-path (in the environment"
                                + " QUARKUS_DEVICE_AUTHORIZATION_INCOMPLETE_DEVICE_AUTHORIZATION_PATH): is missing")
                .hasMessageContaining("quarkus.device-authorization.incomplete.token-path ");
    }

    /** As the development server has seen it. */
    private String clientIdOf(PendingAuthorization pending) {
        return new JsonObject(Http.get(server + "/dev/script").body()).getJsonArray("flows").stream()
                .map(JsonObject.class::cast)
                .filter(flow -> flow.getString("user_code").equals(pending.userCode()))
                .map(flow -> flow.getString("client_id"))
                .findFirst().orElseThrow();
    }
}

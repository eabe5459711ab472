package io.quarkiverse.deviceauthorization.deployment.devservices;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

import org.awaitility.Awaitility;
import org.jboss.logmanager.ExtLogRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import io.quarkiverse.deviceauthorization.deployment.ClientBuildItem;
import io.quarkiverse.deviceauthorization.devserver.DeviceAuthorizationServer;
import io.quarkiverse.deviceauthorization.runtime.config.ConfigKeys;
import io.quarkiverse.deviceauthorization.runtime.config.ConfigValues;
import io.quarkus.deployment.builditem.DevServicesResultBuildItem;
import io.quarkus.deployment.builditem.LaunchModeBuildItem;
import io.quarkus.deployment.builditem.Startable;
import io.quarkus.deployment.dev.devservices.DevServicesConfig;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;

@DisplayName("The log says of the Dev Service")
class DevServiceLogsTest {

    private final Logger logger = Logger.getLogger("io.quarkiverse.deviceauthorization.deployment.devservices");
    private final List<String> logged = new ArrayList<>();
    private final List<DevServicesResultBuildItem> services = new ArrayList<>();
    private final Handler handler = new Handler() {

        @Override
        public synchronized void publish(LogRecord entry) {
            logged.add(entry.getLevel() + " " + ExtLogRecord.wrap(entry).getFormattedMessage());
        }

        @Override
        public void flush() {
            // nothing is buffered
        }

        @Override
        public void close() {
            // nothing is open
        }
    };

    @BeforeEach
    void listen() {
        logger.addHandler(handler);
        logger.setLevel(Level.ALL);
    }

    @AfterEach
    void tidyUp() {
        logger.removeHandler(handler);
        logger.setLevel(null);
    }

    @Test
    @DisplayName("why it didn't start, at the level DEBUG")
    void notStarted() {
        start(Map.of("quarkus.devservices.enabled", "false"), new ClientBuildItem("tv"));
        start(Map.of("quarkus.device-authorization.devservices.enabled", "false"), new ClientBuildItem("tv"));
        start(Map.of());

        assertThat(services).isEmpty();
        assertThat(logged).containsExactly(
                "DEBUG No Dev Service for device authorization: quarkus.devservices.enabled is false",
                "DEBUG No Dev Service for device authorization: quarkus.device-authorization.devservices.enabled is false",
                "DEBUG No Dev Service for device authorization: no injected client lacks a server");
    }

    @Test
    @DisplayName("which clients it leaves alone, and why")
    void leftAlone() {
        Map<String, Function<Startable, String>> provided = new TreeMap<>();
        provide("off", "active", "false", provided);
        provide("yoto", "provider", "yoto", provided);
        provide("tv", "client-id", "app", provided);

        assertThat(provided).containsOnlyKeys("quarkus.device-authorization.tv.auth-server-url");
        assertThat(logged).containsExactly(
                "DEBUG The Dev Service for device authorization leaves client 'off' alone: it is inactive",
                "DEBUG The Dev Service for device authorization leaves client 'yoto' alone: it has a server");
    }

    @Test
    @DisplayName("where it is, and where to approve")
    void started() {
        EmbeddedServer server = new EmbeddedServer(DeviceAuthorizationServer.builder());
        try {
            server.start();
            DevServicesProcessor.tell(server);
            String issuer = server.getConnectionInfo();
            assertThat(logged).containsExactly("INFO Dev Services for device authorization started: " + issuer + " (approve at "
                    + issuer + "/activate, or with POST " + issuer + "/dev/script)");
        } finally {
            server.close();
        }
    }

    @Test
    @DisplayName("that it runs in another application, and when it goes on in this one")
    void shared() {
        SharedServer server;
        String issuer;
        try (DeviceAuthorizationServer other = DeviceAuthorizationServer.builder().serviceName("shop").start()) {
            issuer = other.issuer();
            server = new SharedServer(other.port(), "shop", DeviceAuthorizationServer.builder().port(other.port())
                    .serviceName("shop")::start, Duration.ofMillis(20));
            server.start();
            DevServicesProcessor.tell(server);
            assertThat(logged).containsExactly("INFO Dev Services for device authorization use the server of another"
                    + " application: " + issuer + " (approve at " + issuer + "/activate, or with POST " + issuer
                    + "/dev/script)");
        }
        try {
            Awaitility.await().until(server::runsHere);
            assertThat(logged).last()
                    .isEqualTo("INFO The shared server 'shop' has stopped in another application, and goes on in"
                            + " this one at " + issuer + ". It has forgotten who had signed in");
        } finally {
            server.close();
        }
    }

    private static void provide(String client, String member, String value, Map<String, Function<Startable, String>> provided) {
        Map<String, String> written = Map.of(ConfigKeys.PREFIX + client + "." + member, value);
        DevServicesProcessor.provide(new ConfigValues(client, key -> Optional.ofNullable(written.get(key)),
                ConfigValues.names(written.keySet())), provided);
    }

    private void start(Map<String, String> keys, ClientBuildItem... clients) {
        SmallRyeConfig config = new SmallRyeConfigBuilder().withMapping(DeviceAuthorizationDevServicesConfig.class)
                .withMapping(DevServicesConfig.class).withConverter(Duration.class, 200, new DurationConverter())
                .withSources(new PropertiesConfigSource(keys, "test")).build();
        new DevServicesProcessor().server(List.of(clients), config.getConfigMapping(DeviceAuthorizationDevServicesConfig.class),
                config.getConfigMapping(DevServicesConfig.class), new LaunchModeBuildItem(LaunchMode.TEST, Optional.empty(),
                        false, Optional.empty(), true),
                services::add);
    }
}

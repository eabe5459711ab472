package io.quarkiverse.deviceauthorization.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import io.smallrye.config.ConfigValue;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;

@DisplayName("What is written for the clients")
class WrittenKeysTest {

    private static final String PREFIX = ConfigKeys.PREFIX;

    @Test
    @DisplayName("of hundreds of clients is asked for once each, so that the start takes no longer than their number")
    void hundredsOfClients() {
        assertThat(lookups(300)).isEqualTo(10 * lookups(30)).isLessThanOrEqualTo(300 * 3 * 2);
    }

    /** @return how often the configuration is asked until everything is checked */
    private static int lookups(int clients) {
        Map<String, String> keys = new HashMap<>();
        for (int client = 0; client < clients; client++) {
            String prefix = ConfigKeys.PREFIX + (client % 2 == 0 ? "\"client-" + client + "\"." : "client" + client + ".");
            keys.put(prefix + "client-id", "tv-" + client);
            keys.put(prefix + "provider", "yoto");
            keys.put(prefix + "scopes", "openid,profile");
        }
        AtomicInteger lookups = new AtomicInteger();
        SmallRyeConfig config = new SmallRyeConfigBuilder().withSources(new PropertiesConfigSource(keys, "test", 100) {

            @Override
            public String getValue(String name) {
                lookups.incrementAndGet();
                return super.getValue(name);
            }
        }).build();
        lookups.set(0);

        WrittenKeys written = WrittenKeys.of(config, PREFIX);
        for (int client = 0; client < clients; client++) {
            ConfigValues values = written.of(client % 2 == 0 ? "client-" + client : "client" + client);
            assertThat(values.get("client-id")).hasValue("tv-" + client);
            assertThat(ClientConfigCheck.wrong(values, true)).isEmpty();
            assertThat(RequiredKeys.missing(values)).isEmpty();
        }
        return lookups.get();
    }

    @Test
    @DisplayName("in the environment is found, also where it can't spell the client's name")
    void environment() {
        SmallRyeConfig config = new SmallRyeConfigBuilder().addDefaultInterceptors()
                .withSources(new EnvConfigSource(Map.of(
                        "QUARKUS_DEVICE_AUTHORIZATION__SET_TOP_BOX__CLIENT_ID", "quoted",
                        "QUARKUS_DEVICE_AUTHORIZATION_MY_KIOSK_CLIENT_ID", "unquoted",
                        "QUARKUS_DEVICE_AUTHORIZATION__MY_CLIENT__CLIENT_ID", "dotted"), 300))
                .withSources(new PropertiesConfigSource(Map.of(
                        PREFIX + "\"set-top-box\".provider", "yoto",
                        PREFIX + "my-kiosk.provider", "yoto",
                        PREFIX + "\"my.client\".provider", "yoto",
                        PREFIX + "\"only-here\".provider", "yoto"), "test", 100))
                .build();
        WrittenKeys written = WrittenKeys.of(config, PREFIX);
        assertThat(written.of("set-top-box").get("client-id")).hasValue("quoted");
        assertThat(written.of("my-kiosk").get("client-id")).hasValue("unquoted");
        assertThat(written.of("my.client").get("client-id")).hasValue("dotted");
        assertThat(written.of("only-here").get("client-id")).isEmpty();
        assertThat(written.of("only-here").get("provider")).hasValue("yoto");
    }

    @Test
    @DisplayName("is told with the place where it is")
    void sources() {
        SmallRyeConfig config = new SmallRyeConfigBuilder().addDefaultInterceptors().withProfile("prod")
                .withSources(source("PropertiesConfigSource[source=file:/app/application.properties]", "client-id", 100))
                .withSources(
                        source("PropertiesConfigSource[source=jar:file:/app.jar!/application.properties]", "%prod.audience",
                                110))
                .withSources(source("YamlConfigSource[source=file:/app/application.yaml]", "scopes[0]", 120))
                .withSources(source("EnvConfigSource[source=file:/app/.env]", "dpop", 130))
                .withSources(source("VaultConfigSource", "token-path", 500))
                .withSources(new EnvConfigSource(Map.of("QUARKUS_DEVICE_AUTHORIZATION_PROMPT", "x"), 300)).build();
        WrittenKeys written = WrittenKeys.of(config, PREFIX);
        assertThat(List.of("client-id", "audience", "scopes", "dpop", "token-path", "prompt"))
                .extracting(member -> written.source(PREFIX + member).orElse("nowhere"))
                .containsExactly("application.properties", "application.properties, profile prod", "application.yaml", ".env",
                        "VaultConfigSource", "environment variable");
        assertThat(
                ConfigSources.describe(ConfigValue.builder().withName("x").withConfigSourceName("SysPropConfigSource").build()))
                .isEqualTo("system property");
        assertThat(written.source(PREFIX + "revoke-path")).isEmpty();
        assertThat(new ConfigProblem(PREFIX + "dpop", "'x' is neither true nor false").text(written::source)).isEqualTo(
                "quarkus.device-authorization.dpop (in the environment QUARKUS_DEVICE_AUTHORIZATION_DPOP): 'x' is neither true"
                        + " nor false [set by .env]");
        assertThat(new ConfigProblem(PREFIX + "revoke-path", "is missing").text(key -> Optional.empty()))
                .endsWith("_REVOKE_PATH): is missing");
    }

    private static PropertiesConfigSource source(String name, String key, int ordinal) {
        String profile = key.startsWith("%") ? key.substring(0, key.indexOf('.') + 1) : "";
        return new PropertiesConfigSource(Map.of(profile + PREFIX + key.substring(profile.length()), "x"), name, ordinal);
    }
}

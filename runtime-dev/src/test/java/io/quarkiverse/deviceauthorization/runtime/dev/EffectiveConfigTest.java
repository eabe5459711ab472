package io.quarkiverse.deviceauthorization.runtime.dev;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import io.quarkiverse.deviceauthorization.runtime.dev.Setting.Origin;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;

@DisplayName("The configuration of a client, key by key,")
class EffectiveConfigTest {

    private static final String PREFIX = "quarkus.device-authorization.";

    private static List<Setting> settings(String client, Map<String, String> properties) {
        SmallRyeConfig config = new SmallRyeConfigBuilder().addDefaultInterceptors()
                .withSources(new PropertiesConfigSource(properties,
                        "file:/home/dev/app/target/classes/application.properties", 250))
                .withSources(new EnvConfigSource(
                        Map.of("QUARKUS_DEVICE_AUTHORIZATION_CREDENTIALS_SECRET", "secret-of-the-environment"), 300))
                .withDefaultValue(PREFIX + "polling.max-failures", "20").build();
        return new EffectiveConfig(client, config, Optional.empty()).settings();
    }

    private static Setting setting(List<Setting> settings, String key) {
        return settings.stream().filter(setting -> setting.key().equals(key)).findFirst().orElseThrow();
    }

    @DisplayName("says where each value comes from")
    @Test
    void sources() {
        List<Setting> settings = settings("<default>", Map.of(PREFIX + "client-id", "box"));

        Setting clientId = setting(settings, PREFIX + "client-id");
        assertThat(clientId.value()).isEqualTo("box");
        assertThat(clientId.origin()).isEqualTo(Origin.CONFIGURED);
        assertThat(clientId.source()).isEqualTo("application.properties");
        assertThat(clientId.sourceName()).contains("/home/dev/app");

        Setting failures = setting(settings, PREFIX + "polling.max-failures");
        assertThat(failures.value()).isEqualTo("20");
        assertThat(failures.origin()).isEqualTo(Origin.DEFAULT);

        assertThat(setting(settings, PREFIX + "audience").origin()).isEqualTo(Origin.NOT_SET);
    }

    @DisplayName("says of a secret whether it is set, and from where, but not what it is")
    @Test
    void secrets() {
        List<Setting> settings = settings("<default>", Map.of(
                PREFIX + "headers.X-Api-Key", "key-of-the-gateway",
                PREFIX + "credentials.secrte", "secret-under-a-misspelt-key",
                PREFIX + "auth-server-url", "https://user:password-in-a-url@login.example.com/realm",
                PREFIX + "extra-params.login_token", "token-in-a-parameter"));

        Setting secret = setting(settings, PREFIX + "credentials.secret");
        assertThat(secret.secret()).isTrue();
        assertThat(secret.value()).isNull();
        assertThat(secret.origin()).isEqualTo(Origin.CONFIGURED);
        assertThat(secret.source()).isEqualTo("environment variable");
        assertThat(setting(settings, PREFIX + "credentials.jwt.key").origin()).isEqualTo(Origin.NOT_SET);
        assertThat(setting(settings, PREFIX + "auth-server-url").value()).isEqualTo("https://login.example.com/realm");
        assertThat(settings.toString()).contains("X-Api-Key").doesNotContain("secret-of-the-environment", "key-of-the-gateway",
                "secret-under-a-misspelt-key", "password-in-a-url", "token-in-a-parameter");
    }

    @DisplayName("keeps the spelling of the client's name, and reads lists by index")
    @Test
    void spelling() {
        List<Setting> settings = settings("yoto", Map.of(PREFIX + "yoto.client-id", "box", PREFIX + "yoto.scopes[0]", "openid",
                PREFIX + "yoto.scopes[1]", "profile", PREFIX + "client-id", "of another client"));

        assertThat(setting(settings, PREFIX + "yoto.client-id").value()).isEqualTo("box");
        assertThat(setting(settings, PREFIX + "yoto.scopes").value()).isEqualTo("openid,profile");
        assertThat(settings.toString()).doesNotContain("of another client");
    }

    @DisplayName("tells an expression that can't be resolved from no value")
    @Test
    void expressions() {
        List<Setting> settings = settings("<default>", Map.of(PREFIX + "client-id", "${NOBODY_SETS_THIS}"));

        assertThat(setting(settings, PREFIX + "client-id").value()).isEqualTo("an expression that can't be resolved");
        assertThat(setting(settings, PREFIX + "client-id").origin()).isEqualTo(Origin.CONFIGURED);
    }
}

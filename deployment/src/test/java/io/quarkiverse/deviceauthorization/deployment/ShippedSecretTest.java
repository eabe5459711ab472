package io.quarkiverse.deviceauthorization.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.deviceauthorization.runtime.config.ConfigValues;
import io.smallrye.config.ConfigValue;

@DisplayName("R22: a secret inside of a program is no secret")
class ShippedSecretTest {

    private static final String TV = "quarkus.device-authorization.\"tv\".";

    @ParameterizedTest
    @ValueSource(strings = { "PropertiesConfigSource[source=file:/home/me/app/target/classes/application.properties]",
            "PropertiesConfigSource[source=jar:file:/app.jar!/application-prod.properties]",
            "YamlConfigSource[source=file:/app/target/classes/application.yaml]",
            "PropertiesConfigSource[source=jar:file:/app.jar!/META-INF/microprofile-config.properties]" })
    void becomesPartOfTheProgramInAFileOfTheApplication(String source) {
        assertThat(isShipped("s3cret", source)).isTrue();
    }

    @Test
    void staysOutsideElsewhere() {
        assertThat(isShipped(null, null)).as("no secret").isFalse();
        assertThat(isShipped("", "PropertiesConfigSource[source=application.properties]")).as("taken back").isFalse();
        assertThat(isShipped("${CLIENT_SECRET}", "PropertiesConfigSource[source=application.properties]")).isFalse();
        assertThat(isShipped("s3cret", "EnvConfigSource")).isFalse();
        assertThat(isShipped("s3cret", "EnvConfigSource[source=file:/app/.env]")).isFalse();
        assertThat(isShipped("s3cret", "PropertiesConfigSource[source=file:/app/config/application.properties]")).isFalse();
        assertThat(isShipped("s3cret", "DevServicesConfigSource")).isFalse();
    }

    @Test
    void areSecretsPrivateKeysAndPasswordsOfEveryGroup() {
        assertThat(secrets("provider", "yoto", "client-id", "tv", "credentials.secret", "a", "credentials.jwt.key", "b",
                "credentials.jwt.key-id", "c", "credentials.jwt.key-store-password", "d", "credentials.jwt.key-password", "e",
                "credentials.bearer-token", "f", "tokens.encryption.key", "g", "headers.X-Api-Key", "h", "headers.User-Agent",
                "i", "extra-params.access_token", "j", "extra-params.prompt", "k"))
                .containsExactlyInAnyOrder(TV + "credentials.secret", TV + "credentials.jwt.key",
                        TV + "credentials.jwt.key-store-password", TV + "credentials.jwt.key-password",
                        TV + "credentials.bearer-token", TV + "tokens.encryption.key", TV + "headers.X-Api-Key",
                        TV + "extra-params.access_token");
    }

    @Test
    void areNotWhatTheProviderDemandsOfEveryProgram() {
        assertThat(secrets("provider", "trakt", "credentials.secret", "a", "tokens.encryption.key", "g"))
                .containsExactly(TV + "tokens.encryption.key");
    }

    private static List<String> secrets(String... membersAndValues) {
        Map<String, String> values = new TreeMap<>();
        for (int i = 0; i < membersAndValues.length; i += 2) {
            values.put(TV + membersAndValues[i], membersAndValues[i + 1]);
        }
        return ShippedSecretProcessor.secrets(new ConfigValues("tv", key -> Optional.ofNullable(values.get(key)),
                ConfigValues.names(values.keySet())));
    }

    private static boolean isShipped(String value, String source) {
        return ShippedSecretProcessor.isShipped(ConfigValue.builder().withName("key").withRawValue(value).withValue(value)
                .withConfigSourceName(source).build());
    }
}

package io.quarkiverse.deviceauthorization.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import io.quarkiverse.deviceauthorization.runtime.config.ConfigValues;
import io.smallrye.config.ConfigValue;

@DisplayName("R22: a secret inside a native command-line program is no secret")
class ShippedSecretTest {

    @Test
    void warnsOfASecretThatBecomesPartOfTheProgram() {
        assertThat(warning("s3cret", "PropertiesConfigSource[source=application.properties]")).hasValueSatisfying(
                text -> assertThat(text)
                        .startsWith("quarkus.device-authorization.credentials.secret becomes part of a native program")
                        .contains("QUARKUS_DEVICE_AUTHORIZATION_CREDENTIALS_SECRET")
                        .doesNotContain("s3cret"));
    }

    @Test
    void isSilentWhereTheSecretStaysOutside() {
        assertThat(warning(null, null)).as("no secret").isEmpty();
        assertThat(warning("${CLIENT_SECRET}", "PropertiesConfigSource[source=application.properties]")).isEmpty();
        assertThat(warning("s3cret", "EnvConfigSource")).isEmpty();
    }

    @Test
    void looksAtSecretsAndPrivateKeys() {
        assertThat(secrets("yoto")).containsExactly("quarkus.device-authorization.\"tv\".credentials.secret",
                "quarkus.device-authorization.\"tv\".credentials.jwt.key",
                "quarkus.device-authorization.\"tv\".credentials.bearer-token");
        assertThat(secrets("")).hasSize(3);
    }

    @Test
    void isSilentAboutASecretThatTheProviderDemandsOfEveryProgram() {
        assertThat(secrets("trakt")).containsExactly("quarkus.device-authorization.\"tv\".credentials.jwt.key",
                "quarkus.device-authorization.\"tv\".credentials.bearer-token");
    }

    private static List<String> secrets(String provider) {
        return ShippedSecretProcessor.secrets(new ConfigValues("tv",
                key -> Optional.of(provider).filter(text -> key.endsWith(".provider")), new TreeSet<>()));
    }

    private static Optional<String> warning(String value, String source) {
        return ShippedSecretProcessor.warning("quarkus.device-authorization.credentials.secret",
                key -> ConfigValue.builder().withName(key)
                        .withRawValue(value).withValue(value).withConfigSourceName(source).build());
    }
}

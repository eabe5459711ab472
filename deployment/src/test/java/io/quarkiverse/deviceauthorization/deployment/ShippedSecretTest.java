package io.quarkiverse.deviceauthorization.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

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

    private static Optional<String> warning(String value, String source) {
        return ShippedSecretProcessor.warning("quarkus.device-authorization.credentials.secret",
                key -> ConfigValue.builder().withName(key)
                        .withRawValue(value).withValue(value).withConfigSourceName(source).build());
    }
}

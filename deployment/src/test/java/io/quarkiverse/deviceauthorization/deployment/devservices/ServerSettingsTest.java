package io.quarkiverse.deviceauthorization.deployment.devservices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.common.utils.StringUtil;

@DisplayName("The settings of the Dev Service")
class ServerSettingsTest {

    private static final String PREFIX = "quarkus.device-authorization.devservices.";

    @Test
    void nameTheKeyWhoseDurationTheProtocolCantSay() {
        assertThatThrownBy(() -> settings("interval", "0.5S").server()).isInstanceOf(ConfigurationException.class)
                .hasMessage("quarkus.device-authorization.devservices.interval: 'PT0.5S' is not a whole number of seconds above"
                        + " zero. Write for example 5S");
        assertThatThrownBy(() -> settings("code-lifespan", "0S").server()).isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("devservices.code-lifespan: 'PT0S'");
        assertThatThrownBy(() -> settings("refresh-token-lifespan", "0.1S").server())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("devservices.refresh-token-lifespan: 'PT0.1S'");
    }

    static Stream<String> durations() {
        return Arrays.stream(DeviceAuthorizationDevServicesConfig.class.getMethods())
                .filter(method -> method.toGenericString().contains("java.time.Duration"))
                .map(method -> StringUtil.skewer(method.getName()));
    }

    @ParameterizedTest
    @MethodSource("durations")
    void nameEachKeyWhoseDurationIsLessThanNone(String key) {
        assertThatThrownBy(() -> settings(key, "-1S").server()).isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith(PREFIX + key + ": 'PT-1S' is not a whole number of seconds above zero");
    }

    @ParameterizedTest
    @ValueSource(strings = { "-1", "65536" })
    void nameThePortThatIsNone(String port) {
        assertThatThrownBy(() -> settings("port", port).port()).isInstanceOf(ConfigurationException.class)
                .hasMessage("quarkus.device-authorization.devservices.port: '" + port + "' is no port. Write a number from 1 to"
                        + " 65535, or remove it for a free one");
    }

    @Test
    void takeAnyPortUnlessOneIsConfigured() {
        assertThat(settings().port()).isZero();
        assertThat(settings("port", "9123").port()).isEqualTo(9123);
    }

    @Test
    void takeThePortThatIsKnownForASharedServer() {
        assertThat(settings("shared", "true").port()).isEqualTo(8628);
        assertThat(settings("shared", "true", "port", "9123").port()).isEqualTo(9123);
        assertThatThrownBy(() -> settings("shared", "true", "port", "0").port()).isInstanceOf(ConfigurationException.class)
                .hasMessage("quarkus.device-authorization.devservices.port: 0 takes any free port, where no other application"
                        + " finds the shared server. Remove it, or write for example 8628");
    }

    @ParameterizedTest
    @CsvSource({ "DEVELOPMENT, true", "TEST, false" })
    void shareInDevModeOnly(LaunchMode launchMode, boolean shared) {
        assertThat(ServerSettings.of(config("shared", "true"), launchMode).shared()).isEqualTo(shared);
        assertThat(ServerSettings.of(config(), launchMode).shared()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({ "port, 9123", "behaviour, auth0", "interval, 2S", "code-lifespan, 1M", "access-token-lifespan, 1M",
            "refresh-token-lifespan, 1M", "refresh-token-rotation, false", "users.carol.claims.name, Carol", "shared, true",
            "service-name, shop" })
    void tellEachChangeThatTakesAnotherServer(String key, String value) {
        assertThat(settings(key, value).describe()).isNotEqualTo(settings().describe())
                .isEqualTo(settings(key, value).describe());
    }

    @Test
    void readClaimsThatAreJsonAndLeaveOthersAsTheyAre() {
        assertThat(Claims.of(Map.of("name", "Carol", "email_verified", "true", "age", "42", "groups", "[\"admin\",\"dev\"]",
                "address", "{\"country\":\"NZ\"}", "phone_number", "+64 3 123", "birthdate", "1990-01-02", "code", "\"42\"",
                "nickname", "null")))
                .isEqualTo(Map.of("name", "Carol", "email_verified", true, "age", 42, "groups",
                        List.of("admin", "dev"), "address", Map.of("country", "NZ"), "phone_number", "+64 3 123",
                        "birthdate", "1990-01-02", "code", "42", "nickname", "null"));
    }

    private static ServerSettings settings(String... keysAndValues) {
        return ServerSettings.of(config(keysAndValues), LaunchMode.DEVELOPMENT);
    }

    private static DeviceAuthorizationDevServicesConfig config(String... keysAndValues) {
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            values.put(PREFIX + keysAndValues[i], keysAndValues[i + 1]);
        }
        SmallRyeConfig config = new SmallRyeConfigBuilder()
                .withMapping(DeviceAuthorizationDevServicesConfig.class)
                .withConverter(Duration.class, 200, new DurationConverter())
                .withSources(new PropertiesConfigSource(values, "test"))
                .build();
        return config.getConfigMapping(DeviceAuthorizationDevServicesConfig.class);
    }
}

package io.quarkiverse.deviceauthorization.deployment.devservices;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;

class EmbeddedServerTest {

    @Test
    void namesTheKeyWhoseDurationTheProtocolCantSay() {
        assertThatThrownBy(() -> new EmbeddedServer(config("interval", "0.5S"))).isInstanceOf(ConfigurationException.class)
                .hasMessage("quarkus.device-authorization.devservices.interval: 'PT0.5S' is not a whole number of seconds above"
                        + " zero. Write for example 5S");
        assertThatThrownBy(() -> new EmbeddedServer(config("code-lifespan", "0S"))).isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("devservices.code-lifespan: 'PT0S'");
    }

    private static DeviceAuthorizationDevServicesConfig config(String key, String value) {
        SmallRyeConfig config = new SmallRyeConfigBuilder()
                .withMapping(DeviceAuthorizationDevServicesConfig.class)
                .withConverter(Duration.class, 200, new DurationConverter())
                .withSources(
                        new PropertiesConfigSource(Map.of("quarkus.device-authorization.devservices." + key, value), "test"))
                .build();
        return config.getConfigMapping(DeviceAuthorizationDevServicesConfig.class);
    }
}

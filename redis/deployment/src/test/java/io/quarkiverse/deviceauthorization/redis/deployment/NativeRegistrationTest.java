package io.quarkiverse.deviceauthorization.redis.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.deviceauthorization.deployment.nativeimage.Registrations;
import io.quarkus.test.QuarkusUnitTest;

@DisplayName("A native executable with a store in Redis")
class NativeRegistrationTest {

    private static final String OURS = "io.quarkiverse.deviceauthorization.redis.";

    private static final Pattern CONFIGURATION = Pattern.compile(".*Config(\\$\\w+)?\\$\\$CMImpl.*");

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClass(Servers.class))
            .overrideConfigKey("quarkus.redis.devservices.enabled", "false")
            .overrideConfigKey("quarkus.redis.hosts", Servers.uri(Servers.absent("native")))
            .addBuildChainCustomizer(new Registrations());

    @Test
    @DisplayName("finds by reflection its configuration, what is listed here, and nothing else of ours")
    void reflection() {
        assertThat(Registrations.of(Registrations.REFLECTION)).filteredOn(name -> name.startsWith(OURS))
                .filteredOn(name -> !CONFIGURATION.matcher(name).matches())
                .extracting(name -> name.substring(OURS.length())).containsExactly(
                        // beans, by Quarkus
                        "runtime.DeviceAuthorizationStoreHealthCheck.<init>",
                        "runtime.RedisStoreProducer.store");
    }

    @Test
    @DisplayName("makes no proxies for us")
    void proxies() {
        assertThat(Registrations.of(Registrations.PROXIES)).filteredOn(name -> name.startsWith(OURS)).isEmpty();
    }
}

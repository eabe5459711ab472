package io.quarkiverse.deviceauthorization.web.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.deviceauthorization.deployment.nativeimage.Registrations;
import io.quarkus.test.QuarkusUnitTest;

@DisplayName("A native executable with the sign-in page")
class NativeRegistrationTest {

    private static final String OURS = "io.quarkiverse.deviceauthorization.web.";

    private static final Pattern CONFIGURATION = Pattern.compile(".*Config(\\$\\w+)?\\$\\$CMImpl.*");

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest().withEmptyApplication()
            .addBuildChainCustomizer(new Registrations());

    @Test
    @DisplayName("finds by reflection its configuration, what is listed here, and nothing else of ours")
    void reflection() {
        assertThat(Registrations.of(Registrations.REFLECTION)).filteredOn(name -> name.startsWith(OURS))
                .filteredOn(name -> !CONFIGURATION.matcher(name).matches())
                .extracting(name -> name.substring(OURS.length())).containsExactly(
                        // a bean, by Quarkus
                        "runtime.SignInPages.<init>");
    }

    @Test
    @DisplayName("makes no proxies for us")
    void proxies() {
        assertThat(Registrations.of(Registrations.PROXIES)).filteredOn(name -> name.startsWith(OURS)).isEmpty();
    }
}

package io.quarkiverse.deviceauthorization.runtime.config;

import static io.quarkiverse.deviceauthorization.runtime.config.Written.problem;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.deviceauthorization.runtime.provider.SamplePresets;

@DisplayName("What a provider can't do without when the application is built")
class PresetCheckTest {

    private final Written written = Written.forDefault();

    @Test
    void aKeyThatHasToBeThere() {
        assertThat(written.demanded(SamplePresets.ownServer())).containsExactly(
                problem("audience", "is missing. Set it to the identifier of the API"));
        assertThat(written.with("active", "false").demanded(SamplePresets.ownServer())).as("not of an inactive client")
                .isEmpty();
        assertThat(written.with("active", "true").with("audience", "${}").demanded(SamplePresets.ownServer())).isEmpty();
    }

    @Test
    void aUrlThatCannotBeTheServerOfThisProvider() {
        written.with("audience", "https://api.example.com");
        assertThat(written.with("auth-server-url", "https://example.com/").demanded(SamplePresets.ownServer()))
                .containsExactly(problem("auth-server-url", "names no tenant. Write for example https://example.com/home"));
        assertThat(written.with("auth-server-url", "https://example.com/home").demanded(SamplePresets.ownServer())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = { "${}", "example.com", "https://example .com", "" })
    void aUrlThatIsNoneIsAProblemOfItsOwn(String url) {
        assertThat(written.with("audience", "https://api.example.com").with("auth-server-url", url)
                .demanded(SamplePresets.ownServer())).isEmpty();
    }

    @Test
    void discoveryInPlaceOfTheKnownEndpoints() {
        assertThat(written.with("provider", "yoto").with("discovery-enabled", "true").wrong(true)).isEmpty();
    }
}

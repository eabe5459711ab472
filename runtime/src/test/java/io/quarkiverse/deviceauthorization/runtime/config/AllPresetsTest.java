package io.quarkiverse.deviceauthorization.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Optional;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.quarkiverse.deviceauthorization.runtime.provider.Preset;
import io.quarkiverse.deviceauthorization.runtime.provider.Preset.Endpoint;
import io.quarkiverse.deviceauthorization.runtime.provider.Preset.Requirement;
import io.quarkiverse.deviceauthorization.runtime.provider.Provider;

@DisplayName("No preset is forgotten: of each,")
class AllPresetsTest {

    @ParameterizedTest
    @EnumSource
    @DisplayName("what is missing is told, at the build or at the start")
    void missing(Provider provider) {
        Written written = Written.forDefault().with("provider", name(provider));
        assertThat(written.missing()).anyMatch(text -> text.startsWith("quarkus.device-authorization.client-id ("));
        if (provider.preset().example().isPresent()) {
            assertThat(written.missing()).anyMatch(text -> text.startsWith("quarkus.device-authorization.auth-server-url (")
                    && text.endsWith("for example " + provider.preset().example().get()));
        }
        for (Requirement requirement : provider.preset().requirements()) {
            assertThat(requirement.atBuild() ? written.wrong(true) : written.missing())
                    .anyMatch(text -> text.startsWith("quarkus.device-authorization." + requirement.key() + " ("));
        }
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("what it demands is enough, and what it knows is right in production")
    void enough(Provider provider) {
        Preset preset = provider.preset();
        Written written = Written.forDefault().with("provider", name(provider)).with("client-id", "tv");
        preset.example().ifPresent(server -> written.with("auth-server-url", server));
        preset.requirements().forEach(requirement -> written.with(requirement.key(), "https://api.example.com"));
        assertThat(written.missing()).isEmpty();
        assertThat(written.wrong(true)).isEmpty();

        preset.authServerUrl().ifPresent(server -> written.with("auth-server-url", server));
        for (Endpoint endpoint : Endpoint.values()) {
            Optional<String> path = preset.path(endpoint);
            path.ifPresent(known -> written.with(ConfigKeys.path(endpoint), known));
        }
        assertThat(written.wrong(true)).isEmpty();
    }

    private static String name(Provider provider) {
        return provider.name().toLowerCase(Locale.ROOT);
    }
}

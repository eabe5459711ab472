package io.quarkiverse.deviceauthorization.runtime.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.deviceauthorization.store.AuthorizationStoreException;

@DisplayName("The user's configuration directory of an application")
class ConfigurationDirectoryTest {

    private final Map<String, String> environment = new HashMap<>();
    private final Map<String, String> properties = new HashMap<>(Map.of("os.name", "Linux", "user.home", "/home/alice"));

    @ParameterizedTest
    @CsvSource({
            "Linux, /home/alice/.config/acme",
            "FreeBSD, /home/alice/.config/acme",
            "Mac OS X, /home/alice/Library/Application Support/acme",
            "Windows 11, /home/alice/AppData/Roaming/acme" })
    void isWhereThePlatformWantsIt(String system, String expected) {
        properties.put("os.name", system);
        assertThat(of("acme")).isEqualTo(Path.of(expected));
    }

    @Test
    void environmentVariablesGoFirst() {
        environment.put("XDG_CONFIG_HOME", "/etc/alice");
        environment.put("APPDATA", "/roaming");
        assertThat(of("acme")).isEqualTo(Path.of("/etc/alice/acme"));
        properties.put("os.name", "Windows 11");
        assertThat(of("acme")).isEqualTo(Path.of("/roaming/acme"));
    }

    @ParameterizedTest
    @ValueSource(strings = { "", " ", "relative/path" })
    void whatIsNoAbsolutePathIsIgnored(String value) {
        environment.put("XDG_CONFIG_HOME", value);
        assertThat(of("acme")).isEqualTo(Path.of("/home/alice/.config/acme"));
    }

    @ParameterizedTest
    @CsvSource({ "../../etc/passwd", "''", ".hidden", ".." })
    void namesThatLeadElsewhereAreRefused(String application) {
        assertThatThrownBy(() -> of(application)).isInstanceOf(AuthorizationStoreException.class)
                .hasMessage("'" + application + "' can't name a directory. Set"
                        + " quarkus.device-authorization.tokens.file.directory");
    }

    @Test
    void oddCharactersAreReplaced() {
        assertThat(of("my app/1.0\0")).isEqualTo(Path.of("/home/alice/.config/my_app_1.0_"));
    }

    @ParameterizedTest
    @ValueSource(strings = { "?", "" })
    void aUserWithoutHome(String home) {
        properties.put("user.home", home);
        assertThatThrownBy(() -> of("acme")).isInstanceOf(AuthorizationStoreException.class)
                .hasMessage("The user who runs the application has no home directory. Set"
                        + " quarkus.device-authorization.tokens.file.directory");
    }

    private Path of(String application) {
        return ConfigurationDirectory.of(application, environment::get, properties::get,
                "quarkus.device-authorization.tokens.file.directory");
    }
}

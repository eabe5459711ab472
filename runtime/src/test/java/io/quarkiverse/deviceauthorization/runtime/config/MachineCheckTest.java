package io.quarkiverse.deviceauthorization.runtime.config;

import static io.quarkiverse.deviceauthorization.runtime.config.Written.problem;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.eclipse.microprofile.config.Config;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import io.quarkiverse.deviceauthorization.runtime.LoggedWarnings;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;

@DisplayName("What a client refers to, and is not there when the application starts,")
class MachineCheckTest {

    private final LoggedWarnings logged = new LoggedWarnings("io.quarkiverse.deviceauthorization.runtime.config");

    @AfterEach
    void close() {
        logged.close();
    }

    @Test
    @DisplayName("stops the start if it is a proxy, since these come from the configuration alone")
    void proxy() {
        Written written = Written.forDefault().with("proxy-configuration-name", "office");
        assertThat(wrong(written))
                .containsExactly(problem("proxy-configuration-name", "there is no proxy configuration 'office'."
                        + " Set quarkus.proxy.\"office\".host, or remove it"));
        assertThat(wrong(written, "quarkus.proxy.office.host")).isEmpty();
        assertThat(wrong(written, "QUARKUS_PROXY__OFFICE__HOST")).isEmpty();
        assertThat(wrong(written, "quarkus.proxy.officer.host")).hasSize(1);
        assertThat(wrong(Written.forDefault().with("proxy-configuration-name", "none"))).isEmpty();
    }

    @Test
    @DisplayName("is a warning if it is a TLS configuration, since code can register more")
    void tls() {
        Written written = Written.forDefault().with("tls-configuration-name", "office");
        assertThat(wrong(written)).isEmpty();
        assertThat(logged.messages).containsExactly("quarkus.device-authorization.tls-configuration-name: there is no TLS"
                + " configuration 'office' under quarkus.tls.\"office\". Unless it is registered in code, nobody can sign in");
        assertThat(wrong(written, "quarkus.tls.\"office\".key-store.p12.path")).isEmpty();
        assertThat(logged.messages).hasSize(1);
    }

    @Test
    @DisplayName("stops the start if it is the home directory that files would be in")
    void home() {
        Written written = Written.forClient("tv").with("tokens.store", "file");
        String home = System.setProperty("user.home", "?");
        try {
            assertThat(wrong(written)).containsExactly("quarkus.device-authorization.\"tv\".tokens.file.directory (in the"
                    + " environment QUARKUS_DEVICE_AUTHORIZATION__TV__TOKENS_FILE_DIRECTORY): is missing, and the user who runs"
                    + " the application has no home directory. Set it");
            assertThat(wrong(Written.forClient("tv").with("tokens.store", "file").with("tokens.file.directory", "/data")))
                    .isEmpty();
            assertThat(wrong(Written.forClient("tv"))).isEmpty();
        } finally {
            System.setProperty("user.home", home);
        }
        assertThat(wrong(written)).isEmpty();
    }

    private static List<String> wrong(Written written, String... keys) {
        Map<String, String> all = new HashMap<>();
        for (String key : keys) {
            all.put(key, "x");
        }
        Config config = new SmallRyeConfigBuilder().withSources(new PropertiesConfigSource(all, "test", 100)).build();
        return MachineCheck.wrong(written.values(), config).stream().map(ConfigProblem::text).toList();
    }
}

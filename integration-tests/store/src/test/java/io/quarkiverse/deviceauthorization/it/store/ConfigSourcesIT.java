package io.quarkiverse.deviceauthorization.it.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.quarkiverse.deviceauthorization.devserver.DeviceAuthorizationServer;
import io.quarkiverse.deviceauthorization.it.process.Run;

/** What is in an application is in SourcesTest. */
@DisplayName("A program whose configuration is wrong in several places")
class ConfigSourcesIT {

    @TempDir
    Path directory;

    @Test
    @DisplayName("does not start, and tells where to look: .env, a file and its line and profile, or a variable")
    void sources() throws IOException {
        write(".env", """
                QUARKUS_DEVICE_AUTHORIZATION_DPOP=maybe
                QUARKUS_DEVICE_AUTHORIZATION_TV_SCOPES=openid profile
                QUARKUS_DEVICE_AUTHORIZATION_REVOKE_PTH=/revoke
                """);
        write("config/application.properties", """
                quarkus.device-authorization.scopes=oidc

                %prod.quarkus.device-authorization.prompt=paper
                """);
        write("config/application-prod.properties", "quarkus.device-authorization.token-path=ws://localhost/token\n");
        String output;
        try (DeviceAuthorizationServer server = DeviceAuthorizationServer.start()) {
            Run run = Program.at(server).with(Program.PREFIX + "tokens.store", "disk")
                    .withVariable("QUARKUS_DEVICE_AUTHORIZATION_AUDIENCE", "api ")
                    .startIn(directory, "login");
            assertThat(run.exitCode()).isNotZero();
            output = run.output();
        }
        assertThat(output.lines().filter(line -> line.contains("[set by ")).map(ConfigSourcesIT::keyAndSource).distinct())
                .containsExactlyInAnyOrder(
                        "quarkus.device-authorization.dpop .env",
                        "quarkus.device-authorization.tv.scopes .env",
                        "QUARKUS_DEVICE_AUTHORIZATION_REVOKE_PTH .env",
                        "quarkus.device-authorization.scopes application.properties, line 1",
                        "quarkus.device-authorization.prompt application.properties, line 3, profile prod",
                        "quarkus.device-authorization.token-path application-prod.properties, line 1",
                        "quarkus.device-authorization.audience environment variable",
                        "quarkus.device-authorization.tokens.store system property");
    }

    private void write(String file, String text) throws IOException {
        Path path = directory.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    private static String keyAndSource(String line) {
        return line.replaceAll("^.*?(quarkus\\.device-authorization[^ :]+|QUARKUS_DEVICE_AUTHORIZATION_\\w+)[ :].*"
                + "\\[set by ([^]]+)].*$", "$1 $2");
    }
}

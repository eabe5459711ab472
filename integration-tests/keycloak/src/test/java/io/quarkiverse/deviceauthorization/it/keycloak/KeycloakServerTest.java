package io.quarkiverse.deviceauthorization.it.keycloak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A Keycloak that can't start fails the tests, and says why. */
class KeycloakServerTest {

    @TempDir
    Path directory;

    @Test
    void failsWithTheLastLinesOfTheLogWhenTheServerEnds() throws IOException {
        Path log = directory.resolve("keycloak.log");
        Path realmFile = Files.writeString(directory.resolve("realm.json"), "{}");
        List<ProcessHandle> before = ProcessHandle.current().descendants().toList();

        assertThatThrownBy(() -> KeycloakServer.start(KeycloakResource.home(), log, realmFile, "--nonsense"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Keycloak did not start: the process ended")
                .hasMessageContaining("Unknown option: '--nonsense'");

        assertThat(ProcessHandle.current().descendants()).isSubsetOf(before);
    }

    @Test
    void failsWithTheCureWhenThereIsNoDistribution() {
        assertThatThrownBy(() -> KeycloakServer.start(directory, directory.resolve("log"), directory.resolve("realm.json")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("There is no Keycloak distribution at '" + directory
                        + "': run the tests through Maven, which unpacks it, or set the system property 'keycloak.home'");
    }
}

package io.quarkiverse.deviceauthorization.it.keycloak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A Keycloak that can't start fails the tests, and says why. */
class KeycloakServerTest {

    @TempDir
    Path directory;

    @Test
    void failsWithTheLastLinesOfTheLogWhenTheServerEnds() {
        Path log = directory.resolve("keycloak.log");
        List<ProcessHandle> before = ProcessHandle.current().descendants().toList();

        assertThatThrownBy(() -> KeycloakServer.start(KeycloakResource.home(), log, KeycloakResource.realmFile(), "--nonsense"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Keycloak did not start: the process ended")
                .hasMessageContaining("Unknown option: '--nonsense'");

        assertThat(ProcessHandle.current().descendants()).isSubsetOf(before);
    }

    @Test
    void failsWithTheCureWhenThereIsNoDistribution() {
        assertThatThrownBy(() -> KeycloakServer.start(directory, directory.resolve("log"), KeycloakResource.realmFile()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("There is no Keycloak distribution at '" + directory
                        + "': run the tests through Maven, which unpacks it, or set the system property 'keycloak.home'");
    }
}

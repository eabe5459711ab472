package io.quarkiverse.deviceauthorization.it.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import io.quarkiverse.deviceauthorization.devserver.DeviceAuthorizationServer;
import io.quarkiverse.deviceauthorization.it.process.Directories;
import io.quarkiverse.deviceauthorization.it.process.LoadedClasses;
import io.quarkiverse.deviceauthorization.redis.server.RedisServer;

@DisplayName("A node, as all tests here start it,")
class NodeClassArchiveIT {

    private static final Path LOADED = Path.of("target", "loaded-classes.log");

    /** What is made while it runs is in no archive, nor is what only some runs need. */
    private static final double NEARLY_ALL = 0.9;

    @Test
    @DisplayName("has nearly all of its classes from the archive that the first one has left")
    void archived() throws IOException {
        try (DeviceAuthorizationServer server = DeviceAuthorizationServer.builder().start();
                RedisServer redis = RedisServer.start()) {
            Incarnation node = NodeProgram.at(server).sharing(redis).start("archived",
                    Directories.base().resolve("archived.journal"), NodeClassArchive.USE, LoadedClasses.into(LOADED));
            node.awaitStart();
            Http.exchange("POST", node.uri().orElseThrow().resolve("/accounts/alice/sign-in"), Duration.ofSeconds(30));
            node.stop();
        }

        LoadedClasses classes = LoadedClasses.of(LOADED);
        assertThat(classes.archived()).as("from the archive")
                .contains("io.quarkiverse.deviceauthorization.redis.runtime.RedisAuthorizationStore");
        assertThat(classes.archivedShare()).as("from elsewhere: %s", classes.others()).isGreaterThan(NEARLY_ALL);
    }
}

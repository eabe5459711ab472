package io.quarkiverse.deviceauthorization.it.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import io.quarkiverse.deviceauthorization.devserver.DeviceAuthorizationServer;
import io.quarkiverse.deviceauthorization.it.process.Directories;
import io.quarkiverse.deviceauthorization.redis.server.RedisServer;

/** The classes of the application, as a first run leaves them behind: dozens of processes start quicker with it. */
final class NodeClassArchive {

    /** The option of Java that makes it use the archive. */
    static final String USE = "-XX:SharedArchiveFile=" + make();

    private NodeClassArchive() {
    }

    private static Path make() {
        Path file = Directories.base().resolve("node.jsa");
        try (DeviceAuthorizationServer server = DeviceAuthorizationServer.builder().interval(Duration.ofSeconds(1)).start();
                RedisServer redis = RedisServer.start()) {
            Files.deleteIfExists(file);
            Path journal = Files.createDirectories(Directories.base()).resolve("archive.journal");
            Incarnation first = NodeProgram.at(server).sharing(redis).start("archive", journal,
                    "-XX:ArchiveClassesAtExit=" + file);
            first.awaitStart();
            Http.exchange("POST", first.uri().orElseThrow().resolve("/accounts/alice/sign-in"), Duration.ofSeconds(30));
            first.stop();
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

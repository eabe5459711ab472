package io.quarkiverse.deviceauthorization.it.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import io.quarkiverse.deviceauthorization.devserver.DeviceAuthorizationServer;
import io.quarkiverse.deviceauthorization.it.process.Directories;

/** The classes of the program, as a first run leaves them behind: hundreds of processes start quicker with it. */
final class ClassArchive {

    static final Path FILE = make();

    private ClassArchive() {
    }

    private static Path make() {
        Path file = Directories.base().resolve("program.jsa");
        try (DeviceAuthorizationServer server = DeviceAuthorizationServer.builder().interval(Duration.ofSeconds(1)).start()) {
            Files.deleteIfExists(file);
            server.script().approve("alice");
            Program.at(server).start(List.of("-XX:ArchiveClassesAtExit=" + file), "refresh-at-once", "1", "3").exitCode();
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

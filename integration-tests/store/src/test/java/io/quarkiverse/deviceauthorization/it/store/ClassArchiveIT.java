package io.quarkiverse.deviceauthorization.it.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.quarkiverse.deviceauthorization.devserver.DeviceAuthorizationServer;
import io.quarkiverse.deviceauthorization.it.process.Directories;
import io.quarkiverse.deviceauthorization.it.process.LoadedClasses;
import io.quarkiverse.deviceauthorization.it.process.Run;

@DisplayName("A program that signs somebody in")
class ClassArchiveIT {

    private static final Path LOADED = Path.of("target", "loaded-classes.log");
    private static final String OF_A_SIGN_IN = "io.quarkiverse.deviceauthorization.runtime.flow.Flow";

    /** What is made while it runs is in no archive, nor is what only some runs need. */
    private static final double NEARLY_ALL = 0.9;

    private final DeviceAuthorizationServer server = DeviceAuthorizationServer.builder().interval(Duration.ofSeconds(1))
            .start();

    @AfterEach
    void close() {
        server.close();
    }

    enum Archive {

        /** The one that all tests here start their programs with. */
        APP_CDS(17) {
            @Override
            List<String> make(ClassArchiveIT test) {
                return List.of("-XX:SharedArchiveFile=" + ClassArchive.FILE);
            }
        },

        AOT_CACHE(25) {
            @Override
            List<String> make(ClassArchiveIT test) throws IOException {
                Path file = Directories.base().resolve("program.aot");
                Files.deleteIfExists(file);
                test.signIn(List.of("-XX:AOTCacheOutput=" + file));
                return List.of("-XX:AOTMode=on", "-XX:AOTCache=" + file);
            }
        };

        private final int sinceJava;

        Archive(int sinceJava) {
            this.sinceJava = sinceJava;
        }

        /** @return the options of Java that use it */
        abstract List<String> make(ClassArchiveIT test) throws IOException;

        static Stream<Archive> ofThisJava() {
            return Stream.of(values()).filter(archive -> archive.sinceJava <= Runtime.version().feature());
        }
    }

    @ParameterizedTest
    @MethodSource("io.quarkiverse.deviceauthorization.it.store.ClassArchiveIT$Archive#ofThisJava")
    @DisplayName("has nearly all of its classes from the archive that an earlier run has left")
    void archived(Archive archive) throws IOException {
        List<String> options = new ArrayList<>(archive.make(this));
        options.add(LoadedClasses.into(LOADED));
        signIn(options);

        LoadedClasses classes = LoadedClasses.of(LOADED);
        assertThat(classes.archived()).as("from the archive").contains(OF_A_SIGN_IN);
        assertThat(classes.archivedShare()).as("from elsewhere: %s", classes.others()).isGreaterThan(NEARLY_ALL);
    }

    private void signIn(List<String> options) {
        server.script().approve("alice");
        Run run = Program.at(server).start(options, "refresh-at-once", "1", "3");
        assertThat(run.exitCode()).as("exit code of a program that told:%n%s", run.output()).isZero();
    }
}

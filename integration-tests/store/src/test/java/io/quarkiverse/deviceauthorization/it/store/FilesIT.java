package io.quarkiverse.deviceauthorization.it.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import io.quarkiverse.deviceauthorization.devserver.DeviceAuthorizationServer;
import io.quarkiverse.deviceauthorization.it.process.Directories;
import io.quarkiverse.deviceauthorization.it.process.Run;
import io.quarkiverse.deviceauthorization.it.process.Secrets;

@DisplayName("The files of a store")
class FilesIT {

    private static final String KEY = Program.PREFIX + "tokens.encryption.key";
    private static final String ACCEPT_PLAIN = Program.PREFIX + "tokens.encryption.accept-plain";

    private final Secrets secrets = new Secrets();
    private final DeviceAuthorizationServer server = DeviceAuthorizationServer.builder().interval(Duration.ofSeconds(1))
            .listener(secrets).start();
    private final Path directory = Directories.fresh("files");

    @AfterEach
    void close() {
        server.close();
    }

    private Map<Path, String> contents() {
        Map<Path, String> contents = new TreeMap<>();
        new StoredFiles(directory).contents().forEach(file -> contents.put(file, StoredFiles.text(file)));
        return contents;
    }

    @Test
    @DisplayName("are for their user only")
    void permissions() {
        Program program = Program.at(server).in(directory);
        program.signIn(server);
        program.finish("refresh", "2");

        assertThat(contents()).as("a flow, and tokens").hasSize(2);
        if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
            for (Path path : new StoredFiles(directory).everything()) {
                assertThat(permissions(path)).as(path.toString())
                        .isEqualTo(Files.isDirectory(path) ? "rwx------" : "rw-------");
            }
        }
    }

    private static String permissions(Path path) {
        try {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    @DisplayName("are below XDG_CONFIG_HOME, by the name of the application, or below .config in the home directory")
    void defaultDirectory() {
        Path home = directory.resolveSibling("home");
        Path xdg = directory.resolveSibling("xdg");
        Program program = Program.at(server).withFiles().with("user.home", home.toString()).with("os.name", "Linux");

        program.withVariable("XDG_CONFIG_HOME", xdg.toString()).signIn(server);
        assertThat(new StoredFiles(xdg.resolve("store-test")).read()).as("tokens below XDG_CONFIG_HOME").isPresent();
        assertThat(home).doesNotExist();

        program.signIn(server);
        assertThat(new StoredFiles(home.resolve(".config").resolve("store-test")).read()).as("tokens below .config")
                .isPresent();
    }

    @Test
    @DisplayName("hold no token that can be read where they are encrypted, and are of no use with another key")
    void encrypted() {
        Program program = Program.at(server).in(directory);
        Program encrypted = program.with(KEY, "a key that was made for this test, and is long enough");
        encrypted.signIn(server);
        encrypted.finish("refresh", "2");

        assertThat(secrets.counts()).as("what the server issued").containsKeys("device_code", "access_token", "refresh_token",
                "id_token");
        Map<Path, String> before = contents();
        before.forEach((file, text) -> assertThat(secrets.foundIn(text)).as("secrets in " + file).isEmpty());
        assertThat(before).as("a flow, and tokens").hasSize(2);

        Run otherKey = program.with(KEY, "another key, as if somebody had changed the configuration").start("tokens");
        assertThat(otherKey.exitCode()).as("exit code with another key").isEqualTo(Program.STORE_FAILED);
        assertThat(otherKey.output()).as("what it says").contains("was encrypted with another key", KEY);
        Run noKey = program.start("tokens");
        assertThat(noKey.exitCode()).as("exit code without a key").isEqualTo(Program.STORE_FAILED);
        assertThat(noKey.output()).as("what it says").contains("is encrypted", KEY);

        assertThat(contents()).as("the files, afterwards").isEqualTo(before);
        encrypted.finish("refresh", "1");
        assertThat(server.counters().refreshTokenReuses()).as("spent refresh tokens that came again").isZero();
    }

    @Test
    @DisplayName("that are from before there was a key are read when that is said, and stay as they are when not")
    void encryptedLater() {
        Program before = Program.at(server).in(directory);
        before.signIn(server);
        Program program = before.with(KEY, "a key that was made for this test, and is long enough");

        Map<Path, String> plain = contents();
        Run refused = program.start("tokens");
        assertThat(refused.exitCode()).as("exit code with a key").isEqualTo(Program.STORE_FAILED);
        assertThat(refused.output()).as("what it says").contains("is not encrypted", ACCEPT_PLAIN + "=true");
        assertThat(contents()).as("the files, afterwards").isEqualTo(plain);

        program.with(ACCEPT_PLAIN, "true").finish("refresh", "1");
        program.finish("refresh", "1");
        assertThat(server.counters().refreshTokenReuses()).as("spent refresh tokens that came again").isZero();
    }

    @Test
    @DisplayName("keep the tokens of many owners apart, for any process")
    void owners() {
        Program program = Program.at(server).in(directory);
        for (String owner : new String[] { "ada", "Grace Hopper" }) {
            program.with("owner", owner).signIn(server);
        }

        assertThat(program.finish("owners").told("owners").get(0)).contains("ada", "Grace Hopper");
        assertThat(program.start("tokens").exitCode()).as("exit code for an owner who never signed in")
                .isEqualTo(Program.AUTHORIZATION_REQUIRED);
        program.with("owner", "ada").finish("logout");
        assertThat(program.finish("owners").told("owners")).containsExactly("[Grace Hopper]");
        program.finish("logout-all");
        assertThat(program.finish("owners").told("owners")).containsExactly("[]");
    }
}

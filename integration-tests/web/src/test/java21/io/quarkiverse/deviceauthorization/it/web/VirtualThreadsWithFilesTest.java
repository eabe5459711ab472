package io.quarkiverse.deviceauthorization.it.web;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.quarkiverse.deviceauthorization.devserver.Script;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;

/** Compiled and run on Java 21 and later only, as {@link VirtualThreadsTest} is, whose resource it asks. */
@QuarkusTest
@TestProfile(VirtualThreadsWithFilesTest.Files.class)
@DisplayName("On a virtual thread, with flows and tokens in files,")
class VirtualThreadsWithFilesTest {

    /** A new one for each run; this class is loaded more than once. */
    private static final Path FILES = Path.of("target", "virtual-threads", "files-" + ProcessHandle.current().pid())
            .toAbsolutePath();

    private final Script script = Script.ofDevService();

    @TempDir
    Path directory;

    public static class Files implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("quarkus.device-authorization.tokens.store", "file",
                    "quarkus.device-authorization.tokens.file.directory", FILES.toString());
        }
    }

    @BeforeEach
    @AfterEach
    void reset() {
        script.reset();
    }

    @Test
    @DisplayName("people are signed in, and no other virtual thread has to wait for it")
    void pinsNothing() throws IOException {
        script.approve("alice");

        assertThat(Pins.during(directory, () -> given().get("/virtual-thread").then().statusCode(200)
                .body(is("Pending, alice, true")))).isEmpty();
        assertThat(FILES).isNotEmptyDirectory();
    }
}

package io.quarkiverse.deviceauthorization.it.cli;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

import io.quarkus.test.junit.main.QuarkusMainIntegrationTest;

/** The same, with the packaged program: a jar, or a native executable. */
@QuarkusMainIntegrationTest
class CommandsIT extends CommandsTest {

    /** What starts the program asks it to say when it has started. */
    private static final String LEVEL = "quarkus.log.category.\"io.quarkus\".level";

    @BeforeAll
    static void beSilent() {
        System.setProperty(LEVEL, "WARN");
    }

    @AfterAll
    static void speak() {
        System.clearProperty(LEVEL);
    }
}

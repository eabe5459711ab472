package io.quarkiverse.deviceauthorization.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.quarkiverse.deviceauthorization.conformance.Expectation.Sender;
import io.quarkiverse.deviceauthorization.conformance.TestSources.Named;

@DisplayName("The table of what is proved by which test")
class ConformanceTableTest {

    private static final String UPDATE = "conformance.update";
    private static final Path PROJECT = TestSources.project();
    private static final Path PAGE = PROJECT.resolve("docs/modules/ROOT/pages/includes/conformance.adoc");

    private final List<Named> tests = TestSources.named(PROJECT);

    @Test
    @DisplayName("is in the documentation, as the tests are now")
    void isUpToDate() throws IOException {
        String table = ConformanceTable.of(tests, FixturesTest.expectations());
        if (Boolean.getBoolean(UPDATE)) {
            Files.writeString(PAGE, table, StandardCharsets.UTF_8);
        }
        List<String> written = Files.exists(PAGE) ? TestSources.read(PAGE).lines().toList() : List.of();
        List<String> wanted = table.lines().toList();
        for (int line = 0; line < Math.max(written.size(), wanted.size()); line++) {
            assertThat(line < written.size() ? written.get(line) : null)
                    .as("%s is not what the tests say in line %d. Run mvn test -pl runtime -DskipExtensionValidation"
                            + " -Dtest=ConformanceTableTest -D%s=true, and commit what it writes", PAGE.getFileName(), line + 1,
                            UPDATE)
                    .isEqualTo(line < wanted.size() ? wanted.get(line) : null);
        }
    }

    @ParameterizedTest
    @DisplayName("has a case of this module for each requirement")
    @EnumSource
    void nothingIsUnproved(Requirement requirement) {
        assertThat(tests).as("tests of this module whose display names begin with %s: ", requirement.id())
                .anyMatch(test -> test.module().equals("runtime") && requirement.leads(test.name()));
    }

    @Test
    @DisplayName("has a row for each requirement that a test is named after")
    void nothingIsUnknown() {
        assertThat(tests).filteredOn(test -> test.name().matches("[RNK][0-9]+[:,].*"))
                .allMatch(test -> Stream.of(Requirement.values()).anyMatch(requirement -> requirement.leads(test.name())));
    }

    @ParameterizedTest
    @DisplayName("has an answer of each sender")
    @EnumSource
    void nobodyIsMissing(Sender sender) {
        assertThat(FixturesTest.expectations().stream().map(Expectation::from).distinct())
                .as("the senders that have a fixture").contains(sender);
    }
}

package io.quarkiverse.deviceauthorization.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import io.quarkiverse.deviceauthorization.runtime.endpoint.WireAnswer;

@DisplayName("What providers really send")
class FixturesTest {

    /** What is expected of every fixture, in the order of their names. */
    static List<Expectation> expectations() {
        return Stream.concat(ExpectedStarts.all().stream(), ExpectedPolls.all().stream())
                .sorted(Comparator.comparing(Expectation::fixture)).toList();
    }

    @TestFactory
    Stream<DynamicTest> isUnderstood() {
        return expectations().stream()
                .map(expected -> dynamicTest(expected.fixture() + ": " + expected.text(), expected::check));
    }

    @Test
    @DisplayName("has an expectation for each file, and a file for each expectation")
    void nothingIsLeftOut() {
        assertThat(expectations()).extracting(Expectation::fixture)
                .as("the files in fixtures, each with an entry in ExpectedStarts or ExpectedPolls")
                .containsExactlyElementsOf(WireAnswer.names("fixtures"));
    }
}

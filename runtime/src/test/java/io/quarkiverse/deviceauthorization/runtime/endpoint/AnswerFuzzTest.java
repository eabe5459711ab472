package io.quarkiverse.deviceauthorization.runtime.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Changed answers of real servers against the rules. {@code -Dfuzz.runs=1000000} makes it long, {@code -Dfuzz.seed=1} another
 * one; what fails is written to {@code target/fuzz}, and belongs into {@code src/test/resources/fuzz/regressions} once it is
 * understood.
 */
@DisplayName("Whatever a server answers")
class AnswerFuzzTest {

    private static final int RUNS = Integer.getInteger("fuzz.runs", 10_000);
    private static final long SEED = Long.getLong("fuzz.seed", 8628);

    @ParameterizedTest
    @MethodSource("fixtures")
    @DisplayName("what providers send keeps the rules")
    void fixture(String name) {
        new AnswerRules().check(WireAnswer.fixture(name));
    }

    @ParameterizedTest
    @MethodSource("regressions")
    @DisplayName("what once broke a rule breaks none any more")
    void regression(String name) {
        new FuzzRun(new AnswerRules()).checked(WireAnswer.of("fuzz/regressions", name));
    }

    @Test
    @DisplayName("is read without exceptions of others, harmful texts, shown secrets, endless waits or much memory")
    void changedAnswers() {
        List<WireAnswer> seeds = Stream.concat(fixtures().map(WireAnswer::fixture),
                WireAnswer.names("fuzz/seeds").stream().map(name -> WireAnswer.of("fuzz/seeds", name))).toList();
        FuzzRun run = new FuzzRun(new AnswerRules());
        for (int i = 0; i < RUNS; i++) {
            run.check(SEED, i, new AnswerMutator(new Random(SEED * 1_000_003 + i), seeds).next());
        }
        run.report();
        assertThat(run.failures()).as("with -Dfuzz.seed=" + SEED).isEmpty();
    }

    static Stream<String> fixtures() {
        return WireAnswer.names("fixtures").stream();
    }

    static Stream<String> regressions() {
        return WireAnswer.names("fuzz/regressions").stream();
    }
}

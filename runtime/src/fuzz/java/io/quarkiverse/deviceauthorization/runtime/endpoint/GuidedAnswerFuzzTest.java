package io.quarkiverse.deviceauthorization.runtime.endpoint;

import java.util.stream.Stream;

import org.junit.jupiter.params.provider.MethodSource;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** The same rules, for answers that Jazzer makes: it watches which code each of them reaches, and goes on from there. */
class GuidedAnswerFuzzTest {

    private static final AnswerRules RULES = new AnswerRules();

    @MethodSource("answers")
    @FuzzTest(maxDuration = "5m")
    void answer(byte[] file) {
        WireAnswer answer = WireAnswer.parse(file);
        if (answer.body().length <= AnswerLimits.MAX_BYTES) {
            try {
                RULES.check(answer);
            } catch (Throwable problem) {
                throw new AssertionError("Broken by " + FuzzRun.saved(answer), problem);
            }
        }
    }

    static Stream<byte[]> answers() {
        return Stream.of("fixtures", "fuzz/seeds", "fuzz/regressions")
                .flatMap(folder -> WireAnswer.names(folder).stream().map(name -> WireAnswer.of(folder, name).file()));
    }
}

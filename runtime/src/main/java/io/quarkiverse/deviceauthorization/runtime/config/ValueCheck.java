package io.quarkiverse.deviceauthorization.runtime.config;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.quarkus.runtime.configuration.DurationConverter;

/** Judges single values of one client, and collects what is wrong with them. What can't be resolved yet is left alone. */
final class ValueCheck {

    private final ConfigValues values;
    private final List<ConfigProblem> problems = new ArrayList<>();

    ValueCheck(ConfigValues values) {
        this.values = values;
    }

    List<ConfigProblem> problems() {
        return problems;
    }

    void add(String member, String message) {
        problems.add(new ConfigProblem(values.key(member), message));
    }

    /** @param rule says what is wrong with a value, if something is */
    void judge(String member, Function<String, Optional<String>> rule) {
        values.resolved(member).flatMap(rule).ifPresent(message -> add(member, message));
    }

    /** Without the text itself, which may be a secret. White space comes along easily, from a file for example, and unseen. */
    void text(String member) {
        values.resolved(member).filter(text -> !text.equals(text.strip())).ifPresent(text -> add(member, text.isBlank()
                ? "is blank. Give it a value or remove it"
                : "begins or ends with white space, often a line break of the file it was read from. Remove it"));
    }

    void flag(String member) {
        values.resolved(member).ifPresent(text -> {
            if (!values.isTrue(member) && !values.isFalse(member)) {
                add(member, "'" + text + "' is neither true nor false. Write one of them");
            }
        });
    }

    void count(String member, int example) {
        values.resolved(member).filter(text -> !text.matches("[1-9][0-9]{0,8}")).ifPresent(text -> add(member,
                "'" + text + "' is not a whole number above 0. Write for example " + example));
    }

    void duration(String member, boolean zero) {
        values.resolved(member).ifPresent(text -> {
            Optional<Duration> duration = parse(text);
            if (duration.isEmpty()) {
                add(member, "'" + text + "' is not a duration. Write for example 5S, 2M or PT1M30S");
            } else if (duration.get().isNegative() || !zero && duration.get().isZero()) {
                add(member, "'" + text + "' is too short. Write a duration " + (zero ? "of zero or more" : "above zero"));
            }
        });
    }

    /** @return the duration, if it is one */
    Optional<Duration> parsed(String member) {
        return values.resolved(member).flatMap(ValueCheck::parse);
    }

    <E extends Enum<E>> void oneOf(String member, E[] known) {
        values.resolved(member).ifPresent(text -> {
            if (Arrays.stream(known).noneMatch(value -> ConfigValues.matches(text, value))) {
                add(member, "'" + text + "' is not known. Write one of "
                        + Arrays.stream(known).map(ConfigValues::spelling).collect(Collectors.joining(", ")));
            }
        });
    }

    private static Optional<Duration> parse(String text) {
        try {
            return Optional.ofNullable(DurationConverter.parseDuration(text.strip()));
        } catch (IllegalArgumentException | DateTimeException e) {
            return Optional.empty();
        }
    }
}

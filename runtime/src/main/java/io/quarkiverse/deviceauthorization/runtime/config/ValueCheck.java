package io.quarkiverse.deviceauthorization.runtime.config;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.quarkus.runtime.configuration.DurationConverter;

/** Judges single values of one client, and collects what is wrong with them. What can't be resolved yet is left alone. */
final class ValueCheck {

    /** Less than what can be counted in nanoseconds, however often it is added to itself. */
    private static final Duration LONGEST = Duration.ofDays(3650);
    private static final Duration LONGEST_TIMEOUT = Duration.ofDays(24);

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

    /** @param problem what is wrong with a value, if something is */
    void add(String member, Optional<String> problem) {
        if (problem.isPresent()) {
            add(member, problem.get());
        }
    }

    /** Without the text itself, which may be a secret. White space comes along easily, from a file for example, and unseen. */
    void text(String member) {
        String text = values.resolved(member).orElse("");
        if (!text.equals(text.strip())) {
            add(member, text.isBlank() ? "is blank. Give it a value or remove it"
                    : "begins or ends with white space, often a line break of the file it was read from. Remove it");
        }
    }

    void flag(String member) {
        Optional<String> text = values.resolved(member);
        if (text.isPresent() && !ConfigValues.isFlag(text.get())) {
            problems.add(ConfigProblem.noFlag(values.key(member), text.get()));
        }
    }

    void language(String member) {
        Optional<String> text = values.resolved(member);
        if (text.isPresent() && !text.get().matches("[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")) {
            add(member, "'" + text.get() + "' is not a language tag (BCP 47). Write for example de or pt-BR");
        }
    }

    void count(String member, int example) {
        values.resolved(member).filter(text -> !text.matches("[1-9][0-9]{0,8}")).ifPresent(text -> add(member,
                "'" + text + "' is not a whole number above 0. Write for example " + example));
    }

    /** @param zero whether it may be zero */
    void duration(String member, boolean zero) {
        duration(member, zero, LONGEST);
    }

    /** A timer of the HTTP client has no room for more. */
    void timeout(String member) {
        duration(member, false, LONGEST_TIMEOUT);
    }

    private void duration(String member, boolean zero, Duration longest) {
        Optional<String> text = values.resolved(member);
        if (text.isEmpty()) {
            return;
        }
        Optional<Duration> duration = parse(text.get());
        if (duration.isEmpty()) {
            add(member, "'" + text.get() + "' is not a duration. Write for example 5S, 2M or PT1M30S");
        } else if (duration.get().isNegative() || !zero && duration.get().isZero()) {
            add(member, "'" + text.get() + "' is too short. Write a duration " + (zero ? "of zero or more" : "above zero"));
        } else if (duration.get().compareTo(longest) > 0) {
            add(member, "'" + text.get() + "' is too long. Write at most " + longest.toDays() + "D");
        }
    }

    /**
     * What describes a credentials provider is of no use without one.
     *
     * @param provider the key that names the credentials provider
     * @param members the keys that describe what is asked of it, one of which is {@code password} by default
     */
    void ofProvider(String provider, List<String> members) {
        for (String member : values.has(provider) ? List.<String> of() : members) {
            Optional<String> text = values.get(member);
            if (text.isPresent() && !text.get().equals("password")) {
                add(member, "belongs to a credentials provider, but none is used. Set " + values.key(provider)
                        + ", or remove it");
            }
        }
    }

    /** @return the duration, if it is one */
    Optional<Duration> parsed(String member) {
        Optional<String> text = values.resolved(member);
        return text.isPresent() ? parse(text.get()) : Optional.empty();
    }

    /** @param known what a value can be; asked for only if there is one, since most applications set few of them */
    void oneOf(String member, Class<? extends Enum<?>> known) {
        Optional<String> text = values.resolved(member);
        if (text.isEmpty()) {
            return;
        }
        List<String> spellings = new ArrayList<>();
        for (Enum<?> value : known.getEnumConstants()) {
            if (ConfigValues.matches(text.get(), value)) {
                return;
            }
            spellings.add(ConfigValues.spelling(value));
        }
        add(member, "'" + text.get() + "' is not known. Write one of " + String.join(", ", spellings));
    }

    private static Optional<Duration> parse(String text) {
        try {
            return Optional.ofNullable(DurationConverter.parseDuration(text.strip()));
        } catch (IllegalArgumentException | DateTimeException e) {
            return Optional.empty();
        }
    }
}

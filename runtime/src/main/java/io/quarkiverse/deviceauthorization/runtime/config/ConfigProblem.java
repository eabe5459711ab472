package io.quarkiverse.deviceauthorization.runtime.config;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Something wrong with the configuration.
 *
 * @param key the whole key
 * @param message what is wrong with it, and what to write instead
 * @param known whether there is such a key, which has an environment variable of its own then
 */
public record ConfigProblem(String key, String message, boolean known) {

    /**
     * @param key the whole key; it ends with {@code *} if it stands for many
     * @param message what is wrong with it, and what to write instead
     */
    public ConfigProblem(String key, String message) {
        this(key, message, !key.endsWith("*"));
    }

    /** @return the problem that nobody reads a key */
    static ConfigProblem unknown(String key, String suggestion) {
        return new ConfigProblem(key, "is no key of this extension, and is not read. " + suggestion, false);
    }

    /** @return the problem that a flag says neither, and would be read as false */
    static ConfigProblem noFlag(String key, String text) {
        return new ConfigProblem(key, "'" + text + "' is neither true nor false. Write one of them");
    }

    /** @return one line for a person: the key, its environment variable if it is one key and not many, the message */
    public String text() {
        return key + (known ? " (in the environment " + ConfigKeys.environmentVariable(key) + ")" : "") + ": " + message;
    }

    /**
     * @param sources tells where a key is set
     * @return the same, and where to look for it
     */
    public String text(Function<String, Optional<String>> sources) {
        return text() + sources.apply(key).map(source -> " [set by " + source + "]").orElse("");
    }

    /**
     * @param headline what the problems are about
     * @param problems the problems, of any number of clients
     * @param sources tells where a key is set
     * @return one text, with a line for each
     */
    public static String text(String headline, List<ConfigProblem> problems, Function<String, Optional<String>> sources) {
        return problems.stream().map(problem -> "  - " + problem.text(sources))
                .collect(Collectors.joining(System.lineSeparator(), headline + System.lineSeparator(), ""));
    }
}

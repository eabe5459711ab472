package io.quarkiverse.deviceauthorization.runtime.config;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Something wrong with the configuration.
 *
 * @param key the whole key
 * @param message what is wrong with it, and what to write instead
 */
public record ConfigProblem(String key, String message) {

    /** @return one line for a person: the key, its environment variable if it is one key and not many, the message */
    public String text() {
        return key + (key.endsWith("*") ? "" : " (in the environment " + ConfigKeys.environmentVariable(key) + ")") + ": "
                + message;
    }

    /**
     * @param headline what the problems are about
     * @param problems the problems, of any number of clients
     * @return one text, with a line for each
     */
    public static String text(String headline, List<ConfigProblem> problems) {
        return problems.stream().map(problem -> "  - " + problem.text())
                .collect(Collectors.joining(System.lineSeparator(), headline + System.lineSeparator(), ""));
    }
}

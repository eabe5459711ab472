package io.quarkiverse.deviceauthorization.runtime.config;

/**
 * Something wrong with the configuration.
 *
 * @param key the whole key
 * @param message what is wrong with it, and what to write instead
 */
public record ConfigProblem(String key, String message) {

    /** @return one line for a person: the key, its environment variable, the message */
    public String text() {
        return key + " (in the environment " + ConfigKeys.environmentVariable(key) + "): " + message;
    }
}

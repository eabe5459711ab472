package io.quarkiverse.deviceauthorization.runtime.config;

import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.smallrye.config.ConfigValue;
import io.smallrye.config.SmallRyeConfig;

/** Where values come from, for people. */
public final class ConfigSources {

    /** What the Dev Services of this application publish their URLs by. */
    private static final String DEV_SERVICES = "DevServicesConfigSource";

    /** The ordinal of default values. */
    private static final int DEFAULTS = Integer.MIN_VALUE;

    private static final Pattern FILE = Pattern.compile(".*\\[source=.*?([^/\\\\!\\]]+)]+");

    private ConfigSources() {
    }

    /**
     * @param key a key, of a list perhaps that is set value by value
     * @return where it is set, in a few words; empty if nobody has set it
     */
    public static Optional<String> of(SmallRyeConfig config, String key) {
        for (String name : new String[] { key, key + "[0]" }) {
            try {
                ConfigValue value = config.getConfigValue(name);
                if (value.getRawValue() != null && value.getSourceOrdinal() > DEFAULTS) {
                    return Optional.of(describe(value));
                }
            } catch (NoSuchElementException e) {
                return Optional.empty(); // an expression that can't be resolved hides where it is written
            }
        }
        return Optional.empty();
    }

    /** @return whether the file that sets the value becomes part of the application */
    public static boolean isPackaged(ConfigValue value) {
        String name = String.valueOf(value.getConfigSourceName());
        Matcher file = FILE.matcher(name);
        return file.matches() && !name.contains("/config/application")
                && file.group(1).matches("(application(-.*)?|microprofile-config(-.*)?)\\.(properties|ya?ml)");
    }

    /** @return whether a Dev Service has set the value */
    public static boolean isDevService(ConfigValue value) {
        return DEV_SERVICES.equals(value.getConfigSourceName());
    }

    /** @return a few words, such as {@code application.properties, line 3, profile dev} */
    public static String describe(ConfigValue value) {
        StringBuilder words = new StringBuilder(place(value));
        if (value.getLineNumber() > 0) {
            words.append(", line ").append(value.getLineNumber());
        }
        if (value.getProfile() != null) {
            words.append(", profile ").append(value.getProfile());
        }
        return words.toString();
    }

    private static String place(ConfigValue value) {
        String name = String.valueOf(value.getConfigSourceName());
        Matcher file = FILE.matcher(name);
        if (file.matches()) {
            return file.group(1);
        }
        return switch (name) {
            case DEV_SERVICES -> "Dev Service";
            case "EnvConfigSource" -> "environment variable";
            case "SysPropConfigSource" -> "system property";
            default -> name;
        };
    }
}

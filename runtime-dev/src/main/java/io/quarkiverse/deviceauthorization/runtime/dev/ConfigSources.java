package io.quarkiverse.deviceauthorization.runtime.dev;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.smallrye.config.ConfigValue;

/** Where values come from, for people. */
final class ConfigSources {

    /** What the Dev Services of this application publish their URLs by. */
    private static final String DEV_SERVICES = "DevServicesConfigSource";

    private static final Pattern FILE = Pattern.compile(".*\\[source=.*?([^/\\\\!\\]]+)]+");

    private ConfigSources() {
    }

    /** @return whether a Dev Service has set the value */
    static boolean isDevService(ConfigValue value) {
        return DEV_SERVICES.equals(value.getConfigSourceName());
    }

    /** @return a few words, such as {@code application.properties, line 3, profile dev} */
    static String describe(ConfigValue value) {
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

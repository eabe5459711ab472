package io.quarkiverse.deviceauthorization.deployment;

import java.util.NavigableSet;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.eclipse.microprofile.config.ConfigProvider;

import io.quarkiverse.deviceauthorization.DeviceAuthorizationName;
import io.quarkiverse.deviceauthorization.runtime.config.ConfigKeys;
import io.quarkiverse.deviceauthorization.runtime.config.ConfigValues;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.SmallRyeConfig;

/** The run-time configuration as far as it is written when the application is built. It may be read, but decides nothing. */
public final class WrittenConfig {

    private static final Pattern NAMED = Pattern.compile("(?:\"([^\"]*)\"|([^.\"]+))\\..+");

    private WrittenConfig() {
    }

    /**
     * @param client the name of a client
     * @return what is written for it
     */
    public static ConfigValues of(String client) {
        return of(client, keys());
    }

    /** @param keys all keys, which whoever asks for many clients reads once */
    static ConfigValues of(String client, NavigableSet<String> keys) {
        SmallRyeConfig config = config();
        return new ConfigValues(client, key -> value(config, key), keys);
    }

    /** @return all keys that are written, of whomever */
    static NavigableSet<String> keys() {
        return ConfigValues.names(config().getPropertyNames());
    }

    /** @return the clients that have keys: the default one, and the names in front of a key, with or without quotes */
    static Set<String> clients() {
        Set<String> names = new TreeSet<>();
        names.add(DeviceAuthorizationName.DEFAULT);
        for (String key : config().getPropertyNames()) {
            if (key.startsWith(ConfigKeys.PREFIX)) {
                Matcher named = NAMED.matcher(key.substring(ConfigKeys.PREFIX.length()));
                if (named.matches()) {
                    String name = named.group(1) != null ? named.group(1) : named.group(2);
                    if (!ConfigKeys.RESERVED_NAMES.contains(name)) {
                        names.add(name);
                    }
                }
            }
        }
        return names;
    }

    private static Optional<String> value(SmallRyeConfig config, String key) {
        try {
            ConfigValue value = config.getConfigValue(key);
            return value.getValue() == null && value.getRawValue() != null ? Optional.of(ConfigValues.UNRESOLVED)
                    : Optional.ofNullable(value.getValue());
        } catch (NoSuchElementException e) {
            return Optional.of(ConfigValues.UNRESOLVED); // an expression whose variable comes at run time
        }
    }

    private static SmallRyeConfig config() {
        return ConfigProvider.getConfig().unwrap(SmallRyeConfig.class);
    }
}

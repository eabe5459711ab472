package io.quarkiverse.deviceauthorization.runtime.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import io.smallrye.config.ConfigValue;
import io.smallrye.config.SmallRyeConfig;

/**
 * What somebody has written under one prefix, read in one pass for all clients: to ask for each key that there could be would
 * take longer, the longer the more clients there are. What nobody has written is as this extension wants it.
 */
public final class WrittenKeys {

    /** The ordinal of default values. */
    private static final int DEFAULTS = Integer.MIN_VALUE;

    /** What sources are called that spell keys as the environment does, such as {@code .env}. */
    private static final String ENVIRONMENT = "EnvConfigSource";

    private final SmallRyeConfig config;
    private final NavigableMap<String, String> values = new TreeMap<>();
    private final List<String> dotted = new ArrayList<>();
    private final Set<String> variables = new TreeSet<>();

    private WrittenKeys(SmallRyeConfig config) {
        this.config = config;
    }

    /** @param prefix what the keys begin with, with the dot */
    public static WrittenKeys of(SmallRyeConfig config, String prefix) {
        WrittenKeys written = new WrittenKeys(config);
        String variables = ConfigKeys.environmentVariable(prefix);
        for (String name : config.getPropertyNames()) {
            if (name.startsWith(prefix)) {
                written.add(name);
            } else if (name.regionMatches(true, 0, variables, 0, variables.length()) && !name.contains(".")) {
                written.variables.add(name);
            }
        }
        return written;
    }

    private void add(String name) {
        try {
            ConfigValue value = config.getConfigValue(name);
            if (value.getSourceOrdinal() > DEFAULTS) {
                values.put(name, value.getValue());
                if (!String.valueOf(value.getConfigSourceName()).startsWith(ENVIRONMENT)) {
                    dotted.add(name);
                }
            }
        } catch (NoSuchElementException e) { // an expression whose variable comes at run time
            values.put(name, ConfigValues.UNRESOLVED);
            dotted.add(name);
        }
    }

    SmallRyeConfig config() {
        return config;
    }

    /** @return the keys that are spelt with dots; how the environment spells a key is only guessed */
    List<String> dotted() {
        return dotted;
    }

    /** @return the environment variables */
    Set<String> variables() {
        return variables;
    }

    /** @return whether somebody has set the key; a Dev Service fills in what nobody has */
    boolean has(String key) {
        return values.containsKey(key) && !ConfigSources.isDevService(config.getConfigValue(key))
                || hasVariable(ConfigKeys.environmentVariable(key));
    }

    boolean hasVariable(String name) {
        for (String variable : variables) {
            if (variable.equalsIgnoreCase(name)) {
                return true;
            }
        }
        return false;
    }

    /**
     * A name that the environment can't spell as it is may have keys in it that are found by asking for them only.
     *
     * @param client the name of a client
     * @return what is written for it
     */
    ConfigValues of(String client) {
        if (ConfigKeys.isSpeltByEnvironment(client) || !isInEnvironment(client)) {
            return ConfigValues.of(client, values);
        }
        return new ConfigValues(client, key -> Optional.ofNullable(config.getConfigValue(key).getValue()),
                values.navigableKeySet());
    }

    private boolean isInEnvironment(String client) {
        String quoted = ConfigKeys.environmentVariable(ConfigKeys.key(client, ""));
        String unquoted = ConfigKeys.environmentVariable(ConfigKeys.PREFIX + client + ".");
        for (String variable : variables) {
            String name = variable.toUpperCase(Locale.ROOT);
            if (name.startsWith(quoted) || name.startsWith(unquoted)) {
                return true;
            }
        }
        return false;
    }

    /**
     * @param keys keys that are true or false, in full
     * @return those that somebody has set to something else
     */
    public List<ConfigProblem> wrongFlags(Collection<String> keys) {
        List<ConfigProblem> problems = new ArrayList<>();
        for (String key : keys) {
            String text = written(key);
            if (!text.isEmpty() && !ConfigValues.isFlag(text)) {
                problems.add(ConfigProblem.noFlag(key, text));
            }
        }
        return problems;
    }

    /** @return what somebody has set, in whatever spelling; nothing also where an expression can't be resolved yet */
    private String written(String key) {
        try {
            ConfigValue value = config.getConfigValue(key);
            return value.getValue() == null || value.getSourceOrdinal() == DEFAULTS ? "" : value.getValue();
        } catch (NoSuchElementException e) {
            return "";
        }
    }

    /** @return where a key is set, for people; empty if nobody has set it */
    public Optional<String> source(String key) {
        return ConfigSources.of(config, key);
    }
}

package io.quarkiverse.deviceauthorization.runtime.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

import org.eclipse.microprofile.config.ConfigProvider;

import io.quarkus.arc.ActiveResult;
import io.quarkus.runtime.LaunchMode;
import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.ConfigValidationException.Problem;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.SmallRyeConfig;

/** The nets at start-up: what is missing makes a client inactive, what is wrong stops the start. */
public final class StartupCheck {

    /** The ordinal of default values. */
    private static final int DEFAULTS = Integer.MIN_VALUE;

    private StartupCheck() {
    }

    /**
     * @param injected the names of the clients that are injected directly, and so have to be usable
     * @param sent the names of those whose tokens REST clients send: they have to be usable too, unless they are switched off,
     *        since nobody could ask whether they are
     * @param config the clients
     * @throws ConfigValidationException with everything that is wrong with any active client, and everything that one lacks
     *         that
     *         has to be usable
     */
    public static void check(Collection<String> injected, Collection<String> sent, DeviceAuthorizationRuntimeConfig config) {
        List<Problem> problems = new ArrayList<>();
        TreeSet<String> names = new TreeSet<>(config.clients().keySet());
        names.addAll(injected);
        names.addAll(sent);
        NavigableMap<String, String> written = written();
        for (String name : names) {
            ConfigValues values = values(name, written);
            if (config.clients().get(name).active()) {
                addTo(problems, ClientConfigCheck.wrong(values, LaunchMode.current() == LaunchMode.NORMAL));
                if (injected.contains(name) || sent.contains(name)) {
                    addTo(problems, RequiredKeys.missing(values));
                }
            } else if (injected.contains(name)) {
                problems.add(new Problem(inactive(values)));
            }
        }
        if (!problems.isEmpty()) {
            throw new ConfigValidationException(problems.toArray(new Problem[0]));
        }
    }

    private static void addTo(List<Problem> problems, List<ConfigProblem> found) {
        for (ConfigProblem problem : found) {
            problems.add(new Problem(problem.text()));
        }
    }

    /**
     * @param name the name of a client
     * @param config the clients
     * @return whether it can be used, and if not, which keys to set
     */
    public static ActiveResult active(String name, DeviceAuthorizationRuntimeConfig config) {
        ConfigValues values = values(name, written());
        if (!config.clients().get(name).active()) {
            return ActiveResult.inactive(inactive(values));
        }
        List<ConfigProblem> missing = RequiredKeys.missing(values);
        return missing.isEmpty() ? ActiveResult.active()
                : ActiveResult.inactive(ConfigProblem.text("The device authorization client '" + name
                        + "' is not configured:", missing));
    }

    private static String inactive(ConfigValues values) {
        return "The device authorization client '" + values.client() + "' is switched off by " + values.key("active")
                + "=false. Set it to true to use it, or inject it through InjectableInstance and ask whether it is active";
    }

    /** A name that the environment can't spell as it is may have keys in it that are found by asking for them only. */
    private static ConfigValues values(String name, NavigableMap<String, String> written) {
        if (ConfigKeys.isSpeltByEnvironment(name)) {
            return ConfigValues.of(name, written);
        }
        SmallRyeConfig config = ConfigProvider.getConfig().unwrap(SmallRyeConfig.class);
        return new ConfigValues(name, key -> Optional.ofNullable(config.getConfigValue(key).getValue()),
                written.navigableKeySet());
    }

    /**
     * What somebody has written, in one pass for all clients: to ask for each key that there could be would take longer. What
     * nobody has written is as this extension wants it.
     */
    private static NavigableMap<String, String> written() {
        SmallRyeConfig config = ConfigProvider.getConfig().unwrap(SmallRyeConfig.class);
        NavigableMap<String, String> written = new TreeMap<>();
        for (String name : config.getPropertyNames()) {
            if (name.startsWith(ConfigKeys.PREFIX)) {
                ConfigValue value = config.getConfigValue(name);
                if (value.getSourceOrdinal() > DEFAULTS) {
                    written.put(name, value.getValue());
                }
            }
        }
        return written;
    }
}

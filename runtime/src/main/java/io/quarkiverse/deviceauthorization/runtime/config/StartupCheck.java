package io.quarkiverse.deviceauthorization.runtime.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

import org.eclipse.microprofile.config.ConfigProvider;

import io.quarkus.arc.ActiveResult;
import io.quarkus.runtime.LaunchMode;
import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.ConfigValidationException.Problem;
import io.smallrye.config.SmallRyeConfig;

/** The nets at start-up: what is missing makes a client inactive, what is wrong stops the start. */
public final class StartupCheck {

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
        for (String name : names) {
            ConfigValues values = values(name);
            if (config.clients().get(name).active()) {
                ClientConfigCheck.wrong(values, LaunchMode.current() == LaunchMode.NORMAL)
                        .forEach(problem -> problems.add(new Problem(problem.text())));
                if (injected.contains(name) || sent.contains(name)) {
                    RequiredKeys.missing(values).forEach(problem -> problems.add(new Problem(problem.text())));
                }
            } else if (injected.contains(name)) {
                problems.add(new Problem(inactive(values)));
            }
        }
        if (!problems.isEmpty()) {
            throw new ConfigValidationException(problems.toArray(Problem[]::new));
        }
    }

    /**
     * @param name the name of a client
     * @param config the clients
     * @return whether it can be used, and if not, which keys to set
     */
    public static ActiveResult active(String name, DeviceAuthorizationRuntimeConfig config) {
        ConfigValues values = values(name);
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

    private static ConfigValues values(String name) {
        SmallRyeConfig config = ConfigProvider.getConfig().unwrap(SmallRyeConfig.class);
        return new ConfigValues(name, key -> Optional.ofNullable(config.getConfigValue(key).getValue()),
                ConfigValues.names(config.getPropertyNames()));
    }
}

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
     * @param injected the names of the clients that the application uses
     * @param config the clients
     * @throws ConfigValidationException with everything that is wrong with any active client
     */
    public static void check(Collection<String> injected, DeviceAuthorizationRuntimeConfig config) {
        List<Problem> problems = new ArrayList<>();
        TreeSet<String> names = new TreeSet<>(config.clients().keySet());
        names.addAll(injected);
        for (String name : names) {
            if (config.clients().get(name).active()) {
                ClientConfigCheck.wrong(values(name), LaunchMode.current() == LaunchMode.NORMAL)
                        .forEach(problem -> problems.add(new Problem(problem.text())));
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
        if (!config.clients().get(name).active()) {
            return ActiveResult.inactive("The device authorization client '" + name + "' is switched off by "
                    + ConfigKeys.key(name, "active") + "=false. Set it to true to use it, or inject it through"
                    + " InjectableInstance and ask whether it is active");
        }
        List<ConfigProblem> missing = RequiredKeys.missing(values(name));
        return missing.isEmpty() ? ActiveResult.active()
                : ActiveResult.inactive(ConfigProblem.text("The device authorization client '" + name
                        + "' is not configured:", missing));
    }

    private static ConfigValues values(String name) {
        SmallRyeConfig config = ConfigProvider.getConfig().unwrap(SmallRyeConfig.class);
        return new ConfigValues(name, key -> Optional.ofNullable(config.getConfigValue(key).getValue()),
                ConfigValues.names(config.getPropertyNames()));
    }
}

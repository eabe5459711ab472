package io.quarkiverse.deviceauthorization.runtime.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

import org.eclipse.microprofile.config.ConfigProvider;

import io.quarkus.arc.ActiveResult;
import io.quarkus.runtime.LaunchMode;
import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.ConfigValidationException.Problem;
import io.smallrye.config.SmallRyeConfig;

/** The nets at start-up: what is missing makes a client inactive, what is wrong stops the start. */
public final class StartupCheck {

    private final DeviceAuthorizationRuntimeConfig config;
    private volatile WrittenKeys written;

    /** @param config the clients */
    public StartupCheck(DeviceAuthorizationRuntimeConfig config) {
        this.config = config;
    }

    /**
     * @param injected the names of the clients that are injected directly, and so have to be usable
     * @param sent the names of those whose tokens REST clients send: they have to be usable too, unless they are switched off,
     *        since nobody could ask whether they are
     * @param keys all keys that there are
     * @throws ConfigValidationException with everything that is wrong with any active client, and everything that one lacks
     *         that has to be usable
     */
    public void check(Collection<String> injected, Collection<String> sent, OwnKeys keys) {
        boolean production = LaunchMode.current() == LaunchMode.NORMAL;
        List<Problem> problems = new ArrayList<>();
        TreeSet<String> names = new TreeSet<>(config.clients().keySet());
        names.addAll(injected);
        names.addAll(sent);
        WrittenKeys known = written();
        addTo(problems, UnknownKeys.find(keys, known));
        for (String name : names) {
            ConfigValues values = known.of(name);
            if (config.clients().get(name).active()) {
                addTo(problems, ClientConfigCheck.wrong(values, production));
                addTo(problems, MachineCheck.wrong(values, known.config()));
                if (injected.contains(name) || sent.contains(name)) {
                    addTo(problems, RequiredKeys.missing(values));
                }
            } else {
                addTo(problems, known.wrongFlags(List.of(values.key("active")))); // a word that is only read as false
                if (injected.contains(name)) {
                    problems.add(new Problem(inactive(values)));
                }
            }
        }
        if (!problems.isEmpty()) {
            throw new ConfigValidationException(problems.toArray(new Problem[0]));
        }
    }

    private void addTo(List<Problem> problems, List<ConfigProblem> found) {
        for (ConfigProblem problem : found) {
            problems.add(new Problem(problem.text(written()::source)));
        }
    }

    /**
     * @param name the name of a client
     * @return whether it can be used, and if not, which keys to set
     */
    public ActiveResult active(String name) {
        ConfigValues values = written().of(name);
        if (!config.clients().get(name).active()) {
            return ActiveResult.inactive(inactive(values));
        }
        List<ConfigProblem> missing = RequiredKeys.missing(values);
        return missing.isEmpty() ? ActiveResult.active()
                : ActiveResult.inactive(ConfigProblem.text("The device authorization client '" + name
                        + "' is not configured:", missing, written()::source));
    }

    private static String inactive(ConfigValues values) {
        return "The device authorization client '" + values.client() + "' is switched off by " + values.key("active")
                + "=false. Set it to true to use it, or inject it through InjectableInstance and ask whether it is active";
    }

    /** Read once for all clients, however many there are. */
    private WrittenKeys written() {
        WrittenKeys read = written;
        if (read == null) {
            read = WrittenKeys.of(ConfigProvider.getConfig().unwrap(SmallRyeConfig.class), ConfigKeys.PREFIX);
            written = read;
        }
        return read;
    }
}

package io.quarkiverse.deviceauthorization.runtime.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.eclipse.microprofile.config.Config;
import org.jboss.logging.Logger;

/** Finds what a client refers to and isn't there, as far as that is known where the application starts, without any I/O. */
final class MachineCheck {

    private static final String TLS = "tls-configuration-name";
    private static final String PROXY = "proxy-configuration-name";
    private static final String STORE = "tokens.store";
    private static final String DIRECTORY = "tokens.file.directory";

    /** What the proxy registry takes for no proxy at all, and the TLS registry for the settings of Java. */
    private static final List<String> BUILT_IN = List.of("none", "javax.net.ssl");

    private MachineCheck() {
    }

    /**
     * @param values the configuration of an active client
     * @param config all of the configuration
     * @return what can't be used here
     */
    static List<ConfigProblem> wrong(ConfigValues values, Config config) {
        List<ConfigProblem> problems = new ArrayList<>();
        proxy(values, config, problems);
        tls(values, config);
        if (ConfigValues.matches(values.resolved(STORE).orElse(""), StoreKind.FILE) && !values.has(DIRECTORY)) {
            home().ifPresent(problem -> problems.add(new ConfigProblem(values.key(DIRECTORY), problem)));
        }
        return problems;
    }

    private static void proxy(ConfigValues values, Config config, List<ConfigProblem> problems) {
        Optional<String> name = values.resolved(PROXY);
        if (name.isPresent() && !isConfigured(config, "quarkus.proxy.", name.get())) {
            problems.add(new ConfigProblem(values.key(PROXY), "there is no proxy configuration '" + name.get()
                    + "'. Set quarkus.proxy.\"" + name.get() + "\".host, or remove it"));
        }
    }

    /** Applications can register TLS configurations in code, later. */
    private static void tls(ConfigValues values, Config config) {
        Optional<String> name = values.resolved(TLS);
        if (name.isPresent() && !isConfigured(config, "quarkus.tls.", name.get())) {
            Logger.getLogger(MachineCheck.class).warnf(
                    "%s: there is no TLS configuration '%s' under quarkus.tls.\"%s\". Unless it is registered in code, nobody"
                            + " can sign in",
                    values.key(TLS), name.get(), name.get());
        }
    }

    private static boolean isConfigured(Config config, String prefix, String name) {
        if (BUILT_IN.contains(name)) {
            return true;
        }
        String quoted = ConfigKeys.environmentVariable(prefix + '"' + name + "\".");
        String unquoted = ConfigKeys.environmentVariable(prefix + name + ".");
        for (String key : config.getPropertyNames()) {
            String variable = ConfigKeys.environmentVariable(key);
            if (variable.startsWith(quoted) || variable.startsWith(unquoted)) {
                return true;
            }
        }
        return false;
    }

    /** Containers that run as a user without a name have {@code ?} as their home. */
    private static Optional<String> home() {
        String home = System.getProperty("user.home", "");
        boolean elsewhere = System.getenv("XDG_CONFIG_HOME") != null || System.getenv("APPDATA") != null;
        return elsewhere || !home.isBlank() && !home.equals("?") ? Optional.empty()
                : Optional.of("is missing, and the user who runs the application has no home directory. Set it");
    }
}

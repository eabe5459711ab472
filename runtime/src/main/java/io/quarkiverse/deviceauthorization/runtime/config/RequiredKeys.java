package io.quarkiverse.deviceauthorization.runtime.config;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Finds the keys without which a client can't be used. */
public final class RequiredKeys {

    private static final List<String> REQUIRED_PATHS = List.of("device-authorization-path", "token-path");

    private final ConfigValues values;
    private final List<ConfigProblem> problems = new ArrayList<>();

    private RequiredKeys(ConfigValues values) {
        this.values = values;
    }

    /**
     * @param values the configuration of a client
     * @return the keys that are missing
     */
    public static List<ConfigProblem> missing(ConfigValues values) {
        RequiredKeys check = new RequiredKeys(values);
        if (values.get("client-id").isEmpty()) {
            check.add("client-id", "is missing. Set it to the client id that the provider issued");
        }
        if (values.get("provider").isEmpty()) {
            check.server();
        }
        return check.problems;
    }

    /**
     * @param values the configuration of a client
     * @return whether it says where the authorization server is
     */
    public static boolean hasServer(ConfigValues values) {
        return values.get("auth-server-url").isPresent() || values.get("provider").isPresent()
                || REQUIRED_PATHS.stream().allMatch(path -> values.get(path).map(ClientSettings::isAbsolute).orElse(false));
    }

    private void server() {
        boolean noServer = values.get("auth-server-url").isEmpty();
        if (values.isFalse("discovery-enabled")) {
            REQUIRED_PATHS.stream().filter(path -> values.get(path).isEmpty()).forEach(
                    path -> add(path, "is missing, and discovery is off. Set it to the path of the endpoint"));
        } else if (noServer && (values.isTrue("discovery-enabled")
                || REQUIRED_PATHS.stream().anyMatch(path -> values.get(path).isEmpty()))) {
            noServer("is missing. Set it to the URL of the authorization server (its issuer)");
            return;
        }
        Stream.concat(REQUIRED_PATHS.stream(), Stream.of("revoke-path"))
                .filter(path -> noServer && values.get(path).filter(text -> !text.equals(ConfigValues.UNRESOLVED)
                        && !ClientSettings.isAbsolute(text)).isPresent())
                .findFirst().ifPresent(path -> noServer("is missing, and " + path
                        + " is relative to it. Set it to the URL of the authorization server"));
    }

    private void noServer(String message) {
        add("auth-server-url", message + ", or set " + values.key("provider"));
    }

    private void add(String member, String message) {
        problems.add(new ConfigProblem(values.key(member), message));
    }
}

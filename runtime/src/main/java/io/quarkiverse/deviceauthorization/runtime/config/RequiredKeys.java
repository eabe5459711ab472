package io.quarkiverse.deviceauthorization.runtime.config;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import io.quarkiverse.deviceauthorization.runtime.provider.Preset;
import io.quarkiverse.deviceauthorization.runtime.provider.Preset.Endpoint;
import io.quarkiverse.deviceauthorization.runtime.provider.Preset.Requirement;

/** Finds the keys without which a client can't be used. */
public final class RequiredKeys {

    private static final String SECRET = "credentials.secret";
    private static final List<Endpoint> REQUIRED = List.of(Endpoint.DEVICE_AUTHORIZATION, Endpoint.TOKEN);

    private final ConfigValues values;
    private final Preset preset;
    private final List<ConfigProblem> problems = new ArrayList<>();

    private RequiredKeys(ConfigValues values, Preset preset) {
        this.values = values;
        this.preset = preset;
    }

    /**
     * @param values the configuration of a client
     * @return the keys that are missing
     */
    public static List<ConfigProblem> missing(ConfigValues values) {
        return missing(values, values.preset());
    }

    /** @param preset what is known of the provider; empty if the provider is not known, or not yet */
    static List<ConfigProblem> missing(ConfigValues values, Optional<Preset> preset) {
        RequiredKeys check = new RequiredKeys(values, preset.orElseGet(Preset::none));
        if (!values.has("client-id")) {
            check.add("client-id", "is missing. Set it to the client id that the provider issued");
        }
        if (preset.isPresent()) {
            check.server();
            check.requirements();
        }
        return check.problems;
    }

    /**
     * @param values the configuration of a client
     * @return whether it says where the authorization server is
     */
    public static boolean hasServer(ConfigValues values) {
        return hasServer(values, values.preset());
    }

    static boolean hasServer(ConfigValues values, Optional<Preset> preset) {
        return values.has("auth-server-url") || preset.isEmpty() || preset.get().authServerUrl().isPresent()
                || REQUIRED.stream().map(ConfigKeys::path)
                        .allMatch(path -> values.get(path).map(ClientSettings::isAbsolute).orElse(false));
    }

    /**
     * @param values the configuration of a client
     * @return whether its provider issues no tokens to a client without a secret
     */
    public static boolean needsSecret(ConfigValues values) {
        return values.preset().stream().flatMap(preset -> preset.requirements().stream())
                .anyMatch(requirement -> requirement.key().equals(SECRET));
    }

    static boolean isMet(Requirement requirement, ConfigValues values) {
        return values.has(requirement.key())
                || requirement.key().equals(SECRET) && values.has("credentials.provider.name");
    }

    private void server() {
        boolean noServer = !values.has("auth-server-url") && preset.authServerUrl().isEmpty();
        if (values.isFalse("discovery-enabled")) {
            REQUIRED.stream().filter(endpoint -> path(endpoint).isEmpty()).map(ConfigKeys::path).forEach(
                    path -> add(path, "is missing, and discovery is off. Set it to the path of the endpoint"));
        } else if (noServer && (values.isTrue("discovery-enabled")
                || REQUIRED.stream().anyMatch(endpoint -> path(endpoint).isEmpty()))) {
            noServer("is missing");
            return;
        }
        Arrays.stream(Endpoint.values()).filter(endpoint -> noServer && path(endpoint).filter(RequiredKeys::isRelative)
                .isPresent()).map(ConfigKeys::path).findFirst().ifPresent(path -> noServer(values.has(path)
                        ? "is missing, and " + path + " is relative to it"
                        : "is missing"));
    }

    private void requirements() {
        preset.requirements().stream().filter(requirement -> !requirement.atBuild() && !isMet(requirement, values))
                .forEach(requirement -> add(requirement.key(), requirement.problem()));
    }

    private Optional<String> path(Endpoint endpoint) {
        return values.get(ConfigKeys.path(endpoint)).or(() -> preset.path(endpoint));
    }

    private static boolean isRelative(String path) {
        return !path.equals(ConfigValues.UNRESOLVED) && !ClientSettings.isAbsolute(path);
    }

    private void noServer(String message) {
        add("auth-server-url", message + ". Set it to the URL of "
                + preset.example().map(example -> "your authorization server (its issuer), for example " + example)
                        .orElseGet(() -> "the authorization server (its issuer), or set " + values.key("provider")));
    }

    private void add(String member, String message) {
        problems.add(new ConfigProblem(values.key(member), message));
    }
}

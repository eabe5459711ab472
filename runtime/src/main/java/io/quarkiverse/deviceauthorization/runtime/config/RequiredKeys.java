package io.quarkiverse.deviceauthorization.runtime.config;

import java.util.ArrayList;
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
        RequiredKeys check = new RequiredKeys(values, preset.orElse(Preset.none()));
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
        if (values.has("auth-server-url") || preset.isEmpty() || preset.get().authServerUrl().isPresent()) {
            return true;
        }
        for (Endpoint endpoint : REQUIRED) {
            if (!ClientSettings.isAbsolute(values.get(ConfigKeys.path(endpoint)).orElse(""))) {
                return false;
            }
        }
        return true;
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
            for (String path : unknownPaths()) {
                add(path, "is missing, and discovery is off. Set it to the path of the endpoint");
            }
        } else if (noServer && (values.isTrue("discovery-enabled") || !unknownPaths().isEmpty())) {
            noServer("is missing");
            return;
        }
        Optional<String> relative = noServer ? relativePath() : Optional.empty();
        if (relative.isPresent()) {
            noServer(values.has(relative.get()) ? "is missing, and " + relative.get() + " is relative to it" : "is missing");
        }
    }

    private void requirements() {
        for (Requirement requirement : preset.requirements()) {
            if (!requirement.atBuild() && !isMet(requirement, values)) {
                add(requirement.key(), requirement.problem());
            }
        }
    }

    private List<String> unknownPaths() {
        List<String> unknown = new ArrayList<>();
        for (Endpoint endpoint : REQUIRED) {
            if (path(endpoint).isEmpty()) {
                unknown.add(ConfigKeys.path(endpoint));
            }
        }
        return unknown;
    }

    private Optional<String> relativePath() {
        for (Endpoint endpoint : Endpoint.values()) {
            Optional<String> path = path(endpoint);
            if (path.isPresent() && !path.get().equals(ConfigValues.UNRESOLVED) && !ClientSettings.isAbsolute(path.get())) {
                return Optional.of(ConfigKeys.path(endpoint));
            }
        }
        return Optional.empty();
    }

    private Optional<String> path(Endpoint endpoint) {
        Optional<String> written = values.get(ConfigKeys.path(endpoint));
        return written.isPresent() ? written : preset.path(endpoint);
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

package io.quarkiverse.deviceauthorization.runtime.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import io.quarkiverse.deviceauthorization.DeviceAuthorizationName;
import io.quarkiverse.deviceauthorization.runtime.provider.Preset;

/** Configuration as somebody wrote it, without Quarkus. */
final class Written {

    private final String client;
    private final Map<String, String> values = new TreeMap<>();

    private Written(String client) {
        this.client = client;
    }

    static Written forDefault() {
        return new Written(DeviceAuthorizationName.DEFAULT);
    }

    static Written forClient(String client) {
        return new Written(client);
    }

    Written with(String member, String value) {
        return withKey(ConfigKeys.key(client, member), value);
    }

    Written withKey(String key, String value) {
        values.put(key, value);
        return this;
    }

    List<String> wrong(boolean production) {
        return ClientConfigCheck.wrong(values(), production).stream().map(ConfigProblem::text).toList();
    }

    List<String> missing() {
        return RequiredKeys.missing(values()).stream().map(ConfigProblem::text).toList();
    }

    List<String> missing(Preset preset) {
        return RequiredKeys.missing(values(), Optional.of(preset)).stream().map(ConfigProblem::text).toList();
    }

    List<String> demanded(Preset preset) {
        ValueCheck check = new ValueCheck(values());
        new PresetCheck(values(), preset, check).run();
        return check.problems().stream().map(ConfigProblem::text).toList();
    }

    List<String> advice() {
        return ConfigAdvice.of(values()).stream().map(ConfigProblem::text).toList();
    }

    /** @return the whole text about a key of the default client */
    static String problem(String member, String message) {
        String key = "quarkus.device-authorization." + member;
        return key + " (in the environment " + ConfigKeys.environmentVariable(key) + "): " + message;
    }

    ConfigValues values() {
        return new ConfigValues(client, key -> Optional.ofNullable(values.get(key)), ConfigValues.names(values.keySet()));
    }
}

package io.quarkiverse.deviceauthorization.runtime.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import io.quarkiverse.deviceauthorization.DeviceAuthorizationName;

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

    ConfigValues values() {
        return new ConfigValues(client, key -> Optional.ofNullable(values.get(key)), ConfigValues.names(values.keySet()));
    }
}

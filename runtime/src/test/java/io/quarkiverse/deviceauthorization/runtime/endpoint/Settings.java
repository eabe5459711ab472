package io.quarkiverse.deviceauthorization.runtime.endpoint;

import java.util.HashMap;
import java.util.Map;

import io.quarkiverse.deviceauthorization.DeviceAuthorizationName;
import io.quarkiverse.deviceauthorization.runtime.config.ClientSettings;
import io.quarkiverse.deviceauthorization.runtime.config.DeviceAuthorizationRuntimeConfig;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;

/** Settings from keys and values, read as an application reads them. */
public final class Settings {

    private Settings() {
    }

    /**
     * @param keysAndValues members of the default client and their values, in turn
     * @return the settings of the default client, which has an id, a server and endpoints unless it says otherwise
     */
    public static ClientSettings of(String... keysAndValues) {
        Map<String, String> keys = new HashMap<>(Map.of(
                "client-id", "tv",
                "auth-server-url", "https://login.example.com",
                "device-authorization-path", "/device",
                "token-path", "/token",
                "revoke-path", "/revoke"));
        return read(keys, keysAndValues);
    }

    /**
     * @param keysAndValues members of the default client and their values, in turn
     * @return the settings of the default client with nothing else
     */
    public static ClientSettings only(String... keysAndValues) {
        return read(new HashMap<>(), keysAndValues);
    }

    private static ClientSettings read(Map<String, String> keys, String... keysAndValues) {
        for (int i = 0; i < keysAndValues.length; i += 2) {
            keys.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        Map<String, String> properties = new HashMap<>();
        keys.forEach((key, value) -> properties.put("quarkus.device-authorization." + key, value));
        DeviceAuthorizationRuntimeConfig config = new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .addDiscoveredConverters()
                .withSources(new PropertiesConfigSource(properties, "test", 100))
                .withMapping(DeviceAuthorizationRuntimeConfig.class)
                .build().getConfigMapping(DeviceAuthorizationRuntimeConfig.class);
        return ClientSettings.of(DeviceAuthorizationName.DEFAULT, config.clients().get(DeviceAuthorizationName.DEFAULT));
    }
}

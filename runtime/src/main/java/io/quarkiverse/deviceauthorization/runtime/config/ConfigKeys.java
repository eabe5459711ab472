package io.quarkiverse.deviceauthorization.runtime.config;

import java.util.Locale;
import java.util.Set;

import io.quarkiverse.deviceauthorization.DeviceAuthorizationName;
import io.quarkiverse.deviceauthorization.runtime.provider.Preset.Endpoint;

/** How keys are spelt, in files and in the environment. */
public final class ConfigKeys {

    /** What all keys begin with. */
    public static final String PREFIX = "quarkus.device-authorization.";

    /** First words of keys that belong to the extension or to the default client, and so can't name a client. */
    public static final Set<String> RESERVED_NAMES = Set.of("devservices", "health", "metrics", "tracing", "credentials",
            "extra-params", "headers", "id-token", "polling", "tokens", "prompt");

    private ConfigKeys() {
    }

    /**
     * @param client the name of a client
     * @param member a key of the client, such as {@code client-id}
     * @return the whole key
     */
    public static String key(String client, String member) {
        return DeviceAuthorizationName.DEFAULT.equals(client) ? PREFIX + member : PREFIX + '"' + client + "\"." + member;
    }

    /**
     * @param client the name of a client
     * @return the client, for a sentence
     */
    public static String describe(String client) {
        return DeviceAuthorizationName.DEFAULT.equals(client) ? "the default client" : "client '" + client + "'";
    }

    /**
     * @param client the name of a client
     * @return whether an environment variable tells the name: {@code __SET_TOP_BOX__} may stand for {@code set-top-box}, or not
     */
    public static boolean isSpeltByEnvironment(String client) {
        return DeviceAuthorizationName.DEFAULT.equals(client) || client.matches("[a-z0-9]+");
    }

    /** @return the key of a client that says where an endpoint is */
    public static String path(Endpoint endpoint) {
        return switch (endpoint) {
            case DEVICE_AUTHORIZATION -> "device-authorization-path";
            case TOKEN -> "token-path";
            case REVOCATION -> "revoke-path";
            case USER_INFO -> "user-info-path";
            case JWKS -> "jwks-path";
        };
    }

    /**
     * @param key a whole key
     * @return the environment variable that sets it
     */
    public static String environmentVariable(String key) {
        return key.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
    }
}

package io.quarkiverse.deviceauthorization.runtime.dev;

import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableSet;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.TreeSet;

import io.quarkiverse.deviceauthorization.runtime.config.ClientSettings;
import io.quarkiverse.deviceauthorization.runtime.config.ConfigKeys;
import io.quarkiverse.deviceauthorization.runtime.config.ConfigSources;
import io.quarkiverse.deviceauthorization.runtime.config.ConfigValues;
import io.quarkiverse.deviceauthorization.runtime.dev.Setting.Origin;
import io.quarkiverse.deviceauthorization.runtime.provider.Preset.Endpoint;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.SmallRyeConfig;

/** The configuration of one client, key by key: what is set, what is used, and where it comes from. */
final class EffectiveConfig {

    /** The ordinal of default values. */
    private static final int DEFAULTS = Integer.MIN_VALUE;

    private static final String UNRESOLVED = "an expression that can't be resolved";

    private final SmallRyeConfig config;
    private final ConfigValues values;
    private final Map<String, String> inUse;

    /**
     * @param client the name of the client
     * @param config where its values are
     * @param settings the client as it is used; empty while it can't be
     */
    EffectiveConfig(String client, SmallRyeConfig config, Optional<ClientSettings> settings) {
        this.config = config;
        this.values = new ConfigValues(client, key -> Optional.ofNullable(config.getConfigValue(key).getValue()),
                ConfigValues.names(config.getPropertyNames()));
        this.inUse = settings.map(EffectiveConfig::inUse).orElse(Map.of());
    }

    /** @return all keys that there are for this client, in alphabetical order */
    List<Setting> settings() {
        NavigableSet<String> members = new TreeSet<>(ClientKeys.all());
        for (String group : ClientKeys.groups()) {
            members.addAll(membersOf(group));
        }
        inUse.keySet().forEach(members::add);
        return members.stream().map(this::setting).toList();
    }

    /** @return whether a Dev Service says where the server of this client is */
    boolean isDevService() {
        return ConfigSources.isDevService(config.getConfigValue(values.key("auth-server-url")));
    }

    /** @return whether somebody has set any key of this client */
    boolean isWritten() {
        return settings().stream().anyMatch(setting -> setting.origin() == Origin.CONFIGURED);
    }

    private Setting setting(String member) {
        String key = values.key(member);
        boolean secret = ClientKeys.isSecret(member);
        ConfigValue value = find(key);
        String used = inUse.get(member);
        if (value == null) {
            return new Setting(key, null, secret ? null : used, secret, used == null ? Origin.NOT_SET : unset(), null, null);
        }
        String text = withoutCredentials(value.getValue());
        return new Setting(key, secret ? null : text, secret || text.equals(used) ? null : used, secret,
                value.getSourceOrdinal() > DEFAULTS ? Origin.CONFIGURED : Origin.DEFAULT, ConfigSources.describe(value),
                value.getConfigSourceName());
    }

    private Origin unset() {
        return values.get("provider").isPresent() ? Origin.PRESET : Origin.DERIVED;
    }

    /** @return what is set, alone or as a list with an index; null where nothing is */
    private ConfigValue find(String key) {
        ConfigValue whole = get(key);
        if (whole != null) {
            return whole;
        }
        List<String> parts = new ArrayList<>();
        ConfigValue first = get(key + "[0]");
        for (ConfigValue part = first; part != null; part = get(key + "[" + parts.size() + "]")) {
            parts.add(part.getValue());
        }
        return first == null ? null : first.withValue(String.join(",", parts));
    }

    private ConfigValue get(String key) {
        try {
            ConfigValue value = config.getConfigValue(key);
            if (value.getRawValue() != null && value.getValue() == null) {
                return value.noProblems().withValue(UNRESOLVED);
            }
            return value.getValue() == null || value.getValue().isEmpty() ? null : value;
        } catch (NoSuchElementException e) {
            return ConfigValue.builder().withName(key).withValue(UNRESOLVED).build();
        }
    }

    private List<String> membersOf(String group) {
        String prefix = values.key(group) + ".";
        return values.names().subSet(prefix, prefix + Character.MAX_VALUE).stream()
                .map(name -> group + "." + name.substring(prefix.length())).toList();
    }

    /** A URL with a password in it is refused when the client is used; one that is not used may still have one. */
    private static String withoutCredentials(String value) {
        return value.replaceAll("//[^/@\\s]*@", "//");
    }

    private static Map<String, String> inUse(ClientSettings settings) {
        Map<String, String> all = new HashMap<>();
        settings.authServerUrl().map(URI::toString).ifPresent(url -> all.put("auth-server-url", url));
        all.put("discovery-enabled", String.valueOf(settings.discovery()));
        for (Endpoint endpoint : Endpoint.values()) {
            settings.endpoint(endpoint).ifPresent(url -> all.put(ConfigKeys.path(endpoint), url.toString()));
        }
        if (!settings.scopes().isEmpty()) {
            all.put("scopes", String.join(",", settings.scopes()));
        }
        if (!settings.trustedHosts().isEmpty()) {
            all.put("discovery-allowed-hosts", String.join(",", settings.trustedHosts()));
        }
        settings.audience().ifPresent(audience -> all.put("audience", audience));
        settings.issuer().ifPresent(issuer -> all.put("id-token.issuer", issuer));
        settings.parameters().forEach((name, value) -> all.put("extra-params." + name, value));
        if (settings.config().credentials().secret().isPresent()
                || settings.config().credentials().provider().name().isPresent()) {
            all.put("credentials.method", settings.secretMethod().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        }
        return all;
    }
}

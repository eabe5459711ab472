package io.quarkiverse.deviceauthorization.docs;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.quarkiverse.deviceauthorization.runtime.config.ClientConfigCheck;
import io.quarkiverse.deviceauthorization.runtime.config.ConfigProblem;
import io.quarkiverse.deviceauthorization.runtime.config.ConfigValues;
import io.quarkiverse.deviceauthorization.runtime.config.DeviceAuthorizationRuntimeConfig;
import io.quarkiverse.deviceauthorization.runtime.config.RequiredKeys;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;

/**
 * Properties as a page shows them, read as the extension reads them.
 *
 * @param lines the keys, some with profiles, and the values
 */
record Example(Map<String, String> lines) {

    private static final Pattern PROFILES = Pattern.compile("%([\\w,-]+)\\.(.+)");
    private static final Pattern EXPRESSION = Pattern.compile("\\$\\{[A-Z_]+}");
    /** Long enough for a key, and fit for everything that comes from the environment in an example. */
    private static final String FROM_ENVIRONMENT = "0123456789abcdef0123456789abcdef";
    private static final String PROD = "prod";

    static Example of(String text) {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, String> lines = new TreeMap<>();
        properties.stringPropertyNames().forEach(key -> lines.put(key, properties.getProperty(key)));
        return new Example(lines);
    }

    /** @return the keys, without their profiles */
    Set<String> keys() {
        Set<String> keys = new TreeSet<>();
        for (String line : lines.keySet()) {
            Matcher profiles = PROFILES.matcher(line);
            keys.add(profiles.matches() ? profiles.group(2) : line);
        }
        return keys;
    }

    /** @return what counts in a profile */
    Map<String, String> values(String profile) {
        Map<String, String> values = new TreeMap<>();
        Map<String, String> ofProfile = new TreeMap<>();
        lines.forEach((line, value) -> {
            Matcher profiles = PROFILES.matcher(line);
            if (!profiles.matches()) {
                values.put(line, value);
            } else if (List.of(profiles.group(1).split(",")).contains(profile)) {
                ofProfile.put(profiles.group(2), value);
            }
        });
        values.putAll(ofProfile);
        values.replaceAll((key, value) -> EXPRESSION.matcher(value).replaceAll(FROM_ENVIRONMENT));
        return values;
    }

    /**
     * @return what the extension reads; fails when there is a key of ours that it doesn't know, or a value of the wrong type
     */
    SmallRyeConfig read(String profile) {
        Map<String, String> own = new TreeMap<>(values(profile));
        own.keySet().removeIf(key -> !key.startsWith(KnownKeys.PREFIX));
        SmallRyeConfigBuilder builder = new SmallRyeConfigBuilder().addDiscoveredConverters().addDefaultInterceptors()
                .withSources(new PropertiesConfigSource(own, "example", 500));
        ConfigRoots.own().forEach(builder::withMapping);
        return builder.build();
    }

    /** @return what the extension finds wrong in it when an application starts */
    List<String> wrong(String profile) {
        List<ConfigProblem> problems = new ArrayList<>();
        for (String client : clients(profile)) {
            problems.addAll(ClientConfigCheck.wrong(values(client, profile), profile.equals(PROD)));
        }
        return problems.stream().map(ConfigProblem::text).toList();
    }

    /** @return the keys that are missing in production for a client whose id is there */
    List<String> missing() {
        List<ConfigProblem> problems = new ArrayList<>();
        for (String client : clients(PROD)) {
            ConfigValues values = values(client, PROD);
            if (values.get("client-id").isPresent()) {
                problems.addAll(RequiredKeys.missing(values));
            }
        }
        return problems.stream().map(ConfigProblem::text).toList();
    }

    private Set<String> clients(String profile) {
        return read(profile).getConfigMapping(DeviceAuthorizationRuntimeConfig.class).clients().keySet();
    }

    private ConfigValues values(String client, String profile) {
        Map<String, String> values = values(profile);
        return new ConfigValues(client, key -> Optional.ofNullable(values.get(key)), ConfigValues.names(values.keySet()));
    }
}

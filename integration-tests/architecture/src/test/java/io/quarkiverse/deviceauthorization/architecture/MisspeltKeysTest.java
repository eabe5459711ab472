package io.quarkiverse.deviceauthorization.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.quarkiverse.deviceauthorization.deployment.KeysOfExtension;
import io.quarkiverse.deviceauthorization.runtime.config.ConfigKeys;
import io.quarkiverse.deviceauthorization.runtime.config.ConfigProblem;
import io.quarkiverse.deviceauthorization.runtime.config.OwnKeys;
import io.quarkiverse.deviceauthorization.runtime.config.UnknownKeys;
import io.quarkiverse.deviceauthorization.runtime.config.WrittenKeys;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.common.AbstractConfigSource;

@DisplayName("Each key of the configuration, with a letter that is wrong or missing,")
class MisspeltKeysTest {

    private static final String UNKNOWN = "is no key of this extension, and is not read. Did you mean ";

    /** @param beginning what stands in front of the key: that of all keys of its extension, and the name of a client */
    private record Key(KeysOfExtension extension, String beginning, String pattern) {

        private String written(String misspelt) {
            return beginning + ConfigModel.withNames(misspelt);
        }

        private String meant() {
            return written(pattern);
        }

        /** @return the key with each letter wrong or left out, unless that is another key */
        private Set<String> misspelt() {
            Set<String> all = new TreeSet<>();
            for (int index = 0; index < pattern.length(); index++) {
                if (Character.isLetter(pattern.charAt(index))) {
                    String before = pattern.substring(0, index);
                    String after = pattern.substring(index + 1);
                    all.add(before + after);
                    all.add(before + (pattern.charAt(index) == 'q' ? 'z' : 'q') + after);
                }
            }
            all.removeAll(extension.ofClients());
            all.removeAll(extension.others());
            return all.stream().map(this::written).collect(Collectors.toCollection(TreeSet::new));
        }

        private Map<String, String> suggestions(AbstractConfigSource source) {
            Map<String, String> suggestions = new TreeMap<>();
            OwnKeys keys = new OwnKeys(extension.prefix(), extension.ofClients(), extension.others());
            for (ConfigProblem problem : UnknownKeys.find(keys, WrittenKeys.of(
                    new SmallRyeConfigBuilder().withSources(source).build(), extension.prefix()))) {
                suggestions.put(problem.key(), problem.message());
            }
            return suggestions;
        }

        @Override
        public String toString() {
            return meant();
        }
    }

    static Stream<Key> keys() {
        return ConfigModel.extensions().stream().flatMap(extension -> Stream.concat(each(extension, "", extension.others()),
                Stream.of("", "tv.", "\"my.client\".")
                        .flatMap(client -> each(extension, client, extension.ofClients()))));
    }

    /** The environment can't tell where a name ends. */
    static Stream<Key> keysWithoutNames() {
        return keys()
                .filter(key -> !key.pattern.contains("*") && !key.beginning.contains("tv") && !key.beginning.contains("my"));
    }

    static Stream<Key> keysOfNamedClients() {
        return keys().filter(key -> !key.pattern.contains("*") && key.beginning.endsWith("tv."));
    }

    private static Stream<Key> each(KeysOfExtension extension, String client, List<String> patterns) {
        return patterns.stream().map(pattern -> new Key(extension, extension.prefix() + client, pattern));
    }

    @Test
    void areKnown() {
        assertThat(keys()).hasSizeGreaterThan(200).extracting(Key::meant).contains("quarkus.device-authorization.client-id",
                "quarkus.device-authorization.tv.headers.some", "quarkus.device-authorization.require-at-build",
                "quarkus.device-authorization.devservices.users.some.claims.some",
                "quarkus.device-authorization-redis.prefix", "quarkus.device-authorization-web.clients");
    }

    @ParameterizedTest
    @MethodSource("keys")
    @DisplayName("is an error that names it")
    void written(Key key) {
        Map<String, String> expected = new TreeMap<>();
        Map<String, String> values = new TreeMap<>();
        for (String misspelt : key.misspelt()) {
            values.put(misspelt, "x");
            expected.put(misspelt, UNKNOWN + key.meant() + " (in the environment "
                    + ConfigKeys.environmentVariable(key.meant()) + ")?");
        }
        assertThat(key.suggestions(new PropertiesConfigSource(values, "test", 100))).isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("keysWithoutNames")
    @DisplayName("is an error that names it also in the environment, unless it may be a key of a client with an odd name")
    void inTheEnvironment(Key key) {
        Map<String, String> expected = new TreeMap<>();
        for (String misspelt : variables(key)) {
            expected.put(misspelt, UNKNOWN + ConfigKeys.environmentVariable(key.meant()) + "?");
        }
        assertThat(key.suggestions(new EnvConfigSource(values(expected.keySet()), 300))).isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("keysOfNamedClients")
    @DisplayName("is never taken for that of another client in the environment, which doesn't tell where a name ends")
    void ofNamedClientsInTheEnvironment(Key key) {
        assertThat(key.suggestions(new EnvConfigSource(values(variables(key)), 300)).values())
                .allMatch((UNKNOWN + ConfigKeys.environmentVariable(key.meant()) + "?")::equals);
    }

    private static Set<String> variables(Key key) {
        List<String> endings = key.extension.ofClients().stream().map(ConfigKeys::environmentVariable).map("_"::concat)
                .toList();
        return key.misspelt().stream().map(ConfigKeys::environmentVariable)
                .filter(variable -> endings.stream().noneMatch(variable::endsWith))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Map<String, String> values(Set<String> keys) {
        return keys.stream().collect(Collectors.toMap(key -> key, key -> "x"));
    }
}

package io.quarkiverse.deviceauthorization.architecture;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.Stream;

import io.quarkiverse.deviceauthorization.deployment.KeysOfExtension;
import io.smallrye.config.ConfigMappingInterface.Property;
import io.smallrye.config.ConfigMappings;
import io.smallrye.config.ConfigMappings.ConfigClass;

/** The configuration of all modules, as its interfaces have it: what is added there is here too. */
final class ConfigModel {

    /** What the build of an extension writes its configuration down in. */
    private static final String LIST = "META-INF/quarkus-config-roots.list";

    private static final String EXTENSION = "^(quarkus\\.device-authorization[a-z-]*).*";
    private static final List<ConfigClass> MAPPINGS = read();

    private ConfigModel() {
    }

    static List<ConfigClass> mappings() {
        return MAPPINGS;
    }

    /** @return the keys of the extension and of each of its companions */
    static List<KeysOfExtension> extensions() {
        return MAPPINGS.stream().map(mapping -> mapping.getPrefix().replaceAll(EXTENSION, "$1.")).distinct().sorted()
                .map(prefix -> KeysOfExtension.of(MAPPINGS, prefix)).toList();
    }

    static KeysOfExtension extension(String prefix) {
        return KeysOfExtension.of(MAPPINGS, prefix);
    }

    /** @return each key that is a number or a duration, and a value that is less than none */
    static Map<String, String> belowZero() {
        Map<String, String> keys = new TreeMap<>();
        for (ConfigClass mapping : MAPPINGS) {
            ConfigMappings.getProperties(mapping).forEach((key, property) -> {
                Class<?> type = type(property);
                if (type == int.class || type == Integer.class || type == OptionalInt.class) {
                    keys.put(withNames(key), "-1");
                } else if (type == Duration.class) {
                    keys.put(withNames(key), "-1S");
                }
            });
        }
        return keys;
    }

    private static Class<?> type(Property property) {
        return property.isPrimitive() ? property.asPrimitive().getPrimitiveType()
                : property.isLeaf() ? property.asLeaf().getValueRawType() : Object.class;
    }

    /** @return a key with a name wherever it can have any */
    static String withNames(String key) {
        return key.replace("*", "some");
    }

    private static List<ConfigClass> read() {
        List<ConfigClass> found = new ArrayList<>();
        try {
            for (URL list : Collections.list(ConfigModel.class.getClassLoader().getResources(LIST))) {
                try (InputStream lines = list.openStream()) {
                    new String(lines.readAllBytes(), StandardCharsets.UTF_8).lines().map(String::strip)
                            .filter(name -> name.startsWith(Code.ROOT + ".")).flatMap(ConfigModel::load).forEach(found::add);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return List.copyOf(found);
    }

    private static Stream<ConfigClass> load(String name) {
        try {
            return Stream.of(ConfigClass.configClass(Class.forName(name)));
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(name, e);
        }
    }
}

package io.quarkiverse.deviceauthorization.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.ConfigMappings;
import io.smallrye.config.ConfigMappings.ConfigClass;

/** The interfaces that the configuration of this extension, of Quarkus and of other extensions is mapped to. */
final class ConfigRoots {

    private static final String LIST = "META-INF/quarkus-config-roots.list";
    private static final String OWN = "io.quarkiverse.deviceauthorization.";

    private ConfigRoots() {
    }

    /** @return those of this extension and its companions */
    static List<ConfigClass> own() {
        return classes().filter(name -> name.startsWith(OWN)).map(ConfigRoots::configClass).toList();
    }

    /** @return every key that one of them reads; {@code *} stands for a name that is free */
    static Set<String> keysOf(ConfigClass root) {
        return new TreeSet<>(ConfigMappings.getProperties(root).keySet());
    }

    /** @return the keys of all extensions whose configuration the pages name */
    static Set<String> keysOfAll() {
        Set<String> keys = new TreeSet<>();
        classes().map(ConfigRoots::load).filter(root -> root.isAnnotationPresent(ConfigMapping.class))
                .forEach(root -> keys.addAll(keysOf(ConfigClass.configClass(root))));
        return keys;
    }

    private static ConfigClass configClass(String name) {
        return ConfigClass.configClass(load(name));
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name, false, ConfigRoots.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(name, e);
        }
    }

    private static Stream<String> classes() {
        Set<String> names = new LinkedHashSet<>();
        try {
            List<URL> lists = new ArrayList<>(Collections.list(ConfigRoots.class.getClassLoader().getResources(LIST)));
            for (URL list : lists) {
                try (var lines = list.openStream()) {
                    new String(lines.readAllBytes(), StandardCharsets.UTF_8).lines().map(String::strip)
                            .filter(line -> !line.isEmpty()).forEach(names::add);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return names.stream();
    }
}

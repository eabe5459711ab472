package io.quarkiverse.deviceauthorization.deployment;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import org.eclipse.microprofile.config.ConfigProvider;

import io.quarkiverse.deviceauthorization.runtime.config.ConfigProblem;
import io.quarkiverse.deviceauthorization.runtime.config.ConfigSources;
import io.quarkiverse.deviceauthorization.runtime.config.OwnKeys;
import io.quarkiverse.deviceauthorization.runtime.config.UnknownKeys;
import io.quarkiverse.deviceauthorization.runtime.config.WrittenKeys;
import io.quarkus.deployment.builditem.ConfigurationBuildItem;
import io.smallrye.config.ConfigMappingInterface.Property;
import io.smallrye.config.ConfigMappings;
import io.smallrye.config.ConfigMappings.ConfigClass;
import io.smallrye.config.SmallRyeConfig;

/**
 * The keys of one extension, as its configuration mappings have them, of all phases.
 *
 * @param prefix what they begin with, with the dot
 * @param ofClients the keys of each client
 * @param others all others
 * @param flags those of the others that are true or false
 */
public record KeysOfExtension(String prefix, List<String> ofClients, List<String> others, List<String> flags) {

    private static final String ANY_CLIENT = "*.";

    /**
     * @param configuration what Quarkus has read
     * @param prefix what the keys begin with, with the dot
     * @return the keys of the extension that is built into the application
     */
    public static KeysOfExtension of(ConfigurationBuildItem configuration, String prefix) {
        return of(configuration.getReadResult().getAllMappings(), prefix);
    }

    /**
     * @param mappings the configuration of whatever extensions
     * @param prefix what the keys begin with, with the dot
     * @return the keys of the extension whose they are
     */
    public static KeysOfExtension of(Iterable<ConfigClass> mappings, String prefix) {
        Set<String> ofClients = new TreeSet<>();
        Set<String> others = new TreeSet<>();
        Set<String> flags = new TreeSet<>();
        for (ConfigClass mapping : mappings) {
            if ((mapping.getPrefix() + ".").startsWith(prefix)) {
                ConfigMappings.getProperties(mapping).forEach((key, property) -> {
                    String member = key.substring(prefix.length()).replaceAll("\\[\\d*\\*?]", "");
                    boolean ofClient = member.startsWith(ANY_CLIENT);
                    (ofClient ? ofClients : others).add(ofClient ? member.substring(ANY_CLIENT.length()) : member);
                    if (isFlag(property)) {
                        flags.add(member);
                    }
                });
            }
        }
        others.removeAll(ofClients);
        flags.retainAll(others);
        return new KeysOfExtension(prefix, List.copyOf(ofClients), List.copyOf(others), List.copyOf(flags));
    }

    private static boolean isFlag(Property property) {
        return property.isPrimitive() ? property.asPrimitive().getPrimitiveType() == boolean.class
                : property.isLeaf() && property.asLeaf().getValueRawType() == Boolean.class;
    }

    /** @return what to write instead of keys that are written when the application is built, and that nobody reads */
    public List<ConfigProblem> misspelt() {
        return UnknownKeys.find(new OwnKeys(prefix, ofClients, others), written());
    }

    /** @return those that are neither true nor false when the application is built; clients have checks of their own */
    List<ConfigProblem> wrongFlags() {
        return written().wrongFlags(flags.stream().map(prefix::concat).toList());
    }

    private WrittenKeys written() {
        return WrittenKeys.of(ConfigProvider.getConfig().unwrap(SmallRyeConfig.class), prefix);
    }

    /** @return one text for several problems, each with where it comes from */
    public static String text(String headline, List<ConfigProblem> problems) {
        SmallRyeConfig config = ConfigProvider.getConfig().unwrap(SmallRyeConfig.class);
        return ConfigProblem.text(headline, problems, key -> ConfigSources.of(config, key));
    }
}

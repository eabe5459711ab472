package io.quarkiverse.deviceauthorization.runtime.dev;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.quarkiverse.deviceauthorization.runtime.config.ClientConfig;
import io.quarkiverse.deviceauthorization.runtime.config.SecretKeys;
import io.quarkus.runtime.annotations.ConfigGroup;
import io.smallrye.config.WithParentName;
import io.smallrye.config.common.utils.StringUtil;

/**
 * The keys of a client, as the configuration mapping has them, and which of them hold secrets. What the mapping doesn't know is
 * not shown at all: a misspelt key may hold one too.
 */
final class ClientKeys {

    private ClientKeys() {
    }

    /** @return the keys that there are, in alphabetical order, without those that have any name */
    static List<String> all() {
        return keys(ClientConfig.class, "").sorted().toList();
    }

    /** @return the groups of keys that have any name, such as {@code headers} */
    static List<String> groups() {
        return Arrays.stream(ClientConfig.class.getMethods()).filter(ClientKeys::isMap).map(ClientKeys::word).sorted().toList();
    }

    /**
     * @param member a key of a client, such as {@code client-id}
     * @return whether its value is not to be seen
     */
    static boolean isSecret(String member) {
        return SecretKeys.isHidden(member);
    }

    private static Stream<String> keys(Class<?> config, String prefix) {
        return Arrays.stream(config.getMethods()).filter(method -> !isMap(method))
                .flatMap(method -> isGroup(method) ? keys(method.getReturnType(), prefix + word(method) + ".")
                        : Stream.of(key(method, prefix)));
    }

    private static String key(Method method, String prefix) {
        return method.isAnnotationPresent(WithParentName.class) ? prefix.substring(0, prefix.length() - 1)
                : prefix + word(method);
    }

    private static boolean isGroup(Method method) {
        return method.getReturnType().isAnnotationPresent(ConfigGroup.class);
    }

    private static boolean isMap(Method method) {
        return method.getReturnType() == Map.class;
    }

    private static String word(Method method) {
        return StringUtil.skewer(method.getName());
    }
}

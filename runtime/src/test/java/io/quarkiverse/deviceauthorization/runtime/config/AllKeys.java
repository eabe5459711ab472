package io.quarkiverse.deviceauthorization.runtime.config;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

import io.quarkus.runtime.annotations.ConfigGroup;
import io.smallrye.config.WithParentName;
import io.smallrye.config.common.utils.StringUtil;

/** The keys that there are, as the configuration interfaces say. */
final class AllKeys {

    private AllKeys() {
    }

    /** @return the keys of a client, without those that have any name, such as headers */
    static Stream<String> ofAClient() {
        return keys(ClientConfig.class, "", method -> true);
    }

    /** @return those of them that are durations */
    static Stream<String> durationsOfAClient() {
        return keys(ClientConfig.class, "", method -> method.getGenericReturnType().getTypeName().contains("Duration"));
    }

    /** @return the first words of the keys that go on */
    static Stream<String> groups(Class<?> config) {
        return Arrays.stream(config.getMethods()).filter(method -> isGroup(method) || isMap(method)).map(AllKeys::word);
    }

    private static Stream<String> keys(Class<?> config, String prefix, Predicate<Method> wanted) {
        return Arrays.stream(config.getMethods()).filter(method -> !isMap(method))
                .flatMap(method -> isGroup(method) ? keys(method.getReturnType(), prefix + word(method) + ".", wanted)
                        : Stream.of(method).filter(wanted).map(key -> key(key, prefix)));
    }

    private static String key(Method method, String prefix) {
        return method.isAnnotationPresent(WithParentName.class) ? prefix.substring(0, prefix.length() - 1)
                : prefix + word(method);
    }

    private static boolean isGroup(Method method) {
        return method.getReturnType().isAnnotationPresent(ConfigGroup.class)
                || method.getReturnType().getEnclosingClass() == method.getDeclaringClass();
    }

    private static boolean isMap(Method method) {
        return method.getReturnType() == Map.class;
    }

    private static String word(Method method) {
        return StringUtil.skewer(method.getName());
    }
}

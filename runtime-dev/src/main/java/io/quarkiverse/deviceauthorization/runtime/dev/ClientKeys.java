package io.quarkiverse.deviceauthorization.runtime.dev;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.quarkiverse.deviceauthorization.runtime.config.ClientConfig;
import io.quarkus.runtime.annotations.ConfigGroup;
import io.smallrye.config.WithParentName;
import io.smallrye.config.common.utils.StringUtil;

/**
 * The keys of a client, as the configuration mapping has them, and which of them hold secrets. What the mapping doesn't know is
 * not shown at all: a misspelt key may hold one too.
 */
final class ClientKeys {

    private static final Set<String> SECRETS = Set.of("credentials.secret", "credentials.jwt.key",
            "credentials.jwt.key-store-password", "credentials.jwt.key-password", "credentials.bearer-token",
            "tokens.encryption.key");

    /** Headers often carry keys of gateways. */
    private static final String HEADERS = "headers.";

    /** Parameters of a provider may have any name; most are harmless, and worth to be seen. */
    private static final String PARAMETERS = "extra-params.";
    private static final Pattern SECRET_PARAMETER = Pattern
            .compile("secret|passw|passphrase|pwd|pin|token|key|credential|assertion|auth|sig|code|jwt");

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
        return SECRETS.contains(member) || member.startsWith(HEADERS) || member.startsWith(PARAMETERS)
                && SECRET_PARAMETER.matcher(member.substring(PARAMETERS.length()).toLowerCase(Locale.ROOT)).find();
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

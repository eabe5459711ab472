package io.quarkiverse.deviceauthorization.runtime.config;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Which keys of a client hold secrets. */
public final class SecretKeys {

    /** The keys whose values are secrets whatever they are. */
    public static final Set<String> ALL = Set.of("credentials.secret", "credentials.jwt.key",
            "credentials.jwt.key-store-password", "credentials.jwt.key-password", "credentials.bearer-token",
            "tokens.encryption.key");

    private static final String HEADERS = "headers.";
    private static final String PARAMETERS = "extra-params.";

    /** Parameters and headers may have any name; most are harmless, and worth to be seen. */
    private static final Pattern NAME = Pattern
            .compile("secret|passw|passphrase|pwd|pin|token|key|credential|assertion|auth|sig|code|jwt|cookie");

    private SecretKeys() {
    }

    /**
     * @param member a key of a client, such as {@code client-id}
     * @return whether its value is not to be seen; that of a header never is, since headers often carry keys of gateways
     */
    public static boolean isHidden(String member) {
        return member.startsWith(HEADERS) || isSecret(member);
    }

    /**
     * @param member a key of a client
     * @return whether its value is a secret, or called as if it were one
     */
    public static boolean isSecret(String member) {
        return ALL.contains(member) || hasTellingName(member, PARAMETERS) || hasTellingName(member, HEADERS);
    }

    private static boolean hasTellingName(String member, String group) {
        return member.startsWith(group) && NAME.matcher(member.substring(group.length()).toLowerCase(Locale.ROOT)).find();
    }
}

package io.quarkiverse.deviceauthorization.runtime.config;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds what is wrong with how a client authenticates: there is one way, and whatever is set is part of it. No message shows a
 * secret or a key.
 */
final class CredentialsCheck {

    private static final String SECRET = "credentials.secret";
    private static final String METHOD = "credentials.method";
    private static final String BEARER_TOKEN = "credentials.bearer-token";
    private static final String PROVIDER = "credentials.provider.name";
    private static final String KEY = "credentials.jwt.key";
    private static final String KEY_FILE = "credentials.jwt.key-file";
    private static final String KEY_STORE = "credentials.jwt.key-store-file";
    private static final String KEY_ID = "credentials.jwt.key-id";
    private static final String ALGORITHM = "credentials.jwt.signature-algorithm";
    private static final String AUDIENCE = "credentials.jwt.audience";
    private static final String LIFESPAN = "credentials.jwt.lifespan";

    private static final List<String> PRIVATE_KEYS = List.of(KEY, KEY_FILE, KEY_STORE);
    private static final List<String> OF_KEY_STORE = List.of("credentials.jwt.key-store-password",
            "credentials.jwt.key-password");
    private static final List<String> OF_PROVIDER = List.of("credentials.provider.key", "credentials.provider.keyring-name");
    private static final List<String> TEXTS = List.of(SECRET, BEARER_TOKEN, KEY_FILE, KEY_STORE, KEY_ID, AUDIENCE, PROVIDER);

    private static final List<String> KEY_ALGORITHMS = List.of("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256",
            "ES384", "ES512", "EdDSA");
    private static final List<String> SECRET_ALGORITHMS = List.of("HS256", "HS384", "HS512");
    private static final Duration LONGEST_LIFESPAN = Duration.ofMinutes(10);

    /** PEM, a JWK, or what is between the lines of PEM: enough to tell a key from a path or a name. */
    private static final Pattern PRIVATE_KEY = Pattern.compile(
            "\\s*\\{.*|.*-----BEGIN [A-Z ]*PRIVATE KEY-----.*|[A-Za-z0-9+/=\\s]{64,}", Pattern.DOTALL);

    private final ConfigValues values;
    private final ValueCheck check;

    CredentialsCheck(ConfigValues values, ValueCheck check) {
        this.values = values;
        this.check = check;
    }

    void run() {
        Stream.of(TEXTS, OF_KEY_STORE, OF_PROVIDER).flatMap(List::stream).forEach(check::text);
        check.oneOf(METHOD, ClientSecretMethod.values());
        oneWay();
        method();
        privateKey();
        provider();
        assertion();
        algorithm();
    }

    private void oneWay() {
        List<String> keys = PRIVATE_KEYS.stream().filter(values::has).toList();
        keys.stream().skip(1).forEach(key -> check.add(key, "and " + keys.get(0)
                + " are two private keys at once. Keep one of them"));
        List<String> ways = Stream.of(Stream.of(SECRET, PROVIDER).filter(values::has), keys.stream().limit(1),
                Stream.of(BEARER_TOKEN).filter(values::has)).flatMap(way -> way).toList();
        ways.stream().skip(1).forEach(way -> check.add(way, "and " + ways.get(0)
                + " are two ways to authenticate at once. Keep the one that the provider asks for"));
    }

    private void method() {
        if (!values.has(METHOD) || hasSecret()) {
            return;
        }
        check.add(METHOD, hasKey() ? "says how a secret is used, but a private key is used in its place. Remove one of them"
                : "says how a secret is used, but there is none. Set " + values.key(SECRET)
                        + ", or remove it for a public client");
    }

    private void privateKey() {
        check.judge(KEY, text -> PRIVATE_KEY.matcher(text).matches() ? Optional.empty()
                : Optional.of("is no private key. Write PEM that begins with -----BEGIN PRIVATE KEY-----, or a JWK, or set "
                        + values.key(KEY_FILE) + " for a file"));
        if (!values.has(KEY_STORE)) {
            OF_KEY_STORE.stream().filter(values::has).forEach(member -> check.add(member,
                    "belongs to a key store, but there is none. Set " + values.key(KEY_STORE) + ", or remove it"));
        }
        if (!hasKey() && values.has(KEY_ID)) {
            check.add(KEY_ID, "says which private key it is, but there is none. Set " + values.key(KEY_FILE)
                    + " or another key, or remove it");
        }
    }

    /** At the start, the default of the key is there as if somebody had written it. */
    private void provider() {
        if (!values.has(PROVIDER)) {
            OF_PROVIDER.stream().filter(member -> values.get(member).filter(text -> !text.equals("password")).isPresent())
                    .forEach(member -> check.add(member, "belongs to a credentials provider, but none is used. Set "
                            + values.key(PROVIDER) + ", or remove it"));
        }
    }

    private void assertion() {
        check.duration(LIFESPAN, false);
        check.parsed(LIFESPAN).filter(lifespan -> lifespan.compareTo(LONGEST_LIFESPAN) > 0)
                .ifPresent(lifespan -> check.add(LIFESPAN, "'" + values.get(LIFESPAN).orElseThrow()
                        + "' is too long, since each request has an assertion of its own. Write at most 10M"));
        if (!hasKey() && !mayUse(ClientSecretMethod.POST_JWT)) {
            Stream.of(AUDIENCE, ALGORITHM).filter(values::has).forEach(member -> check.add(member,
                    "belongs to an assertion, but none is sent. Set " + values.key(KEY_FILE) + " or another key, or "
                            + values.key(METHOD) + "=post-jwt to sign by a secret, or remove it"));
        }
    }

    private void algorithm() {
        if (hasKey()) {
            algorithm("a private key", KEY_ALGORITHMS);
        } else if (uses(ClientSecretMethod.POST_JWT)) {
            algorithm("a client secret", SECRET_ALGORITHMS);
            values.resolved(SECRET).filter(secret -> !secret.isBlank()).ifPresent(this::secretLength);
        }
    }

    private void algorithm(String signer, List<String> known) {
        values.resolved(ALGORITHM).filter(text -> !known.contains(text)).ifPresent(text -> check.add(ALGORITHM,
                "'" + text + "' is no algorithm for " + signer + ". Write one of " + String.join(", ", known)));
    }

    /** A shorter one can't be used: no library signs by it. */
    private void secretLength(String secret) {
        String algorithm = values.resolved(ALGORITHM).filter(SECRET_ALGORITHMS::contains).orElse("HS256");
        int bytes = Integer.parseInt(algorithm.substring(2)) / 8;
        if (secret.getBytes(StandardCharsets.UTF_8).length < bytes) {
            check.add(SECRET, "is too short to sign by " + algorithm + ", which takes " + bytes
                    + " bytes or more (RFC 7518 §3.2). Let the provider issue a longer one, or choose another "
                    + values.key(METHOD));
        }
    }

    private boolean hasSecret() {
        return values.has(SECRET) || values.has(PROVIDER);
    }

    private boolean hasKey() {
        return PRIVATE_KEYS.stream().anyMatch(values::has);
    }

    private boolean uses(ClientSecretMethod method) {
        return values.resolved(METHOD).filter(text -> ConfigValues.matches(text, method)).isPresent();
    }

    /** An expression may become anything yet. */
    private boolean mayUse(ClientSecretMethod method) {
        return uses(method) || values.has(METHOD) && values.resolved(METHOD).isEmpty();
    }
}

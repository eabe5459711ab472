package io.quarkiverse.deviceauthorization.runtime.config;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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
    private static final String KEY_STORE_PASSWORD = "credentials.jwt.key-store-password";
    private static final String KEY_PASSWORD = "credentials.jwt.key-password";
    private static final String PROVIDER_KEY = "credentials.provider.key";
    private static final String KEYRING = "credentials.provider.keyring-name";
    private static final String KEY_ID = "credentials.jwt.key-id";
    private static final String ALGORITHM = "credentials.jwt.signature-algorithm";
    private static final String AUDIENCE = "credentials.jwt.audience";
    private static final String LIFESPAN = "credentials.jwt.lifespan";

    private static final List<String> PRIVATE_KEYS = List.of(KEY, KEY_FILE, KEY_STORE);
    private static final List<String> OF_KEY_STORE = List.of(KEY_STORE_PASSWORD, KEY_PASSWORD);
    private static final List<String> OF_PROVIDER = List.of(PROVIDER_KEY, KEYRING);
    private static final List<String> TEXTS = List.of(SECRET, BEARER_TOKEN, KEY_FILE, KEY_STORE, KEY_ID, AUDIENCE, PROVIDER,
            KEY_STORE_PASSWORD, KEY_PASSWORD, PROVIDER_KEY, KEYRING);

    private static final List<String> KEY_ALGORITHMS = List.of("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256",
            "ES384", "ES512", "EdDSA");
    private static final List<String> SECRET_ALGORITHMS = List.of("HS256", "HS384", "HS512");
    private static final Duration LONGEST_LIFESPAN = Duration.ofMinutes(10);

    /** PEM, a JWK, or what is between the lines of PEM: enough to tell a key from a path or a name. */
    private static final String PRIVATE_KEY = "(?s)\\s*\\{.*|.*-----BEGIN [A-Z ]*PRIVATE KEY-----.*|[A-Za-z0-9+/=\\s]{64,}";

    private final ConfigValues values;
    private final ValueCheck check;

    CredentialsCheck(ConfigValues values, ValueCheck check) {
        this.values = values;
        this.check = check;
    }

    void run() {
        for (String member : TEXTS) {
            check.text(member);
        }
        check.oneOf(METHOD, ClientSecretMethod.class);
        oneWay();
        method();
        privateKey();
        provider();
        assertion();
        algorithm();
    }

    private void oneWay() {
        List<String> keys = present(PRIVATE_KEYS);
        for (String key : keys.subList(Math.min(1, keys.size()), keys.size())) {
            check.add(key, "and " + keys.get(0) + " are two private keys at once. Keep one of them");
        }
        List<String> ways = present(List.of(SECRET, PROVIDER));
        ways.addAll(keys.subList(0, Math.min(1, keys.size())));
        ways.addAll(present(List.of(BEARER_TOKEN)));
        for (String way : ways.subList(Math.min(1, ways.size()), ways.size())) {
            check.add(way, "and " + ways.get(0)
                    + " are two ways to authenticate at once. Keep the one that the provider asks for");
        }
    }

    private List<String> present(List<String> members) {
        List<String> present = new ArrayList<>();
        for (String member : members) {
            if (values.has(member)) {
                present.add(member);
            }
        }
        return present;
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
        Optional<String> key = values.resolved(KEY);
        if (key.isPresent() && !key.get().matches(PRIVATE_KEY)) {
            check.add(KEY, "is no private key. Write PEM that begins with -----BEGIN PRIVATE KEY-----, or a JWK, or set "
                    + values.key(KEY_FILE) + " for a file");
        }
        for (String member : values.has(KEY_STORE) ? List.<String> of() : present(OF_KEY_STORE)) {
            check.add(member, "belongs to a key store, but there is none. Set " + values.key(KEY_STORE) + ", or remove it");
        }
        if (!hasKey() && values.has(KEY_ID)) {
            check.add(KEY_ID, "says which private key it is, but there is none. Set " + values.key(KEY_FILE)
                    + " or another key, or remove it");
        }
    }

    private void provider() {
        check.ofProvider(PROVIDER, OF_PROVIDER);
    }

    private void assertion() {
        check.duration(LIFESPAN, false);
        Optional<Duration> lifespan = check.parsed(LIFESPAN);
        if (lifespan.isPresent() && lifespan.get().compareTo(LONGEST_LIFESPAN) > 0) {
            check.add(LIFESPAN, "'" + values.get(LIFESPAN).orElseThrow()
                    + "' is too long, since each request has an assertion of its own. Write at most 10M");
        }
        if (!hasKey() && !mayUse(ClientSecretMethod.POST_JWT)) {
            for (String member : present(List.of(AUDIENCE, ALGORITHM))) {
                check.add(member, "belongs to an assertion, but none is sent. Set " + values.key(KEY_FILE)
                        + " or another key, or " + values.key(METHOD) + "=post-jwt to sign by a secret, or remove it");
            }
        }
    }

    private void algorithm() {
        if (hasKey()) {
            algorithm("a private key", KEY_ALGORITHMS);
        } else if (uses(ClientSecretMethod.POST_JWT)) {
            algorithm("a client secret", SECRET_ALGORITHMS);
            String secret = values.resolved(SECRET).orElse("");
            if (!secret.isBlank()) {
                secretLength(secret);
            }
        }
    }

    private void algorithm(String signer, List<String> known) {
        Optional<String> text = values.resolved(ALGORITHM);
        if (text.isPresent() && !known.contains(text.get())) {
            check.add(ALGORITHM, "'" + text.get() + "' is no algorithm for " + signer + ". Write one of "
                    + String.join(", ", known));
        }
    }

    /** A shorter one can't be used: no library signs by it. */
    private void secretLength(String secret) {
        String written = values.resolved(ALGORITHM).orElse("");
        String algorithm = SECRET_ALGORITHMS.contains(written) ? written : "HS256";
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
        return values.has(KEY) || values.has(KEY_FILE) || values.has(KEY_STORE);
    }

    private boolean uses(ClientSecretMethod method) {
        return ConfigValues.matches(values.resolved(METHOD).orElse(""), method);
    }

    /** An expression may become anything yet. */
    private boolean mayUse(ClientSecretMethod method) {
        return uses(method) || values.has(METHOD) && values.resolved(METHOD).isEmpty();
    }
}

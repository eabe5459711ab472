package io.quarkiverse.deviceauthorization.runtime.store;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

import io.quarkiverse.deviceauthorization.AuthorizationRequest;
import io.quarkiverse.deviceauthorization.OAuthError;
import io.quarkiverse.deviceauthorization.PendingAuthorization;
import io.quarkiverse.deviceauthorization.Secret;
import io.quarkiverse.deviceauthorization.Tokens;
import io.quarkiverse.deviceauthorization.store.FlowBinding;
import io.quarkiverse.deviceauthorization.store.StoredFlow;
import io.quarkiverse.deviceauthorization.store.StoredTokens;

/** Flows and tokens to store: typical ones, ones that have everything, and random ones. */
public final class Samples {

    private static final Instant TIME = Instant.parse("2026-01-01T00:00:00.123456789Z");

    private Samples() {
    }

    public static StoredTokens tokens(String suffix, long version) {
        return new StoredTokens(new Tokens(Secret.of("access-" + suffix), "Bearer", Optional.of(Secret.of("refresh-" + suffix)),
                Optional.empty(), Optional.of(TIME), Set.of("openid"), Map.of()), version);
    }

    public static StoredFlow flow(String client, String owner, String id, Instant expiresAt) {
        return StoredFlow.started(new PendingAuthorization(client, owner, id, "ABCD-EFGH", URI.create("https://example.com/d"),
                Optional.empty(), expiresAt, Duration.ofSeconds(5), Secret.of("device-" + id), Map.of()),
                AuthorizationRequest.defaults(), FlowBinding.none(), TIME).replacing(0);
    }

    /** Tokens of which each component has a value. */
    static StoredTokens wholeTokens() {
        Map<String, Object> parameters = new LinkedHashMap<>();
        parameters.put("text", "J\u00fcrgen \u2713 \"quoted\" \\ \u0001");
        parameters.put("int", 7);
        parameters.put("long", 7_000_000_000L);
        parameters.put("double", 0.1);
        parameters.put("true", true);
        parameters.put("null", null);
        parameters.put("list", List.of("a", 1, List.of(), Map.of("deep", List.of(false))));
        return new StoredTokens(new Tokens(Secret.of("access-1"), "DPoP", Optional.of(Secret.of("refresh-1")),
                Optional.of(Secret.of("id-1")), Optional.of(TIME), ordered("openid", "profile", "offline_access"), parameters,
                Optional.of(Secret.of("{\"kty\":\"EC\",\"d\":\"private\"}"))), 3_000_000_000L,
                Optional.of(TIME.plusSeconds(1)), Optional.empty());
    }

    /** A flow of which each component has a value that the first version of the format had. */
    static StoredFlow wholeFlow() {
        return new StoredFlow(
                new PendingAuthorization("tv", "alice", "flow-1", "ABCD-EFGH", URI.create("https://example.com/device"),
                        Optional.of(URI.create("https://example.com/device?user_code=ABCD-EFGH")), TIME.plusSeconds(600),
                        Duration.ofSeconds(5), Secret.of("device-1"), Map.of("message", "Open the page")),
                AuthorizationRequest.builder().scopes("openid", "profile").audience("https://api.example.com")
                        .resource(URI.create("https://api.example.com/a")).resource(URI.create("urn:b"))
                        .authorizationDetails("[{\"type\":\"account\"}]").nonce("nonce-1").parameter("prompt", "login")
                        .parameter("left-out", "").header("X-Tenant", "one").build(),
                new FlowBinding(Optional.of(Secret.of("verifier-1")), Optional.of(Secret.of("{\"kty\":\"EC\"}")),
                        Optional.of("nonce-1"), Optional.of("client-1 at https://login.example.com for openid")),
                Duration.ofMillis(10_500), TIME.plusSeconds(10), false, Optional.of(wholeTokens().tokens()),
                StoredFlow.Status.FAILED,
                Optional.of(new OAuthError("invalid_grant", Optional.of("No"), Optional.of("https://example.com/e"), 400)),
                12);
    }

    private static Set<String> ordered(String... values) {
        return Collections.unmodifiableSet(new LinkedHashSet<>(List.of(values)));
    }

    static StoredTokens randomTokens(Random random) {
        return new StoredTokens(randomGranted(random), random.nextLong(1, Long.MAX_VALUE), maybe(random, randomTime(random)),
                Optional.empty());
    }

    private static Tokens randomGranted(Random random) {
        Set<String> scopes = new LinkedHashSet<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            scopes.add(random.nextInt(8) == 0 ? text(random) : word(random));
        }
        return new Tokens(secret(random), text(random), maybe(random, secret(random)), maybe(random, secret(random)),
                maybe(random, randomTime(random)), scopes, object(random, 0), maybe(random, secret(random)));
    }

    static StoredFlow randomFlow(Random random) {
        AuthorizationRequest.Builder request = AuthorizationRequest.builder();
        if (random.nextBoolean()) {
            String[] scopes = new String[random.nextInt(3)];
            for (int i = 0; i < scopes.length; i++) {
                scopes[i] = i + word(random);
            }
            request.scopes(scopes);
        }
        maybe(random, text(random)).ifPresent(request::audience);
        maybe(random, "urn:" + word(random)).map(URI::create).ifPresent(request::resource);
        maybe(random, text(random)).ifPresent(request::authorizationDetails);
        maybe(random, word(random)).ifPresent(request::nonce);
        maybe(random, text(random)).ifPresent(value -> request.parameter(text(random), value));
        maybe(random, word(random)).ifPresent(value -> request.header("X-" + value, value));
        StoredFlow.Status[] states = StoredFlow.Status.values();
        return new StoredFlow(new PendingAuthorization(text(random), text(random), text(random), text(random),
                URI.create("https://" + word(random)), maybe(random, URI.create("https://" + word(random) + "?a=%20")),
                randomTime(random), Duration.ofNanos(random.nextLong(1, Long.MAX_VALUE)), secret(random), object(random, 0)),
                request.build(),
                new FlowBinding(maybe(random, secret(random)), maybe(random, secret(random)), maybe(random, text(random)),
                        maybe(random, text(random)), maybe(random, text(random))),
                Duration.ofNanos(random.nextLong(1, Long.MAX_VALUE)), randomTime(random), random.nextBoolean(),
                maybe(random, randomGranted(random)),
                states[random.nextInt(states.length)], maybe(random, new OAuthError(text(random), maybe(random, text(random)),
                        maybe(random, text(random)), random.nextInt(600))),
                random.nextLong(1, Long.MAX_VALUE));
    }

    private static <T> Optional<T> maybe(Random random, T value) {
        return random.nextBoolean() ? Optional.of(value) : Optional.empty();
    }

    private static Secret secret(Random random) {
        return Secret.of(text(random));
    }

    private static Instant randomTime(Random random) {
        return Instant.ofEpochSecond(random.nextLong(-1L << 36, 1L << 36), random.nextInt(1_000_000_000));
    }

    private static String word(Random random) {
        return random.ints(1 + random.nextInt(20), 'a', 'z' + 1)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString();
    }

    /** Any UTF-16 units: control characters and halves of surrogate pairs as well. */
    static String text(Random random) {
        if (random.nextInt(3) == 0) {
            return word(random);
        }
        int range = random.nextBoolean() ? 0x80 : 0x10000;
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(12); i > 0; i--) {
            text.append((char) random.nextInt(range));
        }
        return text.toString();
    }

    private static Map<String, Object> object(Random random, int depth) {
        Map<String, Object> object = new LinkedHashMap<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            object.put(text(random), value(random, depth + 1));
        }
        return object;
    }

    private static Object value(Random random, int depth) {
        return switch (random.nextInt(depth < 4 ? 10 : 7)) {
            case 0 -> text(random);
            case 1 -> random.nextInt();
            case 2 -> random.nextLong();
            case 3 -> Double.longBitsToDouble(random.nextLong());
            case 4 -> random.nextBoolean();
            case 5 -> null;
            case 6 -> random.nextGaussian();
            case 7 -> object(random, depth);
            default -> {
                List<Object> list = new ArrayList<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    list.add(value(random, depth + 1));
                }
                yield list;
            }
        };
    }
}

package io.quarkiverse.deviceauthorization.store.contract;

import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.quarkiverse.deviceauthorization.AuthorizationRequest;
import io.quarkiverse.deviceauthorization.DeviceAuthorizationName;
import io.quarkiverse.deviceauthorization.OAuthError;
import io.quarkiverse.deviceauthorization.PendingAuthorization;
import io.quarkiverse.deviceauthorization.Secret;
import io.quarkiverse.deviceauthorization.Tokens;
import io.quarkiverse.deviceauthorization.store.FlowBinding;
import io.quarkiverse.deviceauthorization.store.StoredFlow;
import io.quarkiverse.deviceauthorization.store.StoredFlow.Status;
import io.quarkiverse.deviceauthorization.store.StoredTokens;

/** Flows, tokens and names such as servers and applications make them up. */
final class Samples {

    static final Duration LIFE = Duration.ofSeconds(2);

    /** An authorization server names everything it likes, in every script, and clocks count nanoseconds. */
    private static final Instant END = Instant.parse("2031-12-31T23:59:59.123456789Z");
    private static final String TEXT = "\"quoted\" \\ back/slash, two\nlines\tand\u0000zero, 漢字 🙂 e\u0301";

    private Samples() {
    }

    static StoredTokens tokens(String name, long version) {
        return new StoredTokens(new Tokens(Secret.of("access-" + name), "Bearer", Optional.of(Secret.of("refresh-" + name)),
                Optional.empty(), Optional.of(END), Set.of("openid"), Map.of("name", name)), version);
    }

    /** @return tokens that have everything that tokens can have */
    static StoredTokens fullTokens(long version) {
        return new StoredTokens(new Tokens(Secret.of("access " + TEXT), "DPoP", Optional.of(Secret.of("refresh " + TEXT)),
                Optional.of(Secret.of("e30.e30.c2ln")), Optional.of(END), Set.of("openid", "offline_access", "a:b/c"),
                parameters(), Optional.of(Secret.of("{\"kty\":\"EC\",\"d\":\"x\"}"))), version, Optional.of(END.minusNanos(1)),
                Optional.of("registration"));
    }

    /** @return tokens that have nothing but what all tokens have, and that little is odd */
    static StoredTokens bareTokens(long version) {
        return new StoredTokens(new Tokens(Secret.of(" "), "bearer", Optional.empty(), Optional.empty(), Optional.empty(),
                Set.of(), Map.of()), version);
    }

    static StoredTokens longTokens(long version) {
        return new StoredTokens(new Tokens(Secret.of("a".repeat(200_000)), "Bearer", Optional.of(Secret.of("漢".repeat(50_000))),
                Optional.empty(), Optional.empty(), Set.of(), Map.of()), version);
    }

    /** @return what JSON can hold, and a parser makes of it; answers are no deeper than 16 levels */
    private static Map<String, Object> parameters() {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("text", TEXT);
        all.put("", "a member without name");
        all.put("integer", 42);
        all.put("long", 9_007_199_254_740_993L);
        all.put("longest", new BigInteger("-" + "9".repeat(60)));
        all.put("fraction", 0.1);
        all.put("true", true);
        all.put("null", null);
        all.put("list", Arrays.asList(1, "two", null, false, List.of(), Map.of()));
        Object nested = "the bottom";
        for (int level = 0; level < 14; level++) {
            nested = level % 2 == 0 ? List.of(nested) : Map.of("level", nested);
        }
        all.put("nested", nested);
        return Collections.unmodifiableMap(all);
    }

    /** @return a flow that begins, and lives for {@link #LIFE} */
    static StoredFlow flow(String client, String owner, String id, Instant now, long version) {
        return StoredFlow.started(new PendingAuthorization(client, owner, id, "WDJB-MJHT",
                URI.create("https://example.com/device"), Optional.empty(), now.plus(LIFE), Duration.ofSeconds(5),
                Secret.of("device-code-" + client + owner + id), Map.of()), AuthorizationRequest.defaults(),
                FlowBinding.none(), now).replacing(version - 1);
    }

    /** @return a flow that has everything that a flow can have */
    static StoredFlow fullFlow(Instant now, long version) {
        AuthorizationRequest request = AuthorizationRequest.builder().scopes("openid", "b", "a").audience("api")
                .resource(URI.create("https://example.com/b?c=d")).resource(URI.create("urn:example:a"))
                .authorizationDetails("[{\"type\":\"payment\"}]").nonce("nonce").parameter("left_out", "")
                .parameter("text", TEXT).header("X-Header", "value").header("X-Other", "").build();
        return new StoredFlow(
                new PendingAuthorization("tv", "family", "full", "ÄÖ-🙂", URI.create("https://example.com/device?a=b%20c"),
                        Optional.of(URI.create("https://example.com/device?user_code=WDJB%2DMJHT")),
                        now.plus(LIFE).plusNanos(1), Duration.ofMillis(5_001), Secret.of("device " + TEXT), parameters()),
                request,
                new FlowBinding(Optional.of(Secret.of("verifier")), Optional.of(Secret.of("{\"kty\":\"EC\"}")),
                        Optional.of("nonce"), Optional.of("registration"),
                        Optional.of("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")),
                Duration.ofMillis(10_002), now.plusNanos(123_456_789), true, Optional.of(fullTokens(1).tokens()),
                Status.PENDING,
                Optional.empty(), version);
    }

    /** @return a flow that asked for less than the configuration says, and has ended in some way */
    static StoredFlow endedFlow(Status status, Instant now, long version) {
        StoredFlow flow = flow("tv", "family", "ended-" + status, now, version);
        return new StoredFlow(flow.pending(), AuthorizationRequest.builder().scopes().audience("").build(), flow.binding(),
                flow.interval(), flow.nextRequest(), flow.followed(), Optional.empty(), status,
                Optional.of(new OAuthError("access_denied", Optional.of(TEXT), Optional.of("https://example.com/e"), 400)),
                version);
    }

    /** @return names that are different, however much they look like each other or like something else */
    static List<String> names() {
        List<String> names = new ArrayList<>(List.of("a", "A", "a ", " a", " ", "", "a/b", "a_b", "a:b", "a\\b", "a%2Fb",
                "a%2fb", "a\0b", "a\nb", "a*", "a?", "[a]", "{a}", ".", "..", "../a", "/", "/etc/passwd", "C:\\a", "CON",
                "nul.json", "~", "-", "--help", "null", "default", DeviceAuthorizationName.DEFAULT, "tokens", "owners",
                "lock", "a.json", "a.lock", "a.tmp", "\u00e9", "e\u0301", "i", "\u0131", "I", "ß", "ss", "漢字", "🙂", "🙃",
                "\u202eb/a", "alice@example.com", "alice@Example.com", "auth0|5f7c8ec7c33c6c004bbafe82"));
        String longName = "x".repeat(5_000);
        names.add(longName + "1");
        names.add(longName + "2");
        names.add("漢".repeat(300) + "1");
        names.add("漢".repeat(300) + "2");
        return names;
    }

    /** @return client and owner, which would be one and the same if somebody just wrote them one after the other */
    static List<List<String>> confusable() {
        List<List<String>> pairs = new ArrayList<>();
        for (String separator : List.of("", ":", "/", "_", "-", ".", "\0", " ", "|", "%", "#", ",", "\n")) {
            pairs.add(List.of("a" + separator + "b", "c"));
            pairs.add(List.of("a", "b" + separator + "c"));
        }
        pairs.set(0, List.of("ab", "c"));
        pairs.add(List.of("c", "a"));
        pairs.add(List.of("", "abc"));
        pairs.add(List.of("abc", ""));
        return pairs.stream().distinct().toList();
    }
}

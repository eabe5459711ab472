package io.quarkiverse.deviceauthorization.runtime.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.databind.ObjectMapper;

import io.quarkiverse.deviceauthorization.AuthorizationRequest;
import io.quarkiverse.deviceauthorization.Secret;
import io.quarkiverse.deviceauthorization.Tokens;
import io.quarkiverse.deviceauthorization.store.AuthorizationStoreException;
import io.quarkiverse.deviceauthorization.store.FlowBinding;
import io.quarkiverse.deviceauthorization.store.StoredFlow;
import io.quarkiverse.deviceauthorization.store.StoredTokens;

@DisplayName("Flows and tokens as JSON")
class StoredJsonTest {

    private static final StoredJson PLAIN = new StoredJson(Optional.empty());
    private static final StoredJson ENCRYPTED = new StoredJson(
            Optional.of(EncryptionKey.of("a key that is long enough to be one, at last")));

    /** Reads what is encrypted, and what is not. */
    private static final StoredJson MIGRATING = ENCRYPTED.acceptingPlain();

    @Test
    @DisplayName("keep every component, encrypted or not")
    void everything() throws Exception {
        for (StoredJson json : List.of(PLAIN, ENCRYPTED)) {
            assertThat(readTokens(json, json.write("tv", "alice", Samples.wholeTokens())))
                    .isEqualTo(new StoredJson.Owned("tv", "alice", Samples.wholeTokens()));
            assertThat(json.readFlow(json.write(Samples.wholeFlow()), "tv", "it")).isEqualTo(Samples.wholeFlow());
        }
        assertThat(readTokens(PLAIN, PLAIN.write("tv", "alice", Samples.wholeTokens())).stored().tokens().scopes())
                .as("in their order").containsExactly("openid", "profile", "offline_access");
    }

    @Test
    @DisplayName("keep whatever values there may be, halves of characters and odd numbers among them")
    void random() throws Exception {
        for (long seed = 0; seed < 3000; seed++) {
            Random random = new Random(seed);
            StoredJson json = seed % 4 == 0 ? ENCRYPTED : PLAIN;
            String client = Samples.text(random);
            String owner = Samples.text(random);
            StoredTokens tokens = Samples.randomTokens(random);
            StoredFlow flow = Samples.randomFlow(random);
            assertThat(readTokens(json, onDisk(json.write(client, owner, tokens)))).as("seed %s", seed)
                    .isEqualTo(new StoredJson.Owned(client, owner, withoutNaN(tokens)));
            assertThat(json.readFlow(onDisk(json.write(flow)), "tv", "it")).as("seed %s", seed).isEqualTo(withoutNaN(flow));
        }
    }

    private static String onDisk(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    /** JSON has no such number, and so no server sends one: it is the only value that becomes a text. */
    private static StoredTokens withoutNaN(StoredTokens stored) {
        return new StoredTokens(withoutNaN(stored.tokens()), stored.version(), stored.refreshStarted(), Optional.empty());
    }

    private static Tokens withoutNaN(Tokens tokens) {
        return new Tokens(tokens.accessToken(), tokens.tokenType(), tokens.refreshToken(), tokens.idToken(), tokens.expiresAt(),
                tokens.scopes(), withoutNaN(tokens.parameters()), tokens.dpopKey());
    }

    private static StoredFlow withoutNaN(StoredFlow flow) {
        var pending = flow.pending();
        return new StoredFlow(
                new io.quarkiverse.deviceauthorization.PendingAuthorization(pending.client(), pending.owner(), pending.id(),
                        pending.userCode(), pending.verificationUri(), pending.verificationUriComplete(), pending.expiresAt(),
                        pending.interval(), pending.deviceCode(), withoutNaN(pending.parameters())),
                flow.request(), flow.binding(), flow.interval(), flow.nextRequest(), flow.followed(),
                flow.granted().map(StoredJsonTest::withoutNaN), flow.status(), flow.error(), flow.version());
    }

    @SuppressWarnings("unchecked")
    private static <T> T withoutNaN(T value) {
        if (value instanceof Map<?, ?> map) {
            Map<Object, Object> copy = new LinkedHashMap<>();
            map.forEach((name, member) -> copy.put(name, withoutNaN((Object) member)));
            return (T) copy;
        } else if (value instanceof List<?> list) {
            return (T) Arrays.asList(list.stream().map(element -> withoutNaN((Object) element)).toArray());
        }
        return value instanceof Double number && number.isNaN() ? (T) "NaN" : value;
    }

    @Test
    @DisplayName("keep the Java types that answers of a server are read as, and lose no digit of a number that an adapter made")
    void types() throws Exception {
        String sent = "{\"int\":1,\"long\":5000000000,\"big\":123456789012345678901234567890,\"double\":1.50,\"tiny\":-0.0,"
                + "\"huge\":1e400,\"true\":true,\"null\":null,\"text\":\"1\",\"list\":[1,2.5,null,{\"a\":[]}]}";
        Map<String, Object> read = new ObjectMapper().readerForMapOf(Object.class).readValue(sent);
        assertThat(parameters(read)).isEqualTo(read)
                .satisfies(stored -> assertThat(stored.get("huge")).isEqualTo(Double.POSITIVE_INFINITY))
                .satisfies(stored -> assertThat(stored.get("big")).isInstanceOf(BigInteger.class));
        BigDecimal long50 = new BigDecimal("0.12345678901234567890123456789012345678901234567890");
        assertThat(parameters(Map.of("a", long50, "b", new BigDecimal("1.10"))))
                .isEqualTo(Map.of("a", long50, "b", 1.1));
        assertThat(parameters(Map.of("set", Set.of(1), "short", (short) 2, "other", StoredFlow.Status.DENIED)))
                .isEqualTo(Map.of("set", List.of(1), "short", 2, "other", "DENIED"));
    }

    private static Map<String, Object> parameters(Map<String, Object> parameters) throws BrokenContentException {
        StoredTokens tokens = new StoredTokens(new Tokens(Secret.of("a"), "Bearer", Optional.empty(), Optional.empty(),
                Optional.empty(), Set.of(), parameters), 1);
        return readTokens(PLAIN, PLAIN.write("tv", "alice", tokens)).stored().tokens().parameters();
    }

    @Test
    @DisplayName("tell a request for no scopes from one for the configured scopes, and one scope from two")
    void scopes() throws Exception {
        for (AuthorizationRequest request : List.of(AuthorizationRequest.defaults(),
                AuthorizationRequest.builder().scopes().build())) {
            StoredFlow flow = Samples.wholeFlow();
            flow = new StoredFlow(flow.pending(), request, FlowBinding.none(), flow.interval(), flow.nextRequest(),
                    false, Optional.empty(), flow.status(), Optional.empty(), 1);
            assertThat(PLAIN.readFlow(PLAIN.write(flow), "tv", "it")).isEqualTo(flow);
        }
        for (Set<String> scopes : List.of(Set.<String> of(), Set.of(""), Set.of("a b"), Set.of("a", "b"), Set.of(" "))) {
            StoredTokens tokens = new StoredTokens(new Tokens(Secret.of("a"), "Bearer", Optional.empty(), Optional.empty(),
                    Optional.empty(), scopes, Map.of()), 1);
            assertThat(readTokens(PLAIN, PLAIN.write("tv", "alice", tokens)).stored()).isEqualTo(tokens);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "tokens-1.json", "flow-1.json", "tokens-1-encrypted.json" })
    @DisplayName("of format 1 can be read by each later version, as they were written once")
    void golden(String name) throws Exception {
        String golden = resource(name);
        StoredJson json = name.contains("encrypted") ? ENCRYPTED : PLAIN;
        if (name.startsWith("flow")) {
            assertThat(json.readFlow(golden, "tv", name)).isEqualTo(Samples.wholeFlow());
            assertThat(json.write(Samples.wholeFlow())).as("what is written now").isEqualTo(golden);
        } else {
            assertThat(readTokens(json, golden)).isEqualTo(new StoredJson.Owned("tv", "alice", Samples.wholeTokens()));
        }
        if (name.equals("tokens-1.json")) {
            assertThat(json.write("tv", "alice", Samples.wholeTokens())).as("what is written now").isEqualTo(golden);
        }
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = StoredJsonTest.class.getResourceAsStream("/stored/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    @DisplayName("ignore members that they don't know, in the same format")
    void unknownMembers() throws Exception {
        String text = PLAIN.write("tv", "alice", Samples.wholeTokens()).replace("\"format\" : 1,",
                "\"format\" : 1, \"later\" : {\"a\" : [1, null]},");
        assertThat(readTokens(PLAIN, text).stored()).isEqualTo(Samples.wholeTokens());
    }

    @Test
    @DisplayName("of a newer format are left alone")
    void newer() {
        assertThatThrownBy(() -> readTokens(PLAIN, "{\"format\":2,\"tokens\":\"s3cret\"}"))
                .isInstanceOf(AuthorizationStoreException.class)
                .hasMessage(
                        "the file was written by a newer version of this application (format 2; this one knows format 1), and"
                                + " is left as it is. Update this application");
    }

    @ParameterizedTest
    @ValueSource(strings = { "", " \n", "s3cret", "[]", "1", "{", "{}", "{\"format\":1}", "{\"format\":0}",
            "{\"format\":\"s3cret\"}", "{\"format\":1}s3cret", "{\"format\":1,\"jwe\":\"s3cret\"}",
            "{\"format\":1,\"jwe\":5}", "{\"format\":1,\"client\":\"tv\",\"owner\":\"alice\",\"version\":\"s3cret\"}" })
    @DisplayName("that are broken are told apart from all else, and not quoted")
    void broken(String text) {
        assertThatThrownBy(() -> readTokens(MIGRATING, text)).isInstanceOf(BrokenContentException.class)
                .hasNoCause().message().isNotBlank().doesNotContain("s3cret");
        assertThatThrownBy(() -> MIGRATING.readFlow(text, "tv", "the file")).isInstanceOf(BrokenContentException.class)
                .hasNoCause().message().doesNotContain("s3cret");
    }

    @Test
    @DisplayName("that are broken say in what way")
    void reasons() {
        Map.of(" \n", "it is empty", "s3cret", "it is no JSON object, or cut off", "{\"format\":0}",
                "its member format is not what it has to be", "{\"format\":1,\"jwe\":\"s3cret\"}",
                "its member jwe is no JWE, or cut off").forEach(
                        (text, reason) -> assertThatThrownBy(() -> readTokens(MIGRATING, text)).hasMessage(reason));
    }

    @Test
    @DisplayName("that are cut off anywhere, or lack a member, are broken and nothing else")
    void cutOff() throws Exception {
        for (StoredJson json : List.of(PLAIN, ENCRYPTED)) {
            String text = json.write(Samples.wholeFlow()).strip();
            for (int length = 0; length < text.length(); length++) {
                String part = text.substring(0, length);
                assertThatThrownBy(() -> json.readFlow(part, "tv", "the file")).as(part)
                        .isInstanceOf(BrokenContentException.class);
            }
        }
        String flow = PLAIN.write(Samples.wholeFlow());
        assertThat(flow).contains("\"status\" : \"failed\"");
        assertThatThrownBy(() -> PLAIN.readFlow(flow.replace("\"status\" : \"failed\"", "\"other\" : 1"), "tv", "the file"))
                .isInstanceOf(BrokenContentException.class).hasMessage("its member status is missing");
        for (String member : List.of("client", "owner", "version", "access_token", "token_type", "scope")) {
            String text = PLAIN.write("tv", "alice", Samples.wholeTokens()).replace("\"" + member + "\"", "\"other\"");
            assertThatThrownBy(() -> readTokens(PLAIN, text)).as(member).isInstanceOf(BrokenContentException.class)
                    .hasMessage("its member " + member + " is missing, or not what it has to be");
        }
    }

    @Test
    @DisplayName("that hold what can't be in a request are broken, and not quoted")
    void impossibleRequest() {
        String text = PLAIN.write(Samples.wholeFlow());
        for (String changed : List.of(text.replace("X-Tenant", "Authorization"), text.replace("\"urn:b\"", "\"s3cret\""),
                text.replace("\"PT10.5S\"", "\"s3cret\""), text.replace("\"failed\"", "\"s3cret\""),
                text.replace("\"https://example.com/device\"", "\"s3cret \""), text.replace("400", "\"s3cret\""))) {
            assertThat(changed).isNotEqualTo(text);
            assertThatThrownBy(() -> PLAIN.readFlow(changed, "tv", "it")).isInstanceOf(BrokenContentException.class)
                    .hasNoCause().message().doesNotContain("s3cret");
        }
    }

    private static StoredJson.Owned readTokens(StoredJson json, String text) throws BrokenContentException {
        return json.readTokens(text, "tv", "the file");
    }
}

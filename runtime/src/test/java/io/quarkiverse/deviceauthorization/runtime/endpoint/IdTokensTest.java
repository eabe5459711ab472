package io.quarkiverse.deviceauthorization.runtime.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.deviceauthorization.AuthorizationServerException;
import io.quarkiverse.deviceauthorization.DeviceAuthorizationException;
import io.quarkiverse.deviceauthorization.InvalidIdTokenException;
import io.quarkiverse.deviceauthorization.Secret;
import io.quarkiverse.deviceauthorization.Tokens;
import io.quarkiverse.deviceauthorization.UserInfo;
import io.quarkiverse.deviceauthorization.runtime.LoggedWarnings;
import io.quarkiverse.deviceauthorization.runtime.protocol.TokenAnswer;
import io.quarkiverse.deviceauthorization.store.FlowBinding;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;

@DisplayName("An ID token (OpenID Connect Core 1.0 §3.1.3.7)")
class IdTokensTest {

    private static final String ISSUER = "https://login.example.com";
    private static final PublicJsonWebKey KEY = key("k1");
    private static final PublicJsonWebKey OTHER = key("k2");

    private final RecordingApi api = new RecordingApi();
    private final JwtClaims claims = new JwtClaims();

    IdTokensTest() {
        claims.setIssuer(ISSUER);
        claims.setSubject("alice");
        claims.setAudience("tv");
        claims.setExpirationTime(in(Duration.ofMinutes(5)));
        claims.setIssuedAt(in(Duration.ZERO));
        claims.setStringClaim("preferred_username", "Alice");
    }

    @Test
    @DisplayName("that is what it has to be passes, and its claims are those of a JsonWebToken")
    void good() throws Exception {
        claims.setNumericDateClaim("auth_time", in(Duration.ofMinutes(-1)));
        claims.setStringListClaim("groups", "family", "guests");
        String token = signed(KEY);
        answerKeys(KEY);
        check(server(), token, Optional.empty());

        JsonWebToken identity = tokens(token).identity().orElseThrow();
        assertThat(identity.getName()).isEqualTo("Alice");
        assertThat(identity.getSubject()).isEqualTo("alice");
        assertThat(identity.getIssuer()).isEqualTo(ISSUER);
        assertThat(identity.getAudience()).containsExactly("tv");
        assertThat(identity.getGroups()).containsExactly("family", "guests");
        assertThat(identity.getExpirationTime()).isEqualTo(in(Duration.ofMinutes(5)).getValue());
        assertThat(identity.getRawToken()).isEqualTo(token);
        assertThat(identity.<Long> getClaim("auth_time")).isEqualTo(in(Duration.ofMinutes(-1)).getValue());
        assertThat(identity.getClaimNames()).contains("iss", "preferred_username", "raw_token");
        assertThat(identity.<Object> claim("email")).isEmpty();
        assertThat(identity).hasToString("IdTokenClaims[issuer=" + ISSUER + ", subject=alice]");
        assertThat(tokens(token).toString()).doesNotContain(token);
    }

    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource(delimiter = '|', nullValues = "none", textBlock = """
            iss | https://evil.example        | is of another issuer than 'https://login.example.com'. If you trust it, set quarkus.device-authorization.id-token.issuer
            iss | none                        | is of another issuer than 'https://login.example.com'. If you trust it, set quarkus.device-authorization.id-token.issuer
            aud | somebody-else               | was issued to another client
            aud | none                        | was issued to another client
            sub | none                        | names no subject
            nonce | another                   | doesn't repeat the nonce of the request. Not every provider does in this grant: leave the nonce out if yours doesn't
            nonce | none                      | doesn't repeat the nonce of the request. Not every provider does in this grant: leave the nonce out if yours doesn't
            exp | none                        | has expired, or doesn't say when it does. Check the clock of this machine, and quarkus.device-authorization.id-token.leeway
            """)
    @DisplayName("with a wrong or missing claim is refused, and the message says what to look at")
    void wrongClaim(String claim, String value, String message) throws Exception {
        claims.setStringClaim("nonce", "n0nce");
        if (value == null) {
            claims.unsetClaim(claim);
        } else {
            claims.setStringClaim(claim, value);
        }
        refused(signed(KEY), Optional.of("n0nce"), message);
    }

    @Test
    @DisplayName("may have expired by no more than the leeway, and be valid from no later than that")
    void leeway() throws Exception {
        answerKeys(KEY);
        HttpAuthorizationServer server = server();
        claims.setExpirationTime(in(Duration.ofSeconds(-9)));
        claims.setNotBefore(in(Duration.ofSeconds(10)));
        check(server, signed(KEY), Optional.empty());
        claims.setNotBefore(in(Duration.ofSeconds(11)));
        refused(signed(KEY), Optional.empty(), "is not valid yet. Check the clock of this machine");
        claims.unsetClaim("nbf");
        claims.setExpirationTime(in(Duration.ofSeconds(-10)));
        refused(signed(KEY), Optional.empty(), "has expired, or doesn't say when it does. Check the clock of this machine, and"
                + " quarkus.device-authorization.id-token.leeway");
    }

    @Test
    @DisplayName("for several audiences has to name this client as the authorized party, if it names one")
    void severalAudiences() throws Exception {
        claims.setAudience("tv", "api");
        claims.setStringClaim("azp", "somebody-else");
        refused(signed(KEY), Optional.empty(), "was issued to another client");
        claims.setStringClaim("azp", "tv");
        answerKeys(KEY);
        check(server(), signed(KEY), Optional.empty());
    }

    @Test
    @DisplayName("that nobody signed, that another key signed, or that was changed, is refused")
    void signature() throws Exception {
        String unsigned = encode("{\"alg\":\"none\"}") + "." + encode(claims.toJson()) + ".";
        refused(unsigned, Optional.empty(), "is no signed JWT");
        refused("opaque", Optional.empty(),
                "is no signed JWT. Register the client for signed ID tokens that are not encrypted");
        answerKeys(KEY);
        refused(signed(OTHER), Optional.empty(), "is not signed by a key of the server");
        answerKeys(KEY);
        String[] parts = signed(KEY).split("\\.");
        claims.setSubject("mallory");
        refused(parts[0] + "." + encode(claims.toJson()) + "." + parts[2], Optional.empty(),
                "is not signed by a key of the server");
    }

    @Test
    @DisplayName("signed with the public key as if it were a secret is refused, and so is one by a secret that the client hasn't")
    void confusedAlgorithm() throws Exception {
        answerKeys(KEY);
        JsonWebSignature forged = new JsonWebSignature();
        forged.setAlgorithmHeaderValue("HS256");
        forged.setKeyIdHeaderValue("k1");
        forged.setPayload(claims.toJson());
        forged.setKey(new HmacKey(KEY.toJson(JsonWebKey.OutputControlLevel.PUBLIC_ONLY).getBytes(StandardCharsets.UTF_8)));
        refused(forged.getCompactSerialization(), Optional.empty(), "is not signed by a key of the server");
    }

    @Test
    @DisplayName("signed by the client's secret passes where the client has one")
    void bySecret() throws Exception {
        JsonWebSignature signature = new JsonWebSignature();
        signature.setAlgorithmHeaderValue("HS256");
        signature.setPayload(claims.toJson());
        signature.setKey(new HmacKey("s3cret".getBytes(StandardCharsets.UTF_8)));
        signature.setDoKeyValidation(false);
        HttpAuthorizationServer server = server("credentials.secret", "s3cret");
        check(server, signature.getCompactSerialization(), Optional.empty());
        HttpAuthorizationServer other = server("credentials.secret", "another");
        assertThatThrownBy(() -> check(other, signature.getCompactSerialization(), Optional.empty()))
                .isInstanceOf(InvalidIdTokenException.class);
    }

    @Test
    @DisplayName("by a key that is new is checked after the keys were read again; and they are not read for each unknown key")
    void rotation() throws Exception {
        HttpAuthorizationServer server = server(Map.of());
        answerKeys(KEY);
        check(server, signed(KEY), Optional.empty());
        check(server, signed(KEY), Optional.empty());
        assertThat(api.sent()).as("the keys are kept").hasSize(1);

        now = now.plusSeconds(60);
        answerKeys(OTHER);
        check(server, signed(OTHER), Optional.empty());
        assertThat(api.sent()).hasSize(2);
        for (int i = 0; i < 20; i++) {
            now = now.plusMillis(1);
            assertThatThrownBy(() -> check(server, signed(KEY), Optional.empty()))
                    .as("keys may change twice within moments").isInstanceOf(AuthorizationServerException.class)
                    .hasMessage(
                            "The ID token for the default client is signed by a key that is not known, and the server's keys"
                                    + " were read just before. They will be read again");
        }
        assertThat(api.sent()).as("who sends unknown keys can't make us ask for ever").hasSize(2);
    }

    @Test
    @DisplayName("by a key that is new is checked also when the old keys were read for the first time just before")
    void earlyRotation() throws Exception {
        HttpAuthorizationServer server = server(Map.of());
        answerKeys(KEY);
        check(server, signed(KEY), Optional.empty());
        now = now.plusSeconds(1);
        answerKeys(OTHER);
        check(server, signed(OTHER), Optional.empty());
        assertThat(api.sent()).hasSize(2);
    }

    @ParameterizedTest(name = "HTTP {0} {1}")
    @CsvSource(delimiter = '|', nullValues = "none", value = { "503 | none", "200 | <html/>", "200 | {}",
            "200 | {\"keys\":\"none\"}" })
    @DisplayName("is not refused only because the keys can't be read: that is told as a failure of the server")
    void noKeys(int status, String body) throws Exception {
        HttpAuthorizationServer server = server();
        api.answeringKeys(status, body);
        String token = signed(KEY);
        assertThatThrownBy(() -> check(server, token, Optional.empty())).isInstanceOf(AuthorizationServerException.class)
                .hasMessageContaining("(HTTP status " + status + ")");
        answerKeys(KEY);
        check(server, token, Optional.empty());
    }

    @Test
    @DisplayName("is checked although some keys are of an unknown kind, or are none")
    void oddKeys() throws Exception {
        api.answeringKeys(200, "{\"keys\":[{\"kty\":\"PQC\",\"kid\":\"k1\"},17,{},{\"kty\":\"RSA\"},"
                + new JsonWebKeySet(KEY).toJson().replaceFirst("^\\{\"keys\":\\[", "").replaceFirst("]}$", "") + "]}");
        check(server(), signed(KEY), Optional.empty());
    }

    @Test
    @DisplayName("is checked by the keys at the place that the metadata name now, when they are no longer where they were")
    void keysMove() throws Exception {
        HttpAuthorizationServer server = Servers.of(Settings.only("client-id", "tv", "auth-server-url", ISSUER), api,
                () -> now);
        String token = signed(KEY);
        answerMetadata("/old");
        api.answering(404, "text/html", "Not here");
        assertThatThrownBy(() -> check(server, token, Optional.empty())).isInstanceOf(AuthorizationServerException.class);

        answerMetadata("/new");
        api.answering(200, "application/json", new JsonWebKeySet(KEY).toJson());
        check(server, token, Optional.empty());
        assertThat(api.sent()).extracting(sent -> sent.endpoint().getPath()).containsExactly(
                "/.well-known/openid-configuration", "/old", "/.well-known/openid-configuration", "/new");
    }

    @ParameterizedTest
    @ValueSource(strings = { "{\"alg\":1}", "{\"alg\":\"RS256\",\"kid\":1}", "{\"alg\":\"RS256\",\"x5t\":{}}",
            "{\"alg\":\"RS256\",\"crit\":1}", "{}", "[]", "" })
    @DisplayName("with a header that is none is refused, and not looked at again and again")
    void oddHeader(String header) {
        answerKeys(KEY);
        String token = encode(header) + "." + encode(claims.toJson()) + ".AAAA";
        assertThatThrownBy(() -> check(server(), token, Optional.empty())).isInstanceOf(InvalidIdTokenException.class);
    }

    @Test
    @DisplayName("of a server whose keys and issuer nobody knows is checked by its other claims, as its connection was (6)")
    void nothingKnown() throws Exception {
        claims.setIssuer("https://whoever.example");
        HttpAuthorizationServer server = Servers.of(Settings.of(), api, () -> now);
        check(server, signed(KEY), Optional.empty());
        claims.setAudience("somebody-else");
        assertThatThrownBy(() -> check(server, signed(KEY), Optional.empty())).isInstanceOf(InvalidIdTokenException.class);
    }

    @Test
    @DisplayName("is not checked where the check is switched off")
    void off() {
        check(server("id-token.check", "false"), "opaque", Optional.of("n0nce"));
        assertThat(api.sent()).isEmpty();
    }

    @Test
    @DisplayName("that is wrong after a refresh costs nobody the refresh token: the old ID token stays")
    void refresh() throws Exception {
        String old = signed(KEY);
        claims.setSubject("bob");
        String aboutAnother = signed(KEY);
        HttpAuthorizationServer server = server();
        answerKeys(KEY);
        try (LoggedWarnings logged = new LoggedWarnings("io.quarkiverse.deviceauthorization.runtime.endpoint")) {
            Tokens refreshed = refreshed(server, tokens(old), "r2", aboutAnother);
            assertThat(refreshed.refreshToken()).contains(Secret.of("r2"));
            assertThat(refreshed.idToken()).contains(Secret.of(old));
            assertThat(logged.messages).singleElement().asString()
                    .startsWith("A new ID token is not used, and the old one stays: ").doesNotContain(aboutAnother);
        }

        claims.setSubject("alice");
        claims.setStringClaim("name", "New");
        String renewed = signed(KEY);
        assertThat(refreshed(server, tokens(old), "r3", renewed).idToken()).contains(Secret.of(renewed));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({ "iss, https://other.example.com", "nonce, another", "sub, bob" })
    @DisplayName("after a refresh is still of the same issuer, about the same person, and for the same request (§12.2)")
    void refreshedForAnother(String claim, String value) throws Exception {
        HttpAuthorizationServer server = Servers.of(Settings.of("jwks-path", "/jwks"), api, () -> now);
        answerKeys(KEY);
        claims.setStringClaim("nonce", "n0nce");
        String old = signed(KEY);
        claims.setStringClaim(claim, value);
        assertThat(refreshed(server, tokens(old), "r2", signed(KEY)).idToken()).contains(Secret.of(old));

        claims.setIssuer(ISSUER);
        claims.setSubject("alice");
        claims.unsetClaim("nonce");
        String without = signed(KEY);
        assertThat(refreshed(server, tokens(old), "r3", without).idToken()).as("it need not be repeated")
                .contains(Secret.of(without));
    }

    @Test
    @DisplayName("whose issuer ends with a slash, or has the tenant of the person in it, is of that issuer")
    void issuers() throws Exception {
        answerKeys(KEY);
        claims.setIssuer(ISSUER + "/");
        check(server(), signed(KEY), Optional.empty());

        claims.setStringClaim("tid", "t-1");
        claims.setIssuer("https://login.example.com/t-1/v2.0");
        answerKeys(KEY);
        check(server("id-token.issuer", "https://login.example.com/{tid}/v2.0"), signed(KEY), Optional.empty());
        for (String tenant : List.of("t-2", "t-1/v2.0/../t-1", "")) {
            claims.setStringClaim("tid", tenant);
            String token = signed(KEY);
            assertThatThrownBy(() -> check(server("id-token.issuer", "https://login.example.com/{tid}/v2.0"), token,
                    Optional.empty())).isInstanceOf(InvalidIdTokenException.class);
        }
        claims.unsetClaim("tid");
        String token = signed(KEY);
        assertThatThrownBy(() -> check(server("id-token.issuer", "https://login.example.com/{tid}/v2.0"), token,
                Optional.empty())).isInstanceOf(InvalidIdTokenException.class)
                .hasMessageContaining("is of another issuer than 'https://login.example.com/{tid}/v2.0'");
    }

    @ParameterizedTest
    @ValueSource(strings = { "opaque", "a.b", "a.!.c", "a.bm8ganNvbg.c", "a.b.c.d" })
    @DisplayName("that is none names nobody")
    void identityOfNothing(String token) {
        assertThat(tokens(token).identity()).isEmpty();
    }

    @Test
    @DisplayName("with claims of other types than the standard has is read as far as it goes")
    void oddClaims() {
        JsonWebToken odd = tokens("e30." + encode("{\"sub\":17,\"aud\":[\"tv\",1,null],\"exp\":\"soon\","
                + "\"groups\":{\"a\":1},\"iat\":1.9}") + ".AA").identity().orElseThrow();

        assertThat(odd.getName()).isNull();
        assertThat(odd.<Object> getClaim("sub")).isEqualTo(17L);
        assertThat(odd.getAudience()).containsExactly("tv");
        assertThat(odd.getGroups()).isEmpty();
        assertThat(odd.<Object> getClaim("exp")).isEqualTo("soon");
        assertThat(odd.<Object> getClaim("iat")).isEqualTo(1L);
        assertThat(odd.<Object> getClaim("upn")).isNull();
        assertThat(tokens("e30." + encode("{\"upn\":\"al\",\"sub\":\"a\"}") + ".AA").identity().orElseThrow().getName())
                .isEqualTo("al");
    }

    @Test
    @DisplayName("after a refresh waits for nobody: the keys are read before it, and not between the answer and the store")
    void refreshWaitsForNobody() throws Exception {
        String old = signed(KEY);
        claims.setStringClaim("name", "New");
        HttpAuthorizationServer server = server();
        answerKeys(KEY);
        refreshed(server, tokens(old), "r2", signed(KEY));
        assertThat(api.sent()).extracting(sent -> sent.endpoint().getPath()).containsExactly("/jwks", "/token");

        String byNewKey = signed(OTHER);
        assertThat(refreshed(server, tokens(old), "r3", byNewKey).idToken()).as("nobody knows that key yet")
                .contains(Secret.of(old));
        now = now.plusSeconds(60);
        answerKeys(OTHER);
        assertThat(refreshed(server, tokens(old), "r4", byNewKey).idToken()).contains(Secret.of(byNewKey));
        assertThat(api.sent()).extracting(sent -> sent.endpoint().getPath()).containsExactly("/jwks", "/token", "/token",
                "/jwks", "/token");
    }

    @Test
    @DisplayName("after a refresh is done without when the keys can't be read: the refresh is not")
    void refreshWithoutKeys() throws Exception {
        String old = signed(KEY);
        claims.setStringClaim("name", "New");
        HttpAuthorizationServer server = server();
        api.answeringKeys(503, null);
        Tokens refreshed = refreshed(server, tokens(old), "r2", signed(KEY));
        assertThat(refreshed.refreshToken()).contains(Secret.of("r2"));
        assertThat(refreshed.idToken()).contains(Secret.of(old));
    }

    @Test
    @DisplayName("of a sign-in finds the keys in memory: they are read while the person decides")
    void keysAreReadInTime() throws Exception {
        HttpAuthorizationServer server = server("scopes", "openid");
        answerKeys(KEY);
        api.answering(400, "application/json", "{\"error\":\"authorization_pending\"}");
        server.deviceTokenRequest(new RequestsOf(server, api).flow()).send().await().indefinitely();
        assertThat(api.sent()).extracting(sent -> sent.endpoint().getPath()).containsExactly("/jwks", "/token");
        check(server, signed(KEY), Optional.empty());
        assertThat(api.sent()).hasSize(2);
    }

    @Test
    @DisplayName("of a refresh doesn't wait for metadata either, since the old refresh token may be spent")
    void refreshWithoutMetadata() throws Exception {
        HttpAuthorizationServer server = Servers.of(Settings.only("client-id", "tv", "auth-server-url", ISSUER), api,
                () -> now);
        Tokens withoutIdToken = new Tokens(Secret.of("access"), "Bearer", Optional.of(Secret.of("refresh")), Optional.empty(),
                Optional.empty(), Set.of(), Map.of());
        answerMetadata("/jwks");
        api.answering(404, "text/html", "Not here");
        server.refresh(withoutIdToken).await().indefinitely();

        api.answering(503, null, null);
        api.answering(503, null, null);
        api.answering(200, "application/json", "{\"access_token\":\"a2\",\"refresh_token\":\"r2\",\"id_token\":\""
                + signed(KEY) + "\"}");
        api.answering(Uni.createFrom().nothing());
        assertThat(server.refresh(withoutIdToken).subscribe().withSubscriber(UniAssertSubscriber.create()).getItem())
                .isInstanceOfSatisfying(TokenAnswer.Granted.class,
                        granted -> assertThat(granted.tokens().refreshToken()).contains(Secret.of("r2")));
    }

    @Test
    @DisplayName("and the userinfo endpoint have to be about the same person (§5.3.2)")
    void userInfo() throws Exception {
        String token = signed(KEY);
        HttpAuthorizationServer server = server("user-info-path", "/userinfo");
        api.answering(200, "application/json", "{\"sub\":\"alice\",\"name\":\"Al\\u001b[31mice\",\"address\":{\"x\":1}}");
        UserInfo info = server.userInfo(tokens(token)).await().indefinitely();
        assertThat(info.subject()).isEqualTo("alice");
        assertThat(info.text("name")).contains("Al[31mice");
        assertThat(info.text("address")).isEmpty();
        assertThat(api.only().authorization()).isEqualTo("Bearer access");

        api.answering(200, "application/json", "{\"sub\":\"bob\"}");
        assertThatThrownBy(() -> server.userInfo(tokens(token)).await().indefinitely())
                .hasMessage("The authorization server of the default client speaks of another person at its userinfo endpoint"
                        + " than in the ID token. Nothing of it is used");
        api.answering(401, null, null);
        assertThatThrownBy(() -> server.userInfo(tokens(token)).await().indefinitely())
                .hasMessage("The authorization server of the default client doesn't accept the access token at its userinfo"
                        + " endpoint (HTTP status 401). Ask for the scope openid, and for no audience but this server")
                .extracting(refused -> ((DeviceAuthorizationException) refused).status()).isEqualTo(OptionalInt.of(401));
        api.answering(403, "application/json", "{\"error\":\"insufficient_scope\"}");
        assertThatThrownBy(() -> server.userInfo(tokens(token)).await().indefinitely())
                .isInstanceOfSatisfying(DeviceAuthorizationException.class, refused -> {
                    assertThat(refused.error()).contains("insufficient_scope");
                    assertThat(refused.status()).hasValue(403);
                });
        assertThatThrownBy(() -> server().userInfo(tokens(token)).await().indefinitely())
                .hasMessage("The authorization server of the default client has no userinfo endpoint that is known. Set"
                        + " quarkus.device-authorization.user-info-path");
    }

    private Instant now = Answers.CLOCK.instant();

    private void refused(String token, Optional<String> nonce, String message) {
        assertThatThrownBy(() -> check(server(), token, nonce)).isInstanceOf(InvalidIdTokenException.class)
                .hasMessage("The ID token for the default client " + message + ". The tokens that came with it are not used");
    }

    private Tokens refreshed(HttpAuthorizationServer server, Tokens old, String refreshToken, String idToken) {
        api.answering(200, "application/json", "{\"access_token\":\"a\",\"refresh_token\":\"" + refreshToken
                + "\",\"id_token\":\"" + idToken + "\"}");
        return ((TokenAnswer.Granted) server.refresh(old).await().indefinitely()).tokens();
    }

    private static void check(HttpAuthorizationServer server, String token, Optional<String> nonce) {
        server.checkIdToken(tokens(token), new FlowBinding(Optional.empty(), Optional.empty(), nonce, Optional.empty())).await()
                .indefinitely();
    }

    private HttpAuthorizationServer server(String... keysAndValues) {
        Map<String, String> more = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            more.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return server(more);
    }

    private HttpAuthorizationServer server(Map<String, String> more) {
        Map<String, String> keys = new LinkedHashMap<>(Map.of("jwks-path", "/jwks", "id-token.issuer", ISSUER));
        keys.putAll(more);
        return Servers.of(Settings.of(keys.entrySet().stream().flatMap(entry -> List.of(entry.getKey(), entry.getValue())
                .stream()).toArray(String[]::new)), api, () -> now);
    }

    private void answerMetadata(String jwks) {
        api.answering(200, "application/json", "{\"issuer\":\"" + ISSUER + "\",\"device_authorization_endpoint\":\"" + ISSUER
                + "/device\",\"token_endpoint\":\"" + ISSUER + "/token\",\"jwks_uri\":\"" + ISSUER + jwks + "\"}");
    }

    private void answerKeys(PublicJsonWebKey... keys) {
        api.answeringKeys(200, new JsonWebKeySet(keys).toJson());
    }

    private static Tokens tokens(String idToken) {
        return new Tokens(Secret.of("access"), "Bearer", Optional.of(Secret.of("refresh")), Optional.of(Secret.of(idToken)),
                Optional.empty(), Set.of("openid"), Map.of());
    }

    private String signed(PublicJsonWebKey key) throws JoseException {
        JsonWebSignature signature = new JsonWebSignature();
        signature.setAlgorithmHeaderValue(key.getAlgorithm());
        signature.setKeyIdHeaderValue(key.getKeyId());
        signature.setPayload(claims.toJson());
        signature.setKey(key.getPrivateKey());
        return signature.getCompactSerialization();
    }

    private static String encode(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static NumericDate in(Duration time) {
        return NumericDate.fromSeconds(Answers.CLOCK.instant().plus(time).getEpochSecond());
    }

    private static PublicJsonWebKey key(String id) {
        try {
            PublicJsonWebKey key = id.equals("k1") ? RsaJwkGenerator.generateJwk(2048)
                    : EcJwkGenerator.generateJwk(EllipticCurves.P256);
            key.setKeyId(id);
            key.setAlgorithm(id.equals("k1") ? "RS256" : "ES256");
            return key;
        } catch (JoseException e) {
            throw new AssertionError(e);
        }
    }
}

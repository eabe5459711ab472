package io.quarkiverse.deviceauthorization.runtime.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import jakarta.ws.rs.core.Response;

import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import io.quarkiverse.deviceauthorization.AuthorizationRequest;
import io.quarkiverse.deviceauthorization.InvalidIdTokenException;
import io.quarkiverse.deviceauthorization.Secret;
import io.quarkiverse.deviceauthorization.Tokens;
import io.quarkiverse.deviceauthorization.UserInfo;
import io.quarkiverse.deviceauthorization.runtime.LoggedWarnings;
import io.quarkiverse.deviceauthorization.runtime.dpop.DpopKey;
import io.quarkiverse.deviceauthorization.runtime.protocol.DeviceCodes;
import io.quarkiverse.deviceauthorization.runtime.protocol.TokenAnswer;
import io.quarkiverse.deviceauthorization.store.FlowBinding;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import io.smallrye.mutiny.subscription.UniEmitter;

@DisplayName("A flow is tied to who started it")
class BindingTest {

    private static final String PENDING = "{\"error\":\"authorization_pending\"}";

    private final RecordingApi api = new RecordingApi();

    @Nested
    @DisplayName("by PKCE (RFC 7636)")
    class Pkce {

        @Test
        @DisplayName("when it is on: a challenge first, and the same verifier with each poll, another one for another flow")
        void challengeAndVerifier() throws Exception {
            RequestsOf requests = requests("pkce", "true");
            requests.start(AuthorizationRequest.defaults());
            requests.poll(400, PENDING);
            requests.poll(400, PENDING);

            Map<String, String> start = RequestsOf.form(api.sent().get(0).body());
            Map<String, String> poll = RequestsOf.form(api.sent().get(1).body());
            assertThat(start).containsEntry("code_challenge_method", "S256").doesNotContainKey("code_verifier");
            assertThat(poll.get("code_verifier")).matches("[A-Za-z0-9_-]{43}");
            assertThat(start.get("code_challenge"))
                    .isEqualTo(Base64.getUrlEncoder().withoutPadding().encodeToString(MessageDigest
                            .getInstance("SHA-256").digest(poll.get("code_verifier").getBytes(StandardCharsets.US_ASCII))));
            assertThat(poll).doesNotContainKey("code_challenge");
            assertThat(api.sent().get(2).body()).isEqualTo(api.sent().get(1).body());

            requests.start(AuthorizationRequest.defaults());
            assertThat(RequestsOf.form(api.sent().get(3).body()).get("code_challenge"))
                    .isNotEqualTo(start.get("code_challenge"));
        }

        @Test
        @DisplayName("and not when it is off")
        void off() {
            requests().all();
            assertThat(api.sent()).noneMatch(sent -> sent.body().contains("code_"));
        }

        @Test
        @DisplayName("with a verifier that the server can't quote, and that nothing shows")
        void hidden() {
            RequestsOf requests = requests("pkce", "true");
            DeviceCodes codes = requests.start(AuthorizationRequest.defaults());
            String verifier = codes.binding().codeVerifier().orElseThrow().value();
            TokenAnswer answer = requests.poll(400,
                    "{\"error\":\"invalid_grant\",\"error_description\":\"Not " + verifier + "\"}");
            assertThat(((TokenAnswer.Error) answer).error().description()).contains("Not [hidden]");
            assertThat(codes + " " + requests.flow()).doesNotContain(verifier);
        }
    }

    @Nested
    @DisplayName("by DPoP (RFC 9449)")
    class Dpop {

        @Test
        @DisplayName("when it is on: a new proof of one key with the first request, each poll and each refresh, none with a"
                + " revocation")
        void proofs() throws Exception {
            RequestsOf requests = requests("dpop", "true");
            requests.start(AuthorizationRequest.defaults());
            requests.poll(400, PENDING);
            Tokens tokens = ((TokenAnswer.Granted) requests.poll(200, RequestsOf.TOKENS.replace("Bearer", "DPoP"))).tokens();
            requests.refresh(tokens);
            requests.revoke(tokens);

            Set<String> keys = new HashSet<>();
            Set<String> identifiers = new HashSet<>();
            for (int i = 0; i < 4; i++) {
                JsonWebSignature proof = proof(api.requests().get(i).headers().get("DPoP"));
                JwtClaims claims = JwtClaims.parse(proof.getPayload());
                assertThat(claims.getStringClaimValue("htm")).isEqualTo("POST");
                assertThat(claims.getStringClaimValue("htu")).isEqualTo(api.sent().get(i).endpoint().toString());
                assertThat(claims.getIssuedAt().getValue()).isEqualTo(Answers.CLOCK.instant().getEpochSecond());
                assertThat(claims.getClaimNames()).doesNotContain("nonce", "ath");
                keys.add(proof.getJwkHeader().calculateBase64urlEncodedThumbprint("SHA-256"));
                identifiers.add(claims.getJwtId());
            }
            assertThat(keys).hasSize(1);
            assertThat(identifiers).hasSize(4);
            assertThat(api.requests().get(4).headers()).doesNotContainKey("DPoP");
            assertThat(tokens.isDpop()).isTrue();
            assertThat(tokens.authorizationHeader()).isEqualTo("DPoP access");
        }

        @Test
        @DisplayName("with a key of its own for each flow, which stays with the tokens and is shown nowhere")
        void keyOfItsOwn() {
            RequestsOf requests = requests("dpop", "true");
            DeviceCodes first = requests.start(AuthorizationRequest.defaults());
            DeviceCodes second = requests.start(AuthorizationRequest.defaults());
            assertThat(first.binding().dpopKey()).isNotEqualTo(second.binding().dpopKey());
            Tokens tokens = ((TokenAnswer.Granted) requests.poll(200, RequestsOf.TOKENS)).tokens();
            assertThat(tokens.dpopKey()).isEqualTo(second.binding().dpopKey());
            assertThat(tokens + " " + second + requests.flow() + second.binding())
                    .doesNotContain(privatePart(second.binding().dpopKey().orElseThrow()));
        }

        @Test
        @DisplayName("also where the server issues bearer tokens: those are used as such, and a refresh proves the key")
        void bearerToken() {
            RequestsOf requests = requests("dpop", "true");
            requests.start(AuthorizationRequest.defaults());
            Tokens tokens;
            try (LoggedWarnings logged = new LoggedWarnings("io.quarkiverse.deviceauthorization.runtime.endpoint")) {
                tokens = ((TokenAnswer.Granted) requests.poll(200, RequestsOf.TOKENS)).tokens();
                assertThat(logged.messages)
                        .containsExactly("The authorization server of the default client issued tokens of type"
                                + " Bearer though quarkus.device-authorization.dpop is on: whoever has them can use them");
            }
            assertThat(tokens.isDpop()).isFalse();
            assertThat(tokens.authorizationHeader()).isEqualTo("Bearer access");
            assertThat(tokens.dpopProof("GET", URI.create("https://api.example.com"), Optional.empty())).isEmpty();
            requests.refresh(tokens);
            assertThat(api.requests().get(2).headers()).containsKey("DPoP");
        }

        @Test
        @DisplayName("and a nonce that the server asks for is answered at once, and kept for the next request (§8)")
        void nonce() throws Exception {
            RequestsOf requests = requests("dpop", "true");
            requests.start(AuthorizationRequest.defaults());
            challenge("n-1");
            requests.poll(400, PENDING);
            requests.poll(400, PENDING);

            assertThat(api.sent()).hasSize(4);
            assertThat(claims(1).getClaimNames()).doesNotContain("nonce");
            assertThat(claims(2).getStringClaimValue("nonce")).isEqualTo("n-1");
            assertThat(claims(2).getJwtId()).isNotEqualTo(claims(1).getJwtId());
            assertThat(claims(3).getStringClaimValue("nonce")).isEqualTo("n-1");
        }

        @Test
        @DisplayName("and a server that asks for nonces without end gets no more than two more requests, and has refused nothing")
        void endlessNonces() {
            RequestsOf requests = requests("dpop", "true");
            requests.start(AuthorizationRequest.defaults());
            challenge("n-1");
            challenge("n-2");
            challenge("n-3");
            assertThat(requests.poll(400, PENDING)).isInstanceOfSatisfying(TokenAnswer.Unavailable.class,
                    unavailable -> assertThat(unavailable.failure()).hasMessage("The authorization server of the default client"
                            + " asks for one DPoP nonce after another. It may be several servers that don't know each other's"
                            + " (HTTP status 400)"));
            assertThat(api.sent()).hasSize(4);
        }

        @Test
        @DisplayName("and flows that are challenged at the same time, by the same nonce, all answer the challenge")
        void challengedAtOnce() {
            HttpAuthorizationServer server = server("dpop", "true");
            RequestsOf one = new RequestsOf(server, api);
            RequestsOf other = new RequestsOf(server, api);
            one.start(AuthorizationRequest.defaults());
            other.start(AuthorizationRequest.defaults());
            List<UniEmitter<? super Response>> challenges = new ArrayList<>();
            api.answering(Uni.createFrom().emitter(challenges::add));
            api.answering(Uni.createFrom().emitter(challenges::add));
            List<UniAssertSubscriber<TokenAnswer>> polls = Stream.of(one, other)
                    .map(requests -> server.deviceTokenRequest(requests.flow()).send().subscribe()
                            .withSubscriber(UniAssertSubscriber.<TokenAnswer> create()))
                    .toList();
            api.answering(400, "application/json", PENDING);
            api.answering(400, "application/json", PENDING);
            challenges.forEach(challenge -> challenge.complete(challenged("n-1")));

            assertThat(polls).allSatisfy(poll -> assertThat(poll.getItem()).isInstanceOfSatisfying(TokenAnswer.Error.class,
                    error -> assertThat(error.meaning()).isEqualTo(TokenAnswer.Meaning.PENDING)));
        }

        @Test
        @DisplayName("with a proof that the server can't quote")
        void quoted() {
            AuthorizationServerApi quoting = (AuthorizationServerApi) Proxy.newProxyInstance(getClass().getClassLoader(),
                    new Class<?>[] { AuthorizationServerApi.class },
                    (proxy, method, arguments) -> Uni.createFrom().item(RecordingApi.response(400, "application/json",
                            "{\"error\":\"invalid_dpop_proof\",\"error_description\":\"Not "
                                    + ((OutgoingRequest) arguments[1]).headers().get("DPoP") + "\"}",
                            Map.of())));
            HttpAuthorizationServer server = Servers.of(Settings.of("dpop", "true"), quoting, Answers.CLOCK);
            assertThatThrownBy(() -> server.requestCodes(AuthorizationRequest.defaults()).await().indefinitely())
                    .hasMessageContaining("invalid_dpop_proof (Not [hidden])");
        }

        @Test
        @DisplayName("and a challenge without a new nonce is no reason to ask again, nor one with a nonce that no header can have")
        void uselessChallenge() {
            RequestsOf requests = requests("dpop", "true");
            requests.start(AuthorizationRequest.defaults());
            assertThat(requests.poll(400, "{\"error\":\"use_dpop_nonce\"}")).isInstanceOf(TokenAnswer.Unavailable.class);
            challenge("a\"b");
            assertThat(requests.poll(400, PENDING)).isInstanceOf(TokenAnswer.Unavailable.class);
            assertThat(api.sent()).hasSize(3);
        }

        @Test
        @DisplayName("and where the client signs assertions, the answer to a challenge has a new one")
        void newAssertion() {
            RequestsOf requests = requests("dpop", "true", "credentials.secret", "a secret of enough bytes for HS256",
                    "credentials.method", "post-jwt");
            challenge("n-1");
            requests.start(AuthorizationRequest.defaults());
            assertThat(RequestsOf.form(api.sent().get(0).body()).get("client_assertion"))
                    .isNotEqualTo(RequestsOf.form(api.sent().get(1).body()).get("client_assertion"));
        }

        @Test
        @DisplayName("also at resources: with the hash of the access token, and a nonce when it is asked for (§7, §9)")
        void resource() throws Exception {
            Secret key = DpopKey.generate().secret();
            HttpAuthorizationServer server = server("dpop", "true", "user-info-path", "/userinfo?x=1");
            api.answering(Uni.createFrom().item(RecordingApi.response(401, null, null,
                    Map.of("DPoP-Nonce", "r-1", "WWW-Authenticate", "DPoP error=\"use_dpop_nonce\""))));
            api.answering(200, "application/json", "{\"sub\":\"alice\"}");
            UserInfo info = server.userInfo(RequestsOf.tokens("dpop", Optional.of(key))).await().indefinitely();

            assertThat(info.subject()).isEqualTo("alice");
            assertThat(api.sent()).extracting(RecordingApi.Sent::authorization).containsOnly("DPoP access");
            JwtClaims first = JwtClaims.parse(proof(api.proofs().get(0)).getPayload());
            JwtClaims second = JwtClaims.parse(proof(api.proofs().get(1)).getPayload());
            assertThat(first.getStringClaimValue("htm")).isEqualTo("GET");
            assertThat(first.getStringClaimValue("htu")).isEqualTo("https://login.example.com/userinfo");
            assertThat(first.getStringClaimValue("ath")).isEqualTo(Base64.getUrlEncoder().withoutPadding().encodeToString(
                    MessageDigest.getInstance("SHA-256").digest("access".getBytes(StandardCharsets.US_ASCII))));
            assertThat(second.getStringClaimValue("nonce")).isEqualTo("r-1");
        }

        private void challenge(String nonce) {
            api.answering(Uni.createFrom().item(challenged(nonce)));
        }

        private static Response challenged(String nonce) {
            return RecordingApi.response(400, "application/json", "{\"error\":\"use_dpop_nonce\"}",
                    Map.of("DPoP-Nonce", nonce));
        }

        private JwtClaims claims(int request) throws Exception {
            return JwtClaims.parse(proof(api.requests().get(request).headers().get("DPoP")).getPayload());
        }

        private static JsonWebSignature proof(String header) throws Exception {
            JsonWebSignature proof = new JsonWebSignature();
            proof.setCompactSerialization(header);
            assertThat(proof.getHeader("typ")).isEqualTo("dpop+jwt");
            assertThat(proof.getAlgorithmHeaderValue()).isEqualTo("ES256");
            assertThat(proof.getHeaders().getFullHeaderAsJsonString()).doesNotContain("\"d\":");
            proof.setKey(proof.getJwkHeader().getKey());
            assertThat(proof.verifySignature()).isTrue();
            return proof;
        }

        private static String privatePart(Secret key) {
            try {
                return (String) JsonWebKey.Factory.newJwk(key.value()).toParams(JsonWebKey.OutputControlLevel.INCLUDE_PRIVATE)
                        .get("d");
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        }
    }

    @Nested
    @DisplayName("and says what it is for")
    class Purpose {

        @Test
        @DisplayName("by authorization details, on both requests, the request's instead of the configured ones (RFC 9396)")
        void authorizationDetails() {
            RequestsOf requests = requests("authorization-details", "[{\"type\":\"a\"}]");
            requests.start(AuthorizationRequest.defaults());
            requests.poll(400, PENDING);
            requests.start(AuthorizationRequest.builder().authorizationDetails("[{\"type\":\"b\"}]").build());
            assertThat(api.sent()).extracting(sent -> RequestsOf.form(sent.body()).get("authorization_details"))
                    .isEqualTo(List.of("[{\"type\":\"a\"}]", "[{\"type\":\"a\"}]", "[{\"type\":\"b\"}]"));
        }

        @Test
        @DisplayName("by headers of the request, on the first request only")
        void headers() {
            RequestsOf requests = requests();
            requests.start(AuthorizationRequest.builder().header("X-Tenant", "t1").build());
            requests.poll(400, PENDING);
            assertThat(api.requests().get(0).headers()).containsEntry("X-Tenant", "t1");
            assertThat(api.requests().get(1).headers()).doesNotContainKey("X-Tenant");
            assertThatThrownBy(() -> AuthorizationRequest.builder().header("authorization", "x"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("The header authorization is set by the extension itself");
            assertThatThrownBy(() -> AuthorizationRequest.builder().header("X-A", "b\r\nX-C: d"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("The header X-A can't have control characters in it");
        }

        @Test
        @DisplayName("by a nonce, which an ID token has to repeat")
        void nonce() {
            RequestsOf requests = requests();
            requests.start(AuthorizationRequest.builder().nonce("n0nce").build());
            assertThat(RequestsOf.form(api.only().body())).containsEntry("nonce", "n0nce");
            assertThat(requests.flow().binding().nonce()).contains("n0nce");

            HttpAuthorizationServer server = server();
            FlowBinding binding = requests.flow().binding();
            assertThatThrownBy(() -> server.checkIdToken(RequestsOf.tokens("Bearer", Optional.empty()), binding).await()
                    .indefinitely()).isInstanceOf(InvalidIdTokenException.class)
                    .hasMessage("The request for the default client has a nonce, and there is no ID token that repeats it. Ask"
                            + " for the scope openid, or leave the nonce out");
        }
    }

    private RequestsOf requests(String... keysAndValues) {
        return new RequestsOf(server(keysAndValues), api);
    }

    private HttpAuthorizationServer server(String... keysAndValues) {
        return Servers.of(Settings.of(keysAndValues), api, Answers.CLOCK);
    }
}

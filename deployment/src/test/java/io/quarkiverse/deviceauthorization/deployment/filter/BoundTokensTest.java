package io.quarkiverse.deviceauthorization.deployment.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.List;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;

import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jose4j.jwt.JwtClaims;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.deviceauthorization.DeviceAuthorization;
import io.quarkiverse.deviceauthorization.Tokens;
import io.quarkiverse.deviceauthorization.deployment.Http;
import io.quarkiverse.deviceauthorization.devserver.DeviceAuthorizationServer;
import io.quarkiverse.deviceauthorization.filter.DeviceAuthorizationFilter;
import io.quarkus.test.QuarkusUnitTest;

@DisplayName("Tokens that are bound to a key (RFC 9449) are sent with a proof")
class BoundTokensTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = FilterApplication
            .of(DeviceAuthorizationServer.builder().requireDpop(true).dpopNonces(true))
            .overrideConfigKey("quarkus.device-authorization.dpop", "true")
            .overrideConfigKey("quarkus.rest-client.hello.url", "${filter-test.server}");

    @RegisterRestClient(configKey = "hello")
    @DeviceAuthorizationFilter
    public interface Hello {

        @GET
        @Path("/api/hello")
        String hello(@QueryParam("q") String query);
    }

    @Path("things")
    @DeviceAuthorizationFilter
    public interface Things {

        @GET
        String get(@QueryParam("q") String query);

        @POST
        String post(String body);

        @POST
        String post(InputStream body);
    }

    @Inject
    DeviceAuthorization client;

    @RestClient
    Hello hello;

    @Inject
    Api api;

    private Things things;
    private Tokens tokens;

    @BeforeEach
    void signIn() {
        api.reset();
        things = api.client(Things.class);
        tokens = Api.signIn(client);
        assertThat(tokens.isDpop()).isTrue();
    }

    @Test
    @DisplayName("that the resource takes, also when it wants other nonces; no nonce costs a refresh")
    void accepted() {
        assertThat(hello.hello("a b")).contains("Hello");
        Http.decide(FilterApplication.server(), "rotate_dpop_nonce", "");
        assertThat(hello.hello("ü")).contains("Hello");
        assertThat(api.refreshes()).isZero();
    }

    @Test
    @DisplayName("of the method, the address and the token, with the last nonce of that origin, a new one each time")
    void eachIsNew() {
        api.answer((call, response) -> response.putHeader("DPoP-Nonce", "nonce-" + api.calls().size()).end("hello"));
        things.get("a b");
        things.post("body");
        assertThat(api.authorizations()).containsOnly("DPoP " + tokens.accessToken().value());
        List<JwtClaims> proofs = proofs();
        assertThat(proofs).extracting(proof -> proof.getClaimValue("htm")).containsExactly("GET", "POST");
        assertThat(proofs).extracting(proof -> proof.getClaimValue("htu")).containsOnly(api.uri() + "/things");
        assertThat(proofs).extracting(proof -> proof.getClaimValue("nonce")).last().isEqualTo("nonce-1");
        assertThat(proofs).extracting(proof -> proof.getClaimValue("ath")).doesNotContainNull();
        assertThat(proofs).extracting(proof -> proof.getClaimValue("jti")).doesNotHaveDuplicates();
    }

    @Test
    @DisplayName("again with the nonce that is asked for, once, before anything is refreshed")
    void challenged() {
        challenge("first");
        assertThat(things.post("body")).isEqualTo("hello");
        assertThat(api.calls()).extracting(Api.Call::body).containsExactly("body", "body");
        assertThat(proofs()).extracting(proof -> proof.getClaimValue("nonce")).last().isEqualTo("first");
        assertThat(api.refreshes()).isZero();
        api.refuse(tokens);
        assertThat(things.post("body")).isEqualTo("hello");
        assertThat(api.refreshes()).isOne();
    }

    @Test
    @DisplayName("and a body that can't be repeated gets the nonce the next time")
    void stream() {
        challenge("second");
        assertThatThrownBy(() -> things.post(new ByteArrayInputStream(new byte[] { 1 }))).hasMessageContaining("401");
        assertThat(things.post(new ByteArrayInputStream(new byte[] { 1 }))).isEqualTo("hello");
        assertThat(api.refreshes()).isZero();
    }

    @Test
    @DisplayName("A resource that is content with no nonce gets a call twice, and nothing is refreshed")
    void neverContent() {
        api.answer((call, response) -> response.setStatusCode(401).putHeader("DPoP-Nonce", "nonce-" + api.calls().size())
                .putHeader("WWW-Authenticate", "DPoP error=\"use_dpop_nonce\"").end());
        assertThatThrownBy(() -> things.get("")).hasMessageContaining("401");
        assertThat(api.calls()).hasSize(2);
        assertThat(api.refreshes()).isZero();
    }

    @Test
    @DisplayName("Refreshed tokens may be asked for another nonce")
    void nonceAfterRefresh() {
        api.answer((call, response) -> {
            String wanted = call.authorization().equals(tokens.authorizationHeader()) ? "old" : "new";
            boolean content = wanted.equals(call.proof().getClaimValue("nonce"));
            if (wanted.equals("new") && content) {
                response.end("hello");
                return;
            }
            response.setStatusCode(401).putHeader("DPoP-Nonce", wanted)
                    .putHeader("WWW-Authenticate", "DPoP error=\"" + (content ? "invalid_token" : "use_dpop_nonce") + "\"")
                    .end();
        });
        assertThat(things.get("")).isEqualTo("hello");
        assertThat(proofs()).extracting(proof -> proof.getClaimValue("nonce")).endsWith("old", "old", "new");
        assertThat(api.refreshes()).isOne();
    }

    private void challenge(String nonce) {
        api.answer((call, response) -> {
            if (nonce.equals(call.proof().getClaimValue("nonce"))) {
                response.end("hello");
            } else {
                response.setStatusCode(401).putHeader("DPoP-Nonce", nonce)
                        .putHeader("WWW-Authenticate", "DPoP error=\"use_dpop_nonce\"").end();
            }
        });
    }

    private List<JwtClaims> proofs() {
        return api.calls().stream().map(Api.Call::proof).toList();
    }
}

package io.quarkiverse.deviceauthorization.deployment.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.deviceauthorization.DeviceAuthorization;
import io.quarkiverse.deviceauthorization.DeviceAuthorizationName;
import io.quarkiverse.deviceauthorization.Tokens;
import io.quarkiverse.deviceauthorization.devserver.DeviceAuthorizationServer;
import io.quarkiverse.deviceauthorization.filter.DeviceAuthorizationFilter;
import io.quarkus.rest.client.reactive.ClientRedirectHandler;
import io.quarkus.test.QuarkusUnitTest;

@DisplayName("Where redirects are followed, tokens stay with the origin that they were sent to")
class RedirectTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = application();

    private static QuarkusUnitTest application() {
        QuarkusUnitTest application = FilterApplication.of(DeviceAuthorizationServer.builder(), OtherApi.class);
        FilterApplication.client(application, "bound.");
        return application.overrideConfigKey("quarkus.device-authorization.bound.dpop", "true");
    }

    @Path("from")
    public interface Things {

        @GET
        @DeviceAuthorizationFilter
        String get();

        @GET
        @DeviceAuthorizationFilter("bound")
        String bound();

        @GET
        @DeviceAuthorizationFilter
        String as(@HeaderParam("Authorization") String authorization);
    }

    /** Decides by itself where to go. */
    @Path("from")
    @DeviceAuthorizationFilter
    public interface Deciding {

        @GET
        String get();

        @ClientRedirectHandler
        static URI follow(Response response) {
            return response.getStatus() == 302 ? URI.create(response.getHeaderString("Location")) : null;
        }
    }

    @Inject
    DeviceAuthorization client;

    @Inject
    @DeviceAuthorizationName("bound")
    DeviceAuthorization bound;

    @Inject
    Api api;

    @Inject
    OtherApi other;

    private Tokens tokens;
    private Things things;

    @BeforeEach
    void signIn() {
        api.reset();
        other.reset();
        tokens = Api.signIn(client);
        things = api.builder().followRedirects(true).build(Things.class);
    }

    private void redirect(String location) {
        api.answer((call, response) -> {
            if (call.path().equals("/from")) {
                response.setStatusCode(302).putHeader("Location", location);
            }
            response.end("hello");
        });
    }

    @Test
    void theSameOrigin() {
        redirect("/to?q=1");
        assertThat(things.get()).isEqualTo("hello");
        assertThat(api.calls()).extracting(Api.Call::path).containsExactly("/from", "/to");
        assertThat(api.authorizations()).containsExactly(tokens.authorizationHeader(), tokens.authorizationHeader());
    }

    @Test
    @DisplayName("another origin gets none, and its refusal costs no refresh")
    void anotherOrigin() {
        redirect(other.uri() + "/to");
        assertThatThrownBy(things::get).hasMessageContaining("401");
        assertThat(other.authorizations()).hasSize(1).containsOnlyNulls();
        assertThat(api.refreshes()).isZero();
        Deciding deciding = api.builder().followRedirects(true).build(Deciding.class);
        assertThatThrownBy(deciding::get).hasMessageContaining("401");
        assertThat(other.authorizations()).hasSize(2).containsOnlyNulls();
    }

    @Test
    @DisplayName("and what the application sends is its own business")
    void ownHeader() {
        redirect(other.uri() + "/to");
        assertThat(things.as("Basic b3du")).isEqualTo("other");
        assertThat(other.authorizations()).containsExactly("Basic b3du");
    }

    @Test
    @DisplayName("those with a key have a proof for the new address, or none at all")
    void bound() {
        Api.signIn(bound);
        redirect("/to?q=1");
        assertThat(things.bound()).isEqualTo("hello");
        assertThat(api.calls()).extracting(call -> call.proof().getClaimValue("htu"))
                .containsExactly(api.uri() + "/from", api.uri() + "/to");
        redirect(other.uri() + "/to");
        assertThatThrownBy(things::bound).hasMessageContaining("401");
        assertThat(other.calls()).hasSize(1).allSatisfy(call -> assertThat(call.headers().contains("DPoP")).isFalse());
    }

    @Test
    @DisplayName("and new ones are sent from the beginning")
    void refused() {
        api.refuse(tokens);
        redirect("/to");
        assertThat(things.get()).isEqualTo("hello");
        assertThat(api.calls()).extracting(Api.Call::path).containsExactly("/from", "/from", "/to");
        assertThat(api.refreshes()).isOne();
    }
}

package io.quarkiverse.deviceauthorization.deployment.filter;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.deviceauthorization.DeviceAuthorization;
import io.quarkiverse.deviceauthorization.filter.DeviceAuthorizationFilter;
import io.quarkus.test.QuarkusUnitTest;

@DisplayName("Behind an HTTP proxy, tokens that are bound to a key")
class ProxyTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = FilterApplication.of()
            .overrideConfigKey("quarkus.device-authorization.dpop", "true");

    @Path("from")
    @DeviceAuthorizationFilter
    public interface Things {

        @GET
        String get();
    }

    @Inject
    DeviceAuthorization client;

    @Inject
    Api api;

    private Things things;

    @BeforeEach
    void signIn() {
        api.reset();
        Api.signIn(client);
        things = api.builder().baseUri(URI.create("http://api.example:8081")).proxyAddress("localhost", api.uri().getPort())
                .followRedirects(true).build(Things.class);
    }

    @Test
    @DisplayName("go with the nonce of the resource")
    void nonce() {
        api.answer((call, response) -> {
            if ("wanted".equals(call.proof().getClaimValue("nonce"))) {
                response.end("hello");
            } else {
                response.setStatusCode(401).putHeader("DPoP-Nonce", "wanted")
                        .putHeader("WWW-Authenticate", "DPoP error=\"use_dpop_nonce\"").end();
            }
        });
        assertThat(things.get()).isEqualTo("hello");
        assertThat(things.get()).isEqualTo("hello");
        assertThat(api.calls()).as("challenged once").hasSize(3);
    }

    @Test
    @DisplayName("follow a redirect to the same origin, and to no other")
    void redirect() {
        api.answer((call, response) -> {
            if (call.path().equals("/from")) {
                response.setStatusCode(302).putHeader("Location", "http://api.example:8081/to");
            }
            response.end("hello");
        });
        assertThat(things.get()).isEqualTo("hello");
        assertThat(api.calls()).extracting(call -> call.proof().getClaimValue("htu"))
                .containsExactly("http://api.example:8081/from", "http://api.example:8081/to");
    }
}

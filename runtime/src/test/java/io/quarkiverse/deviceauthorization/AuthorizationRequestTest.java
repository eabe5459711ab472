package io.quarkiverse.deviceauthorization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.deviceauthorization.AuthorizationRequest.Builder;

@DisplayName("An authorization request")
class AuthorizationRequestTest {

    /** Each sets one thing to something of its own. */
    static Stream<UnaryOperator<Builder>> differences() {
        return Stream.of(builder -> builder.scopes("email"), builder -> builder.scopes(), builder -> builder.audience("other"),
                builder -> builder.resource(URI.create("urn:other")), builder -> builder.authorizationDetails("[]"),
                builder -> builder.nonce("other"), builder -> builder.parameter("prompt", "none"),
                builder -> builder.header("X-Tenant", "other"));
    }

    private static Builder complete() {
        return AuthorizationRequest.builder().scopes("openid", "profile").audience("api").resource(URI.create("urn:api"))
                .authorizationDetails("[{\"type\":\"a\"}]").nonce("n0nce").parameter("prompt", "login")
                .header("X-Tenant", "t1");
    }

    @Test
    @DisplayName("says what differs from the configuration, and nothing else")
    void defaults() {
        AuthorizationRequest defaults = AuthorizationRequest.builder().build();

        assertThat(defaults).isEqualTo(AuthorizationRequest.defaults());
        assertThat(defaults.scopes()).isEmpty();
        assertThat(defaults.audience()).isEmpty();
        assertThat(defaults.resources()).isEmpty();
        assertThat(defaults.authorizationDetails()).isEmpty();
        assertThat(defaults.nonce()).isEmpty();
        assertThat(defaults.parameters()).isEmpty();
        assertThat(defaults.headers()).isEmpty();
    }

    @ParameterizedTest
    @DisplayName("equals one that asks for the same, and no other: a sign-in that has been begun is gone on with by that")
    @MethodSource("differences")
    void equality(UnaryOperator<Builder> difference) {
        AuthorizationRequest request = complete().build();

        assertThat(request).isEqualTo(complete().build()).hasSameHashCodeAs(complete().build())
                .isNotEqualTo(difference.apply(complete()).build()).isNotEqualTo("request");
        assertThat(difference.apply(AuthorizationRequest.builder()).build()).isNotEqualTo(AuthorizationRequest.defaults());
    }

    @Test
    @DisplayName("is not changed by who goes on with its builder")
    void immutable() {
        Builder builder = complete();
        AuthorizationRequest request = builder.build();
        builder.scopes("email").resource(URI.create("urn:other")).parameter("prompt", "none").header("X-Tenant", "t2");

        assertThat(request.scopes().orElseThrow()).containsExactly("openid", "profile");
        assertThat(request.resources()).contains(List.of(URI.create("urn:api")));
        assertThat(request.parameters()).isEqualTo(Map.of("prompt", "login"));
        assertThat(request.headers()).isEqualTo(Map.of("X-Tenant", "t1"));
    }

    @ParameterizedTest
    @DisplayName("takes each scope on its own")
    @ValueSource(strings = { "", " ", "openid profile", "openid\t" })
    void scopes(String scope) {
        assertThatIllegalArgumentException().isThrownBy(() -> AuthorizationRequest.builder().scopes("email", scope))
                .withMessage("'" + scope + "' is not one scope: pass each scope on its own");
    }

    @ParameterizedTest
    @DisplayName("takes absolute resources without a fragment only (RFC 8707 §2)")
    @ValueSource(strings = { "/api", "api.example.com", "https://api.example.com/#part" })
    void resources(String resource) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AuthorizationRequest.builder().resource(URI.create(resource)))
                .withMessage("'" + resource
                        + "' is no resource indicator: it must be absolute and without fragment (RFC 8707 §2)");
    }

    @ParameterizedTest
    @DisplayName("takes no parameter that has a method or a key of its own, which would be sent in its place")
    @ValueSource(strings = { "nonce", "client_id", "Scope", "code_challenge" })
    void parameters(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> AuthorizationRequest.builder().parameter(name, "mine"))
                .withMessage("The parameter " + name + " is set by the extension itself: use scopes(), audience(), resource(),"
                        + " authorizationDetails() or nonce(), and the keys client-id, credentials and pkce of the"
                        + " configuration");
    }

    @ParameterizedTest
    @DisplayName("takes no nonce that anybody could guess")
    @ValueSource(strings = { "", " " })
    void nonce(String nonce) {
        assertThatIllegalArgumentException().isThrownBy(() -> AuthorizationRequest.builder().nonce(nonce))
                .withMessage("A nonce is a value that nobody can guess, and not blank");
    }
}

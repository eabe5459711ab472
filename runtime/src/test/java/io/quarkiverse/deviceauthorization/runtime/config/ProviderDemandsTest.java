package io.quarkiverse.deviceauthorization.runtime.config;

import static io.quarkiverse.deviceauthorization.runtime.config.Written.problem;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.deviceauthorization.runtime.provider.Provider;

@DisplayName("What each provider can't do without")
class ProviderDemandsTest {

    private final Written written = Written.forDefault().with("client-id", "app");

    @Test
    void auth0NeedsAnAudienceWhenTheApplicationIsBuilt() {
        assertThat(written.with("provider", "auth0").with("auth-server-url", "https://my-tenant.eu.auth0.com").wrong(true))
                .containsExactly(problem("audience", "is missing, and without it Auth0's access tokens are good for no API."
                        + " Set it to the identifier of an API under Applications > APIs in the Auth0 dashboard"));
        assertThat(written.with("audience", "https://api.example.com").wrong(true)).isEmpty();
        assertThat(written.missing()).isEmpty();
    }

    @Test
    void googleNeedsASecret() {
        assertThat(written.with("provider", "google").wrong(true)).isEmpty();
        assertThat(written.missing()).containsExactly(problem("credentials.secret", "is missing, and Google issues no tokens"
                + " without it. Set it to the client secret of the client at"
                + " https://console.cloud.google.com/apis/credentials"));
        assertThat(written.with("credentials.secret", "s3cret").missing()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = { "https://login.microsoftonline.com", "https://login.microsoftonline.com/",
            "https://login.microsoftonline.com/v2.0" })
    void microsoftNeedsATenant(String url) {
        assertThat(written.with("provider", "microsoft").with("auth-server-url", url).wrong(true))
                .containsExactly(problem("auth-server-url", "names no tenant. Write for example"
                        + " https://login.microsoftonline.com/my-tenant-id/v2.0"));
    }

    @ParameterizedTest
    @ValueSource(strings = { "https://login.microsoftonline.com/common", "https://login.microsoftonline.com/consumers/v2.0/",
            "https://login.microsoftonline.com/example.onmicrosoft.com/v2.0" })
    void aTenantOfMicrosoft(String url) {
        assertThat(written.with("provider", "microsoft").with("auth-server-url", url).wrong(true)).isEmpty();
        assertThat(written.missing()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({ "auth0,https://my-tenant.eu.auth0.com", "okta,https://my-company.okta.com/oauth2/default",
            "microsoft,https://login.microsoftonline.com/my-tenant-id/v2.0" })
    void providersOfWhichEverybodyHasAServerOfTheirOwn(String provider, String example) {
        assertThat(written.with("provider", provider).missing()).containsExactly(problem("auth-server-url", "is missing. Set it"
                + " to the URL of your authorization server (its issuer), for example " + example));
    }

    @ParameterizedTest
    @EnumSource(Provider.class)
    void whatIsDemandedIsEnough(Provider provider) {
        written.with("provider", provider.name());
        provider.preset().example().ifPresent(example -> written.with("auth-server-url", example));
        provider.preset().requirements().forEach(required -> written.with(required.key(), "something"));
        assertThat(written.wrong(true)).isEmpty();
        assertThat(written.missing()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource
    void noRefreshTokenWithoutItsScope(Provider provider) {
        String scope = provider.preset().refreshScope().orElseThrow();
        assertThat(written.with("provider", ConfigValues.spelling(provider)).with("scopes", "openid").advice()).singleElement()
                .asString().contains("lacks " + scope + ", without which this provider issues no refresh token");
        assertThat(written.with("scopes", "openid," + scope).advice()).isEmpty();
    }

    static Stream<Provider> noRefreshTokenWithoutItsScope() {
        return Stream.of(Provider.values()).filter(provider -> provider.preset().refreshScope().isPresent());
    }
}

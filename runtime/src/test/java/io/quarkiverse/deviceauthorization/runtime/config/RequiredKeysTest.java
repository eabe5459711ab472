package io.quarkiverse.deviceauthorization.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import io.quarkiverse.deviceauthorization.runtime.provider.SamplePresets;

@DisplayName("What is missing is named with its key, its environment variable and the cure")
class RequiredKeysTest {

    private static Written identified() {
        return Written.forClient("tv").with("client-id", "app");
    }

    @Test
    void aClientNeedsAnIdAndAServer() {
        assertThat(Written.forDefault().missing()).containsExactly(
                "quarkus.device-authorization.client-id (in the environment QUARKUS_DEVICE_AUTHORIZATION_CLIENT_ID): is missing."
                        + " Set it to the client id that the provider issued",
                "quarkus.device-authorization.auth-server-url (in the environment QUARKUS_DEVICE_AUTHORIZATION_AUTH_SERVER_URL):"
                        + " is missing. Set it to the URL of the authorization server (its issuer), or set"
                        + " quarkus.device-authorization.provider");
        assertThat(identified().with("auth-server-url", "https://login.example.com").missing()).isEmpty();
        assertThat(identified().with("provider", "yoto").missing()).isEmpty();
    }

    @Test
    void anExpressionCounts() {
        assertThat(Written.forDefault().with("client-id", ConfigValues.UNRESOLVED)
                .with("auth-server-url", ConfigValues.UNRESOLVED).missing()).isEmpty();
        assertThat(identified().with("token-path", ConfigValues.UNRESOLVED)
                .with("device-authorization-path", "https://login.example.com/device").missing()).isEmpty();
    }

    @Test
    void wholeEndpointsNeedNoServer() {
        Written written = identified().with("device-authorization-path", "https://login.example.com/device")
                .with("token-path", "https://login.example.com/token");
        assertThat(written.missing()).isEmpty();
        assertThat(RequiredKeys.hasServer(written.values())).isTrue();
    }

    @Test
    void discoveryNeedsAServer() {
        assertThat(identified().with("device-authorization-path", "https://login.example.com/device")
                .with("token-path", "https://login.example.com/token").with("discovery-enabled", "yes").missing())
                .singleElement().asString().startsWith("quarkus.device-authorization.\"tv\".auth-server-url ");
    }

    @Test
    void aRelativePathNeedsAServer() {
        assertThat(identified().with("device-authorization-path", "https://login.example.com/device")
                .with("token-path", "https://login.example.com/token").with("revoke-path", "/revoke").missing())
                .singleElement().asString()
                .startsWith("quarkus.device-authorization.\"tv\".auth-server-url (in the environment"
                        + " QUARKUS_DEVICE_AUTHORIZATION__TV__AUTH_SERVER_URL): is missing, and revoke-path is relative to it")
                .endsWith("or set quarkus.device-authorization.\"tv\".provider");
    }

    @Test
    void withoutDiscoveryBothEndpointsAreNeeded() {
        assertThat(identified().with("auth-server-url", "https://login.example.com").with("discovery-enabled", "off").missing())
                .hasSize(2)
                .allMatch(text -> text.contains("is missing, and discovery is off. Set it to the path of the endpoint"))
                .anyMatch(text -> text.contains("QUARKUS_DEVICE_AUTHORIZATION__TV__DEVICE_AUTHORIZATION_PATH"))
                .anyMatch(text -> text.contains("QUARKUS_DEVICE_AUTHORIZATION__TV__TOKEN_PATH"));
    }

    @Test
    void eachRelativePathNeedsAServer() {
        for (String path : List.of("revoke-path", "user-info-path", "jwks-path")) {
            assertThat(Written.forDefault().with("client-id", "app")
                    .with("device-authorization-path", "https://login.example.com/device")
                    .with("token-path", "https://login.example.com/token").with(path, "/path").missing()).containsExactly(
                            Written.problem("auth-server-url", "is missing, and " + path + " is relative to it. Set it to the"
                                    + " URL of the authorization server (its issuer), or set"
                                    + " quarkus.device-authorization.provider"));
        }
    }

    @Test
    void aProviderOfWhichEverybodyHasAnotherServerNeedsItsUrl() {
        Written written = Written.forDefault().with("client-id", "app").with("credentials.secret", "s3cret");
        String missing = Written.problem("auth-server-url", "is missing. Set it to the URL of your authorization server"
                + " (its issuer), for example https://my-tenant.example.com");
        assertThat(written.missing(SamplePresets.ownServer())).containsExactly(missing);
        assertThat(RequiredKeys.hasServer(written.values(), Optional.of(SamplePresets.ownServer()))).isFalse();

        written.with("device-authorization-path", "https://my-tenant.example.com/device")
                .with("token-path", "https://my-tenant.example.com/token");
        assertThat(written.missing(SamplePresets.ownServer())).as("the preset's revocation endpoint is relative")
                .containsExactly(missing);

        written.with("auth-server-url", ConfigValues.UNRESOLVED);
        assertThat(written.missing(SamplePresets.ownServer())).isEmpty();
        assertThat(RequiredKeys.hasServer(written.values(), Optional.of(SamplePresets.ownServer()))).isTrue();
    }

    @Test
    void aProviderWithMetadataNeedsTheUrlOfItsServer() {
        Written written = Written.forDefault().with("client-id", "app");
        assertThat(written.missing(SamplePresets.ownServerWithMetadata())).containsExactly(
                Written.problem("auth-server-url", "is missing. Set it to the URL of your authorization server (its issuer),"
                        + " for example https://example.com/realms/home"));
        assertThat(written.with("device-authorization-path", "/device").missing(SamplePresets.ownServerWithMetadata()))
                .hasSize(1);
        assertThat(written.with("token-path", "/token").missing(SamplePresets.ownServerWithMetadata())).containsExactly(
                Written.problem("auth-server-url", "is missing, and device-authorization-path is relative to it. Set it to the"
                        + " URL of your authorization server (its issuer), for example https://example.com/realms/home"));
    }

    @Test
    void endpointsThatThePresetKnowsAreNotMissing() {
        assertThat(identified().with("provider", "yoto").with("discovery-enabled", "false").missing()).isEmpty();
        assertThat(identified().with("provider", "yoto").with("discovery-enabled", "true").missing()).isEmpty();
        assertThat(Written.forDefault().with("client-id", "app").with("discovery-enabled", "false")
                .missing(SamplePresets.oneServerWithMetadata())).containsExactly(
                        Written.problem("device-authorization-path", "is missing, and discovery is off. Set it to the path of"
                                + " the endpoint"),
                        Written.problem("token-path", "is missing, and discovery is off. Set it to the path of the endpoint"));
        assertThat(identified().missing(SamplePresets.oneServerWithMetadata())).isEmpty();
        assertThat(Written.forDefault().with("client-id", "app").with("credentials.secret", "s3cret")
                .with("discovery-enabled", "true").missing(SamplePresets.ownServer())).containsExactly(
                        Written.problem("auth-server-url", "is missing. Set it to the URL of your authorization server (its"
                                + " issuer), for example https://my-tenant.example.com"));
    }

    @Test
    void aSecretThatTheProviderDemands() {
        Written written = Written.forDefault().with("client-id", "app").with("provider", "trakt");
        assertThat(written.missing()).containsExactly(Written.problem("credentials.secret", "is missing, and Trakt issues no"
                + " tokens without it. Set it to the client secret of the application"));
        assertThat(RequiredKeys.needsSecret(written.values())).isTrue();
        assertThat(RequiredKeys.needsSecret(written.with("provider", "yoto").values())).isFalse();
        assertThat(RequiredKeys.needsSecret(written.with("provider", "").values())).isFalse();
        written.with("provider", "TRAKT");
        assertThat(written.with("credentials.provider.name", "vault").missing()).isEmpty();
        assertThat(Written.forDefault().with("client-id", "app").with("provider", "trakt")
                .with("credentials.secret", ConfigValues.UNRESOLVED).missing()).isEmpty();
    }

    @Test
    void whatIsDemandedAtBuildIsNotMissingAsWell() {
        assertThat(identified().with("auth-server-url", "https://example.com/home").missing(SamplePresets.ownServer()))
                .singleElement().asString().contains("is missing. Set it to the secret of the client");
    }

    @Test
    void nothingIsKnownOfAProviderThatComesAtRunTime() {
        Written written = identified().with("provider", ConfigValues.UNRESOLVED);
        assertThat(written.missing()).isEmpty();
        assertThat(RequiredKeys.hasServer(written.values())).isTrue();
        assertThat(identified().with("provider", "jotto").missing()).as("is wrong already").isEmpty();
    }
}

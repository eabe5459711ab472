package io.quarkiverse.deviceauthorization.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

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
}

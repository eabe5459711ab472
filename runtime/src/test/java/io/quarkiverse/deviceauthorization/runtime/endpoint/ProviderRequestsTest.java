package io.quarkiverse.deviceauthorization.runtime.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import io.quarkiverse.deviceauthorization.AuthorizationRequest;
import io.quarkiverse.deviceauthorization.provider.ProviderRequest.Format;
import io.quarkiverse.deviceauthorization.runtime.config.ConfigValues;
import io.quarkiverse.deviceauthorization.runtime.provider.Preset.Endpoint;
import io.quarkiverse.deviceauthorization.runtime.provider.Provider;

@DisplayName("What is sent to start, to poll, to refresh and to sign out, with no more than the preset needs:")
class ProviderRequestsTest {

    private static final String POLL = "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Adevice_code&device_code=device-1";

    @Test
    void yoto() {
        assertThat(sent(new ProviderClient("yoto"))).isEqualTo("""
                https://login.yotoplay.com/oauth/device/code
                scope=profile+offline_access+openid&audience=https%3A%2F%2Fapi.yotoplay.com&client_id=tv
                https://login.yotoplay.com/oauth/token
                (poll)&audience=https%3A%2F%2Fapi.yotoplay.com&client_id=tv
                https://login.yotoplay.com/oauth/token
                grant_type=refresh_token&refresh_token=refresh-1&client_id=tv
                https://login.yotoplay.com/oauth/revoke
                token=refresh-1&token_type_hint=refresh_token&client_id=tv
                """);
    }

    @Test
    void auth0() {
        assertThat(sent(new ProviderClient("auth0"))).isEqualTo("""
                https://my-tenant.eu.auth0.com/oauth/device/code
                audience=https%3A%2F%2Fapi.example.com&client_id=tv
                https://my-tenant.eu.auth0.com/oauth/token
                (poll)&audience=https%3A%2F%2Fapi.example.com&client_id=tv
                https://my-tenant.eu.auth0.com/oauth/token
                grant_type=refresh_token&refresh_token=refresh-1&client_id=tv
                https://my-tenant.eu.auth0.com/oauth/revoke
                token=refresh-1&token_type_hint=refresh_token&client_id=tv
                """);
    }

    @Test
    void google() {
        assertThat(sent(new ProviderClient("google"))).isEqualTo("""
                https://oauth2.googleapis.com/device/code
                scope=openid+email+profile&client_id=tv&client_secret=s3cret
                https://oauth2.googleapis.com/token
                (poll)&client_id=tv&client_secret=s3cret
                https://oauth2.googleapis.com/token
                grant_type=refresh_token&refresh_token=refresh-1&client_id=tv&client_secret=s3cret
                https://oauth2.googleapis.com/revoke
                token=refresh-1&token_type_hint=refresh_token&client_id=tv&client_secret=s3cret
                """);
    }

    @Test
    void github() {
        assertThat(sent(new ProviderClient("github", "scopes", "read:user,gist"))).isEqualTo("""
                https://github.com/login/device/code
                scope=read%3Auser+gist&client_id=tv
                https://github.com/login/oauth/access_token
                (poll)&client_id=tv
                https://github.com/login/oauth/access_token
                grant_type=refresh_token&refresh_token=refresh-1&client_id=tv
                """);
    }

    @Test
    void microsoft() {
        assertThat(sent(new ProviderClient("microsoft"))).isEqualTo("""
                https://login.microsoftonline.com/contoso.com/oauth2/v2.0/devicecode
                scope=openid+profile+offline_access&client_id=tv
                https://login.microsoftonline.com/contoso.com/oauth2/v2.0/token
                (poll)&client_id=tv
                https://login.microsoftonline.com/contoso.com/oauth2/v2.0/token
                grant_type=refresh_token&refresh_token=refresh-1&client_id=tv
                """);
    }

    @Test
    void okta() {
        assertThat(sent(new ProviderClient("okta", "scopes", "openid"))).isEqualTo("""
                https://my-company.okta.com/oauth2/default/.well-known/openid-configuration
                https://my-company.okta.com/oauth2/default/device
                scope=openid&client_id=tv
                https://my-company.okta.com/oauth2/default/token
                (poll)&client_id=tv
                https://my-company.okta.com/oauth2/default/token
                grant_type=refresh_token&refresh_token=refresh-1&client_id=tv
                https://my-company.okta.com/oauth2/default/revoke
                token=refresh-1&token_type_hint=refresh_token&client_id=tv
                """);
    }

    @Test
    void keycloak() {
        assertThat(sent(new ProviderClient("keycloak", "scopes", "openid"))).isEqualTo("""
                https://keycloak.example.com/realms/home/.well-known/openid-configuration
                https://keycloak.example.com/realms/home/device
                scope=openid&client_id=tv
                https://keycloak.example.com/realms/home/token
                (poll)&client_id=tv
                https://keycloak.example.com/realms/home/token
                grant_type=refresh_token&refresh_token=refresh-1&client_id=tv
                https://keycloak.example.com/realms/home/revoke
                token=refresh-1&token_type_hint=refresh_token&client_id=tv
                """);
    }

    @Test
    @DisplayName("twitch: scopes on both requests, and the access token to sign out")
    void twitch() {
        assertThat(sent(new ProviderClient("twitch", "scopes", "user:read:follows,user:read:email"))).isEqualTo("""
                https://id.twitch.tv/oauth2/device
                scopes=user%3Aread%3Afollows+user%3Aread%3Aemail&client_id=tv
                https://id.twitch.tv/oauth2/token
                (poll)&scopes=user%3Aread%3Afollows+user%3Aread%3Aemail&client_id=tv
                https://id.twitch.tv/oauth2/token
                grant_type=refresh_token&refresh_token=refresh-1&client_id=tv
                https://id.twitch.tv/oauth2/revoke
                token=access-1&token_type_hint=access_token&client_id=tv
                """);
    }

    @Test
    @DisplayName("twitch: no scopes when there are none, and a secret in the form")
    void twitchWithSecret() {
        assertThat(sent(new ProviderClient("twitch", "credentials.secret", "s3cret"))).startsWith("""
                https://id.twitch.tv/oauth2/device
                client_id=tv&client_secret=s3cret
                https://id.twitch.tv/oauth2/token
                (poll)&client_id=tv&client_secret=s3cret
                """);
    }

    @Test
    @DisplayName("twitch: polls repeat the scopes of the request, and not the configured ones")
    void twitchScopesOfTheRequest() {
        ProviderClient client = new ProviderClient("twitch", "scopes", "configured").answering(200, RecordingApi.CODES);
        client.poll(AuthorizationRequest.builder().scopes("mine").build());
        assertThat(client.api.only().body()).isEqualTo(POLL + "&scopes=mine&client_id=tv");
    }

    @Test
    void gitlab() {
        assertThat(sent(new ProviderClient("gitlab", "scopes", "read_user"))).isEqualTo("""
                https://gitlab.com/oauth/authorize_device
                scope=read_user&client_id=tv
                https://gitlab.com/oauth/token
                (poll)&client_id=tv
                https://gitlab.com/oauth/token
                grant_type=refresh_token&refresh_token=refresh-1&client_id=tv
                https://gitlab.com/oauth/revoke
                token=refresh-1&token_type_hint=refresh_token&client_id=tv
                """);
    }

    @Test
    void discord() {
        assertThat(sent(new ProviderClient("discord", "scopes", "sdk.social_layer"))).isEqualTo("""
                https://discord.com/api/oauth2/device/authorize
                scope=sdk.social_layer&client_id=tv
                https://discord.com/api/oauth2/token
                (poll)&client_id=tv
                https://discord.com/api/oauth2/token
                grant_type=refresh_token&refresh_token=refresh-1&client_id=tv
                https://discord.com/api/oauth2/token/revoke
                token=refresh-1&token_type_hint=refresh_token&client_id=tv
                """);
    }

    @Test
    @DisplayName("huggingface: a secret in the header of each request")
    void huggingface() {
        assertThat(sent(new ProviderClient("huggingface", "credentials.secret", "s3cret"))).isEqualTo("""
                https://huggingface.co/oauth/device
                Basic dHY6czNjcmV0
                scope=openid+profile
                https://huggingface.co/oauth/token
                Basic dHY6czNjcmV0
                (poll)
                https://huggingface.co/oauth/token
                Basic dHY6czNjcmV0
                grant_type=refresh_token&refresh_token=refresh-1
                """);
    }

    @Test
    @DisplayName("discord: a secret in the header")
    void discordWithSecret() {
        assertThat(sent(new ProviderClient("discord", "credentials.secret", "s3cret")))
                .containsOnlyOnce("https://discord.com/api/oauth2/device/authorize\nBasic dHY6czNjcmV0\n\n");
    }

    @Test
    @DisplayName("trakt: JSON, without grant type and scope, and polls to an endpoint of their own")
    void trakt() {
        ProviderClient client = new ProviderClient("trakt", "scopes", "openid");
        assertThat(sent(client)).isEqualTo("""
                https://api.trakt.tv/oauth/device/code
                {"client_id":"tv"}
                https://api.trakt.tv/oauth/device/token
                {"code":"device-1","client_id":"tv","client_secret":"s3cret"}
                https://api.trakt.tv/oauth/token
                {"grant_type":"refresh_token","refresh_token":"refresh-1","client_id":"tv","client_secret":"s3cret",\
                "redirect_uri":"urn:ietf:wg:oauth:2.0:oob"}
                https://api.trakt.tv/oauth/revoke
                {"token":"access-1","client_id":"tv","client_secret":"s3cret"}
                """);
        assertThat(client.api.requests()).extracting(OutgoingRequest::format).containsOnly(Format.JSON);
    }

    @Test
    @DisplayName("trakt: polls stay below an auth-server-url with a path")
    void traktBehindAProxy() {
        assertThat(sent(new ProviderClient("trakt", "auth-server-url", "https://proxy.example.com/trakt")))
                .contains("https://proxy.example.com/trakt/oauth/device/token\n");
    }

    @Test
    @DisplayName("salesforce: one endpoint, parameters of its own, and no secret before there is a code")
    void salesforce() {
        assertThat(sent(new ProviderClient("salesforce", "scopes", "api,refresh_token", "credentials.secret", "s3cret")))
                .isEqualTo("""
                        https://login.salesforce.com/services/oauth2/token
                        scope=api+refresh_token&client_id=tv&response_type=device_code
                        https://login.salesforce.com/services/oauth2/token
                        grant_type=device&code=device-1&client_id=tv&client_secret=s3cret
                        https://login.salesforce.com/services/oauth2/token
                        grant_type=refresh_token&refresh_token=refresh-1&client_id=tv&client_secret=s3cret
                        https://login.salesforce.com/services/oauth2/revoke
                        token=refresh-1&token_type_hint=refresh_token&client_id=tv&client_secret=s3cret
                        """);
    }

    @Test
    @DisplayName("each provider: a test of its name")
    void everyProvider() {
        assertThat(Stream.of(getClass().getDeclaredMethods()).filter(method -> method.isAnnotationPresent(Test.class))
                .map(method -> method.getName().toLowerCase(Locale.ROOT)))
                .as("tests here that have the name of a provider and no more")
                .containsAll(Stream.of(Provider.values()).map(ConfigValues::spelling).map(name -> name.replace("-", ""))
                        .toList());
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("with all that is demanded:")
    void required(Provider provider) {
        List<String> demanded = new ArrayList<>();
        provider.preset().example().ifPresent(example -> demanded.add("auth-server-url"));
        provider.preset().requirements().forEach(requirement -> demanded.add(requirement.key()));
        assertThat(ProviderClient.REQUIRED.getOrDefault(ConfigValues.spelling(provider), List.of()))
                .as("what ProviderClient sets").containsAll(demanded);
    }

    @ParameterizedTest(name = "{0} at {1}")
    @CsvSource({
            "github, https://github.example.com, https://github.example.com/login/device/code",
            "gitlab, https://gitlab.example.com/, https://gitlab.example.com/oauth/authorize_device",
            "salesforce, https://test.salesforce.com, https://test.salesforce.com/services/oauth2/token",
            "microsoft, https://login.microsoftonline.us/t1/v2.0/, https://login.microsoftonline.us/t1/oauth2/v2.0/devicecode",
            "microsoft, https://login.microsoftonline.com/t1, https://login.microsoftonline.com/t1/oauth2/v2.0/devicecode",
            "yoto, http://localhost:8089, http://localhost:8089/oauth/device/code"
    })
    @DisplayName("goes to a server of one's own where that is set:")
    void ownServer(String provider, String authServerUrl, String endpoint) {
        assertThat(new ProviderClient(provider, "auth-server-url", authServerUrl).settings
                .endpoint(Endpoint.DEVICE_AUTHORIZATION)).contains(URI.create(endpoint));
    }

    @Test
    @DisplayName("google: goes nowhere else than to a server of one's own, which has metadata")
    void googleElsewhere() {
        ProviderClient client = new ProviderClient("google", "auth-server-url", "http://localhost:8089");
        assertThat(client.settings.discovery()).isTrue();
        assertThat(client.settings.endpoints()).isEmpty();
    }

    @ParameterizedTest(name = "{0} at {1}")
    @CsvSource(nullValues = "unknown", value = {
            "yoto, https://login.yotoplay.com, https://login.yotoplay.com/",
            "yoto, http://localhost:8089, unknown",
            "auth0, https://login.example.com, https://login.example.com",
            "google, https://accounts.google.com, https://accounts.google.com",
            "google, http://localhost:8089, unknown",
            "github, https://github.com, unknown",
            "gitlab, https://gitlab.example.com, https://gitlab.example.com",
            "salesforce, https://test.salesforce.com, unknown",
            "microsoft, https://login.microsoftonline.com/common/v2.0, https://login.microsoftonline.com/{tid}/v2.0",
            "microsoft, https://login.microsoftonline.com/contoso.com/v2.0, https://login.microsoftonline.com/{tid}/v2.0",
            "microsoft, https://login.microsoftonline.us/common/v2.0, https://login.microsoftonline.us/{tid}/v2.0",
            "microsoft, https://login.microsoftonline.com/consumers/v2.0, https://login.microsoftonline.com/9188040d-6c67-4c5b-b112-36a304b66dad/v2.0",
            "microsoft, https://login.microsoftonline.com/AAAAAAAA-0000-4000-8000-00000000000F/v2.0/, https://login.microsoftonline.com/aaaaaaaa-0000-4000-8000-00000000000f/v2.0"
    })
    @DisplayName("An ID token has to come from:")
    void issuer(String provider, String authServerUrl, String issuer) {
        assertThat(new ProviderClient(provider, "auth-server-url", authServerUrl).settings.issuer().orElse(null))
                .isEqualTo(issuer);
    }

    @Test
    @DisplayName("microsoft: keys and userinfo of ID tokens, and an issuer that is set goes before the preset's")
    void microsoftIdTokens() {
        ProviderClient client = new ProviderClient("microsoft", "id-token.issuer", "https://sts.windows.net/t1/");
        assertThat(client.settings.issuer()).contains("https://sts.windows.net/t1/");
        assertThat(client.settings.endpoint(Endpoint.JWKS))
                .contains(URI.create("https://login.microsoftonline.com/contoso.com/discovery/v2.0/keys"));
        assertThat(client.settings.endpoint(Endpoint.USER_INFO))
                .contains(URI.create("https://graph.microsoft.com/oidc/userinfo"));
    }

    private static String sent(ProviderClient client) {
        for (int i = 0; i < 4; i++) {
            client.answering(200, RecordingApi.CODES);
        }
        client.start();
        client.poll();
        client.refresh();
        client.revoke();
        return client.api.sent().stream()
                .map(sent -> sent.endpoint() + "\n" + (sent.authorization() == null ? "" : sent.authorization() + "\n")
                        + (sent.body() == null ? "" : sent.body().replace(POLL, "(poll)") + "\n"))
                .collect(Collectors.joining());
    }
}

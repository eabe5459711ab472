package io.quarkiverse.deviceauthorization.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.deviceauthorization.AuthorizationRequest;
import io.smallrye.config.WithDefault;

@DisplayName("What is written and wrong is named with its key, its environment variable and the cure")
class ClientConfigCheckTest {

    private static final boolean PRODUCTION = true;

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            provider                  | jotto                        | Write one of yoto
            auth-server-url           | login.example.com            | 'login.example.com' is not a URL. Write for example https://
            auth-server-url           | https://                     | is not a URL
            discovery-allowed-hosts   | https://login.example.com    | is no host. Write for example oauth2.example.com
            discovery-allowed-hosts   | a.example,*.com              | '*.com' is no host
            discovery-allowed-hosts   | login.example.com:8443       | without scheme, port and path
            auth-server-url           | https://login.example.com:99999 | is not a URL
            auth-server-url           | ftp://login.example.com      | is not a URL
            auth-server-url           | https://login.example.com?a=b | Write only scheme, host, port and path
            auth-server-url           | https://login.example.com#a  | Write only scheme, host, port and path
            auth-server-url           | http://login.example.com     | in the clear (RFC 8628 §3.1 asks for TLS). Write https://
            device-authorization-path | /device code                 | is neither a path nor a URL. Write for example /oauth/token
            token-path                | /token#fragment              | is neither a path nor a URL
            token-path                | https:/login.example.com/t   | is neither a path nor a URL
            token-path                | ws://login.example.com/token | is not an http or https URL
            revoke-path               | http://login.example.com/r   | Write https://
            user-info-path            | /user info                   | is neither a path nor a URL. Write for example /oauth/token
            user-info-path            | http://login.example.com/u   | in the clear
            jwks-path                 | /jwks#keys                   | is neither a path nor a URL
            jwks-path                 | ws://login.example.com/jwks  | is not an http or https URL
            client-id                 | ~  ~                         | is blank. Give it a value or remove it
            client-id                 | ~my-app ~                    | begins or ends with white space
            audience                  | ~ https://api.example.com~   | begins or ends with white space
            credentials.secret        | ~ ~                          | is blank
            headers.X-Api-Key         | ~s3cret ~                    | begins or ends with white space
            headers."X.Y"             | ~ ~                          | is blank
            credentials.bearer-token  | ~ ~                          | is blank
            credentials.method        | jwt                          | 'jwt' is not known. Write one of basic, post, post-jwt
            scopes                    | openid profile               | Separate scopes by commas: openid,profile
            scopes                    | profile,oidc                 | 'oidc' is no scope of OpenID Connect. Write openid
            resources                 | /api                         | Write an absolute URI without fragment
            resources                 | https://api.example.com#a    | Write an absolute URI without fragment
            extra-params.client_id    | other                        | is set by the extension itself: use client-id
            extra-params.Scope        | openid                       | is set by the extension itself
            extra-params.code_verifier | a                           | authorization-details, pkce or credentials
            extra-params.nonce | a                                   | and AuthorizationRequest for a nonce
            extra-params.code_challenge | a                          | authorization-details, pkce or credentials
            extra-params.code_challenge_method | plain               | authorization-details, pkce or credentials
            extra-params.client_assertion | a                        | authorization-details, pkce or credentials
            extra-params.client_assertion_type | a                   | authorization-details, pkce or credentials
            extra-params.authorization_details | []                  | authorization-details, pkce or credentials
            headers.DPoP              | eyJ                          | is set by the extension itself: use credentials for authentication, or dpop
            headers.Authorization     | Basic YTpi                   | is set by the extension itself: use credentials
            headers.content-type      | text/plain                   | is set by the extension itself
            prompt                    | popup                        | Write one of terminal, qr, json, log, none
            prompt.open-browser       | perhaps                      | is neither true nor false
            prompt.locale             | de_AT.UTF-8                  | is not a language tag (BCP 47). Write for example de or pt-BR
            polling.default-interval  | 0                            | Write a duration above zero
            polling.min-interval      | soon                         | 'soon' is not a duration. Write for example 5S
            polling.max-interval      | -5S                          | Write a duration above zero
            polling.max-backoff       | PT                           | is not a duration
            polling.max-failures      | 0                            | is not a whole number above 0. Write for example 20
            polling.max-failures      | many                         | is not a whole number above 0
            polling.max-in-flight     | 0                            | is not a whole number above 0. Write for example 256
            polling.max-pending       | 1e5                          | is not a whole number above 0. Write for example 100000
            connect-timeout           | 0S                           | Write a duration above zero
            read-timeout              | long                         | is not a duration
            health.timeout            | 0                            | Write a duration above zero
            health.cache              | -1S                          | Write a duration of zero or more
            polling.max-interval      | 106752D                      | '106752D' is too long. Write at most 3650D
            tokens.refresh-skew       | P3650DT1S                    | 'P3650DT1S' is too long. Write at most 3650D
            tokens.memory.idle-timeout | 3651D                       | '3651D' is too long. Write at most 3650D
            connect-timeout           | 25D                          | '25D' is too long. Write at most 24D
            read-timeout              | 2200000                      | '2200000' is too long. Write at most 24D
            health.timeout            | 577H                         | '577H' is too long. Write at most 24D
            tokens.refresh-skew       | -1S                          | Write a duration of zero or more
            active                    | maybe                        | 'maybe' is neither true nor false. Write one of them
            discovery-enabled         | sometimes                    | is neither true nor false
            health.probe              | never                        | is neither true nor false
            pkce                      | S256                         | 'S256' is neither true nor false. Write one of them
            dpop                      | ES256                        | 'ES256' is neither true nor false. Write one of them
            id-token.check            | signature                    | 'signature' is neither true nor false. Write one of them
            id-token.issuer           | ~https://login.example.com ~ | begins or ends with white space
            id-token.leeway           | -1S                          | '-1S' is too short. Write a duration of zero or more
            id-token.leeway           | none                         | 'none' is not a duration. Write for example 5S, 2M or PT1M30S
            tls-configuration-name    | ~ mtls~                      | begins or ends with white space
            proxy-configuration-name  | ~ ~                          | is blank. Give it a value or remove it
            """)
    void eachRule(String member, String value, String cure) {
        assertThat(Written.forDefault().with(member, value).with("credentials.secret", secretFor(member, value))
                .wrong(PRODUCTION)).singleElement().asString()
                .startsWith("quarkus.device-authorization." + member + " (in the environment "
                        + ConfigKeys.environmentVariable("quarkus.device-authorization." + member) + "): ")
                .contains(cure);
        assertThat(Written.forClient("yoto").with(member, value).with("credentials.secret", secretFor(member, value))
                .wrong(PRODUCTION)).singleElement().asString()
                .startsWith("quarkus.device-authorization.\"yoto\"." + member + " (in the environment "
                        + "QUARKUS_DEVICE_AUTHORIZATION__YOTO__")
                .contains(cure);
        assertThat(Written.forClient("yoto").withKey("quarkus.device-authorization.yoto." + member, value)
                .withKey("quarkus.device-authorization.yoto.credentials.secret", secretFor(member, value)).wrong(PRODUCTION))
                .singleElement().asString()
                .startsWith("quarkus.device-authorization.yoto." + member + " (in the environment "
                        + "QUARKUS_DEVICE_AUTHORIZATION_YOTO_")
                .contains(cure);
    }

    @Test
    @DisplayName("refuses the same parameters and headers as a request of the application does")
    void asRequestsDo() {
        AuthorizationRequest.Builder request = AuthorizationRequest.builder();

        assertThat(ClientConfigCheck.OWN_PARAMETERS).isNotEmpty().allSatisfy(
                name -> assertThatIllegalArgumentException().isThrownBy(() -> request.parameter(name, "")));
        assertThat(ClientConfigCheck.OWN_HEADERS).isNotEmpty().allSatisfy(
                name -> assertThatIllegalArgumentException().isThrownBy(() -> request.header(name, "")));
    }

    /** A method needs a secret, and a bearer token excludes one: each row is about one problem. */
    private static String secretFor(String member, String value) {
        return switch (member) {
            case "credentials.secret" -> value;
            case "credentials.bearer-token" -> "";
            default -> "s3cret";
        };
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            provider                  | yoto
            provider                  | YOTO
            auth-server-url           | https://login.example.com/realms/home/
            discovery-allowed-hosts   | oauth2.example.com,*.example.com,10.0.0.1,[::1]
            auth-server-url           | http://localhost:8080
            auth-server-url           | http://127.0.0.1:8080/realms/home
            auth-server-url           | http://[::1]:8080
            auth-server-url           | ${}
            token-path                | /oauth/token
            token-path                | oauth/token?tenant=home
            token-path                | https://login.example.com/token?tenant=home
            scopes                    | openid, offline_access
            scopes                    | https://api.example.com/auth/read
            resources                 | https://api.example.com,urn:example:api
            extra-params.prompt       | consent
            headers.X-Tenant          | home
            user-info-path            | /userinfo
            jwks-path                 | https://login.example.com/jwks
            pkce                      | on
            dpop                      | true
            id-token.check            | no
            id-token.issuer           | https://login.example.com/
            id-token.leeway           | 0
            tls-configuration-name    | mtls
            prompt                    | none
            prompt                    | qr
            prompt.open-browser       | true
            prompt.locale             | pt-BR
            polling.min-interval      | 500ms
            polling.max-interval      | 10M
            health.cache              | 0
            tokens.refresh-skew       | 0S
            active                    | off
            client-id                 | ${}
            polling.max-failures      | ${}
            polling.max-in-flight     | 1
            polling.max-pending       | 100000
            """)
    void leavesAloneWhatIsRight(String member, String value) {
        assertThat(Written.forDefault().with(member, value).wrong(PRODUCTION)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = { "account_information", "{\"type\":\"a\"}", "[]", "[1]", "[{}]", "[{\"type\":1}]",
            "[{\"type\":\"a\"},{\"Type\":\"b\"}]", "[{\"type\":\"a\"}", "[{\"type\":\"a\"}] x", "[{'type':'a'}]", " " })
    void authorizationDetailsAreAnArrayOfTypes(String json) {
        assertThat(Written.forDefault().with("authorization-details", json).wrong(PRODUCTION)).containsExactly(
                Written.problem("authorization-details", "is no JSON array of objects with a text 'type' each (RFC 9396 §2)."
                        + " Write for example [{\"type\":\"account_information\"}]"));
    }

    @ParameterizedTest
    @ValueSource(strings = { "[{\"type\":\"a\"}]", " [ {\"type\":\"a\",\"actions\":[\"read\"]}, {\"type\":\"b\"} ]\n", "${}" })
    void rightAuthorizationDetailsAreLeftAlone(String json) {
        assertThat(Written.forDefault().with("authorization-details", json).wrong(PRODUCTION)).isEmpty();
    }

    @Test
    void whatTheExtensionSetsItselfIsNoAddition() {
        assertThat(Written.forDefault().with("extra-params.client_assertion", "a").with("headers.DPoP", "eyJ").wrong(false))
                .containsExactly(
                        Written.problem("extra-params.client_assertion", "is set by the extension itself: use client-id,"
                                + " scopes, audience, resources, authorization-details, pkce or credentials, and"
                                + " AuthorizationRequest for a nonce"),
                        Written.problem("headers.DPoP", "is set by the extension itself: use credentials for"
                                + " authentication, or dpop"));
    }

    @Test
    @DisplayName("R4: http:// is for development and tests, and for this machine")
    void plainHttpIsForDevelopment() {
        Written written = Written.forDefault().with("auth-server-url", "http://keycloak:8080/realms/home");
        assertThat(written.wrong(false)).isEmpty();
        assertThat(written.wrong(PRODUCTION)).singleElement().asString().contains("in the clear");
        assertThat(Written.forDefault().with("auth-server-url", "http://localhost:8080").wrong(PRODUCTION)).isEmpty();
    }

    @Test
    void aPathIsNotWrongBecauseItsServerComesAtRunTime() {
        assertThat(Written.forDefault().with("token-path", "/oauth/token").wrong(PRODUCTION)).isEmpty();
    }

    @Test
    void findsEverythingAtOnce() {
        assertThat(Written.forClient("my.client")
                .with("auth-server-url", "nowhere").with("scopes", "oidc,a b").with("read-timeout", "x").wrong(false))
                .hasSize(4)
                .anyMatch(text -> text.startsWith("quarkus.device-authorization.\"my.client\".read-timeout"
                        + " (in the environment QUARKUS_DEVICE_AUTHORIZATION__MY_CLIENT__READ_TIMEOUT): "));
    }

    @Test
    void listsCanBeIndexed() {
        assertThat(Written.forDefault().with("scopes[0]", "openid").with("scopes[1]", "oidc").wrong(false))
                .singleElement().asString().contains("Write openid");
    }

    @Test
    void theShortestIntervalIsNotLongerThanTheLongest() {
        assertThat(Written.forDefault().with("polling.min-interval", "1M").with("polling.max-interval", "5S").wrong(false))
                .singleElement().asString().contains("is longer than polling.max-interval. Swap them");
    }

    @Test
    void whatIsNotWrittenOfTheTwoIsTheDefault() throws NoSuchMethodException {
        assertThat(defaultOf("minInterval")).isEqualTo("1S");
        assertThat(defaultOf("maxInterval")).isEqualTo("10M");
        assertThat(Written.forDefault().with("polling.min-interval", "11M").wrong(false)).singleElement().asString()
                .contains("is longer than polling.max-interval, which is 10M. Set that too");
        assertThat(Written.forDefault().with("polling.max-interval", "500ms").wrong(false)).singleElement().asString()
                .contains("is shorter than polling.min-interval, which is 1S. Set that too");
        assertThat(Written.forDefault().with("polling.min-interval", "10M").wrong(false)).isEmpty();
        assertThat(Written.forDefault().with("polling.max-interval", "1S").wrong(false)).isEmpty();
    }

    private static String defaultOf(String interval) throws NoSuchMethodException {
        return ClientConfig.Polling.class.getMethod(interval).getAnnotation(WithDefault.class).value();
    }

    @Test
    void aNameInTwoSpellings() {
        assertThat(Written.forClient("tv").withKey("quarkus.device-authorization.tv.client-id", "app")
                .with("credentials.secret", "s3cret").wrong(false)).singleElement().asString()
                .isEqualTo("quarkus.device-authorization.\"tv\".credentials.secret (in the environment"
                        + " QUARKUS_DEVICE_AUTHORIZATION__TV__CREDENTIALS_SECRET): is not read, since other keys of this client"
                        + " are written without quotes. Write quarkus.device-authorization.tv.credentials.secret (in the"
                        + " environment QUARKUS_DEVICE_AUTHORIZATION_TV_CREDENTIALS_SECRET)");
        assertThat(Written.forClient("tv").withKey("quarkus.device-authorization.tvset.client-id", "app")
                .with("client-id", "app").wrong(false)).isEmpty();
    }

    @Test
    void anEmptyValueIsNoValue() {
        Written written = Written.forDefault();
        List.of("provider", "auth-server-url", "token-path", "client-id", "credentials.secret", "credentials.method", "scopes",
                "read-timeout", "active").forEach(member -> written.with(member, ""));
        assertThat(written.wrong(PRODUCTION)).isEmpty();
        assertThat(written.missing()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = { "auth-server-url=https://me:s3cret@login.example.com",
            "auth-server-url=ftp://me:s3cret@login.example.com", "auth-server-url=https://me:s3cret @login.example.com",
            "auth-server-url=login.example.com?key=s3cret", "token-path=https://me:s3cret@login.example.com/token",
            "token-path=http://login.example.com/token?key=s3cret", "revoke-path=ws://me:s3cret@login.example.com",
            "resources=https://me:s3cret@api.example.com#a", "credentials.secret= s3cret", "credentials.bearer-token=s3cret ",
            "jwks-path=ws://me:s3cret@login.example.com", "user-info-path=https://me:s3cret@login.example.com/u",
            "authorization-details=s3cret", "id-token.issuer= s3cret", "extra-params.client_secret=s3cret",
            "headers.authorization=s3cret" })
    void noSecretIsRepeated(String line) {
        String member = line.substring(0, line.indexOf('='));
        assertThat(Written.forDefault().with(member, line.substring(member.length() + 1)).wrong(PRODUCTION))
                .hasSize(1).noneMatch(text -> text.contains("s3cret"));
    }
}

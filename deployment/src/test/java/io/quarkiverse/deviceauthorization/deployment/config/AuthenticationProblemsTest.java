package io.quarkiverse.deviceauthorization.deployment.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.test.QuarkusUnitTest;

@DisplayName("Ways to authenticate and to bind tokens that are written wrong fail the build, all of them at once")
class AuthenticationProblemsTest {

    private static final String KEY = "  - quarkus.device-authorization.";

    private static final String SOURCE = " \\[set by application\\.properties, line [0-9]+]$";

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withEmptyApplication()
            .withConfiguration("""
                    quarkus.device-authorization.credentials.secret=${SECRET_FROM_SOMEWHERE}
                    quarkus.device-authorization.credentials.jwt.key-file=client.pem
                    quarkus.device-authorization.credentials.jwt.key-store-password=s3cret
                    quarkus.device-authorization.credentials.jwt.signature-algorithm=HS256
                    quarkus.device-authorization.credentials.jwt.lifespan=1H
                    quarkus.device-authorization.authorization-details={"type":"account"}
                    quarkus.device-authorization.pkce=S256
                    quarkus.device-authorization.headers.DPoP=s3cret
                    quarkus.device-authorization.tv.credentials.secret=s3cret
                    quarkus.device-authorization.tv.credentials.method=post-jwt
                    quarkus.device-authorization.tv.jwks-path=ws://login.example.com/jwks
                    quarkus.device-authorization.tv.id-token.leeway=-5S
                    quarkus.device-authorization.id-token.client-id=app
                    """)
            .assertException(AuthenticationProblemsTest::check);

    private static void check(Throwable failure) {
        assertThat(failure.getMessage().lines().map(line -> line.replaceAll(SOURCE, ""))).containsExactly(
                ConfigurationException.class.getName() + ": The configuration of device authorization is wrong:",
                KEY + "id-token.client-id (in the environment QUARKUS_DEVICE_AUTHORIZATION_ID_TOKEN_CLIENT_ID): 'id-token' can't"
                        + " name a client, since the keys would be those of the extension or of the default client. Choose"
                        + " another name in @DeviceAuthorizationName",
                KEY + "credentials.jwt.key-file (in the environment QUARKUS_DEVICE_AUTHORIZATION_CREDENTIALS_JWT_KEY_FILE): and"
                        + " credentials.secret are two ways to authenticate at once. Keep the one that the provider asks for",
                KEY + "credentials.jwt.key-store-password (in the environment"
                        + " QUARKUS_DEVICE_AUTHORIZATION_CREDENTIALS_JWT_KEY_STORE_PASSWORD): belongs to a key store, but there"
                        + " is none. Set quarkus.device-authorization.credentials.jwt.key-store-file, or remove it",
                KEY + "credentials.jwt.lifespan (in the environment QUARKUS_DEVICE_AUTHORIZATION_CREDENTIALS_JWT_LIFESPAN): '1H'"
                        + " is too long, since each request has an assertion of its own. Write at most 10M",
                KEY + "credentials.jwt.signature-algorithm (in the environment"
                        + " QUARKUS_DEVICE_AUTHORIZATION_CREDENTIALS_JWT_SIGNATURE_ALGORITHM): 'HS256' is no algorithm for a"
                        + " private key. Write one of RS256, RS384, RS512, PS256, PS384, PS512, ES256, ES384, ES512, EdDSA",
                KEY + "authorization-details (in the environment QUARKUS_DEVICE_AUTHORIZATION_AUTHORIZATION_DETAILS): is no JSON"
                        + " array of objects with a text 'type' each (RFC 9396 §2). Write for example"
                        + " [{\"type\":\"account_information\"}]",
                KEY + "headers.DPoP (in the environment QUARKUS_DEVICE_AUTHORIZATION_HEADERS_DPOP): is set by the extension"
                        + " itself: use credentials for authentication, or dpop",
                KEY + "pkce (in the environment QUARKUS_DEVICE_AUTHORIZATION_PKCE): 'S256' is neither true nor false. Write one"
                        + " of them",
                KEY + "tv.jwks-path (in the environment QUARKUS_DEVICE_AUTHORIZATION_TV_JWKS_PATH): 'ws://login.example.com/jwks'"
                        + " is not an http or https URL. Write for example https://login.example.com/token",
                KEY + "tv.credentials.secret (in the environment QUARKUS_DEVICE_AUTHORIZATION_TV_CREDENTIALS_SECRET): is too"
                        + " short to sign by HS256, which takes 32 bytes or more (RFC 7518 §3.2). Let the provider issue a"
                        + " longer one, or choose another quarkus.device-authorization.tv.credentials.method",
                KEY + "tv.id-token.leeway (in the environment QUARKUS_DEVICE_AUTHORIZATION_TV_ID_TOKEN_LEEWAY): '-5S' is too"
                        + " short. Write a duration of zero or more");
    }

    @Test
    void theBuildFails() {
        throw new AssertionError(QuarkusUnitTest.THE_BUILD_WAS_EXPECTED_TO_FAIL);
    }
}

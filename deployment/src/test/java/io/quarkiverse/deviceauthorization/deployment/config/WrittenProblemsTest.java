package io.quarkiverse.deviceauthorization.deployment.config;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.inject.Inject;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.deviceauthorization.DeviceAuthorization;
import io.quarkiverse.deviceauthorization.DeviceAuthorizationName;
import io.quarkiverse.deviceauthorization.ReactiveDeviceAuthorization;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.test.QuarkusUnitTest;

@DisplayName("What is written and wrong fails the build, all of it at once")
class WrittenProblemsTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withEmptyApplication()
            .withConfiguration("""
                    quarkus.device-authorization.client-id=${CLIENT_ID_FROM_SOMEWHERE}
                    quarkus.device-authorization.auth-server-url=login.example.com
                    quarkus.device-authorization.credentials.secret=s3cret
                    quarkus.device-authorization.credentials.bearer-token=t0ken
                    quarkus.device-authorization.scopes=openid profile,oidc
                    quarkus.device-authorization.headers.Authorization=Basic s3cret
                    quarkus.device-authorization.extra-params.client_id=other
                    quarkus.device-authorization.tv.provider=jotto
                    quarkus.device-authorization.tv.credentials.method=post
                    quarkus.device-authorization."tv".client-id=app
                    quarkus.device-authorization.polling.client-id=app
                    quarkus.device-authorization."my.client".token-path=ws://login.example.com/token
                    quarkus.device-authorization."my.client".polling.default-interval=soon
                    """)
            .assertException(WrittenProblemsTest::check);

    private static void check(Throwable failure) {
        assertThat(failure.getMessage())
                .startsWith(ConfigurationException.class.getName() + ": The configuration of device authorization is wrong:")
                .contains("quarkus.device-authorization.auth-server-url"
                        + " (in the environment QUARKUS_DEVICE_AUTHORIZATION_AUTH_SERVER_URL): 'login.example.com' is not a URL")
                .contains("quarkus.device-authorization.credentials.bearer-token ", "two ways to authenticate at once")
                .contains("Separate scopes by commas: openid,profile")
                .contains("'oidc' is no scope of OpenID Connect. Write openid")
                .contains("quarkus.device-authorization.headers.Authorization ")
                .contains("quarkus.device-authorization.extra-params.client_id ")
                .contains("quarkus.device-authorization.tv.provider"
                        + " (in the environment QUARKUS_DEVICE_AUTHORIZATION_TV_PROVIDER): 'jotto' is not known. Write one of yoto")
                .contains("quarkus.device-authorization.tv.credentials.method ",
                        "says how a secret is used, but there is none")
                .contains("quarkus.device-authorization.\"my.client\".token-path"
                        + " (in the environment QUARKUS_DEVICE_AUTHORIZATION__MY_CLIENT__TOKEN_PATH): ")
                .contains("quarkus.device-authorization.\"my.client\".polling.default-interval ", "'soon' is not a duration")
                .contains("quarkus.device-authorization.\"health\".*: 'health' can't name a client")
                .contains("quarkus.device-authorization.polling.client-id ", "'polling' can't name a client")
                .contains("quarkus.device-authorization.\"\".*: a client is injected by a blank name. Name it in"
                        + " @DeviceAuthorizationName")
                .doesNotContain("device-authorization.client-id ", "s3cret", "t0ken");
        assertThat(failure.getMessage().lines()).hasSize(15);
    }

    @Inject
    DeviceAuthorization client;

    @Inject
    @DeviceAuthorizationName("health")
    DeviceAuthorization reserved;

    @Inject
    @DeviceAuthorizationName("")
    ReactiveDeviceAuthorization blank;

    @Test
    void theBuildFails() {
        throw new AssertionError(QuarkusUnitTest.THE_BUILD_WAS_EXPECTED_TO_FAIL);
    }
}

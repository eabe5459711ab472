package io.quarkiverse.deviceauthorization.deployment.filter;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.GET;

import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.deviceauthorization.filter.DeviceAuthorizationFilter;
import io.quarkus.test.QuarkusUnitTest;

@DisplayName("A client whose tokens a REST client sends has to be usable when the application starts")
class FilterClientDemandedTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClasses(Used.class, InCode.class, Off.class))
            .overrideConfigKey("quarkus.device-authorization.devservices.enabled", "false")
            .overrideConfigKey("quarkus.device-authorization.off.active", "false")
            .overrideConfigKey("quarkus.rest-client.used.url", "http://localhost")
            .assertException(problem -> assertThat(problem)
                    .hasStackTraceContaining("quarkus.device-authorization.\"used\".client-id (in the environment"
                            + " QUARKUS_DEVICE_AUTHORIZATION__USED__CLIENT_ID): is missing")
                    .hasStackTraceContaining("quarkus.device-authorization.\"in-code\".auth-server-url (in the environment"
                            + " QUARKUS_DEVICE_AUTHORIZATION__IN_CODE__AUTH_SERVER_URL): is missing")
                    .message().doesNotContain("\"off\""));

    @RegisterRestClient(configKey = "used")
    @DeviceAuthorizationFilter("used")
    public interface Used {

        @GET
        String get();
    }

    public interface InCode {

        @GET
        @DeviceAuthorizationFilter("in-code")
        String get();
    }

    @DeviceAuthorizationFilter("off")
    public interface Off {

        @GET
        String get();
    }

    @Test
    void theApplicationDoesNotStart() {
        throw new AssertionError(QuarkusUnitTest.THE_BUILD_WAS_EXPECTED_TO_FAIL);
    }
}

package io.quarkiverse.deviceauthorization.it.web;

import java.util.Optional;

import io.quarkus.test.common.DevServicesContext;
import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same, of the packaged application: a jar, or a native executable. */
@QuarkusIntegrationTest
class MetricsIT extends MetricsTest {

    DevServicesContext devServices;

    @Override
    String server() {
        return Optional.ofNullable(devServices.devServicesProperties().get(AUTH_SERVER_URL)).orElseThrow();
    }
}

package io.quarkiverse.deviceauthorization.deployment.devservices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.deviceauthorization.deployment.DevMode;
import io.quarkiverse.deviceauthorization.devserver.DeviceAuthorizationServer;
import io.quarkus.test.QuarkusDevModeTest;
import io.restassured.RestAssured;

@DisplayName("In dev mode, with a server that another application shares")
class SharedDevServiceTest {

    private static final DeviceAuthorizationServer OTHER_APPLICATION = DeviceAuthorizationServer.builder()
            .serviceName("shop").start();

    @RegisterExtension
    static final QuarkusDevModeTest APPLICATION = DevMode.application(IssuerResource.class, """
            quarkus.device-authorization.devservices.shared=true
            quarkus.device-authorization.devservices.service-name=shop
            quarkus.device-authorization.devservices.port=%d
            """.formatted(OTHER_APPLICATION.port()));

    @BeforeEach
    void askThere() {
        RestAssured.port = DevMode.port(APPLICATION);
    }

    @AfterAll
    static void stop() {
        OTHER_APPLICATION.close();
    }

    @Test
    void theApplicationUsesItAndTakesItsPlaceWhenItStops() {
        String address = "before " + OTHER_APPLICATION.issuer();
        assertThat(RestAssured.get("/issuer").asString()).isEqualTo(address);
        assertThat(OTHER_APPLICATION.counters().deviceAuthorizationRequests()).isEqualTo(1);

        OTHER_APPLICATION.close();

        await().atMost(Duration.ofSeconds(60)).untilAsserted(
                () -> assertThat(RestAssured.get("/issuer").asString()).isEqualTo(address));
    }
}

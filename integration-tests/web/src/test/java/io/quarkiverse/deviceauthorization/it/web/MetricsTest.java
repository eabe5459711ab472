package io.quarkiverse.deviceauthorization.it.web;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;

import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;

@QuarkusTest
@DisplayName("Prometheus, when it scrapes the application")
class MetricsTest {

    static final String AUTH_SERVER_URL = "quarkus.device-authorization.auth-server-url";

    @Test
    @DisplayName("sees sign-ins from their start to their end, and nothing of who signs in")
    void signIns() {
        start("warm-up");
        Scrape before = Scrape.now();
        Response approved = start("marie");
        Response denied = start("irene");
        Scrape started = Scrape.now();
        assertThat(started.since(before, "device_authorization_starts_total", "outcome=\"started\"")).isEqualTo(2);
        assertThat(started.since(before, "device_authorization_flows_active", "")).isEqualTo(2);
        assertThat(started.since(before, "device_authorization_store_operations_seconds_count",
                "operation=\"replace_flow\",outcome=\"success\"")).isGreaterThanOrEqualTo(2);

        decide("approve", approved);
        decide("deny", denied);

        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            Scrape after = Scrape.now();
            assertThat(after.since(before, "device_authorization_flows_ended_total", "outcome=\"approved\"")).isEqualTo(1);
            assertThat(after.since(before, "device_authorization_flows_ended_total", "outcome=\"denied\"")).isEqualTo(1);
            assertThat(after.since(before, "device_authorization_polls_total", "outcome=\"granted\"")).isEqualTo(1);
            assertThat(after.since(before, "device_authorization_polls_total", "outcome=\"denied\"")).isEqualTo(1);
            assertThat(after.since(before, "device_authorization_flows_approval_time_seconds_count", "")).isEqualTo(1);
            assertThat(after.since(before, "device_authorization_flows_active", "")).isZero();
            assertThat(after.since(before, "device_authorization_refreshes_total", "outcome=\"refreshed\"")).isZero();
        });
        assertThat(Scrape.now().series().keySet()).noneMatch(series -> series.contains("marie")
                || series.contains(approved.jsonPath().getString("id"))
                || series.contains(approved.jsonPath().getString("userCode")));
    }

    private static Response start(String account) {
        return given().queryParam("follow", true).post("/accounts/" + account + "/sign-in");
    }

    private void decide(String action, Response signIn) {
        given().formParam("action", action).formParam("user", "alice")
                .formParam("user_code", signIn.jsonPath().getString("userCode"))
                .post(server() + "/dev/script").then().statusCode(200);
    }

    String server() {
        return ConfigProvider.getConfig().getValue(AUTH_SERVER_URL, String.class);
    }
}

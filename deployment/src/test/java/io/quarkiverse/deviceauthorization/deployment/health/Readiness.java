package io.quarkiverse.deviceauthorization.deployment.health;

import java.util.List;
import java.util.Map;

import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;

/** What {@code /q/health/ready} says of the extension's check. */
record Readiness(int httpStatus, List<Map<String, Object>> checks) {

    static Readiness ask() {
        var response = RestAssured.get("/q/health/ready");
        JsonPath json = response.jsonPath();
        return new Readiness(response.statusCode(),
                json.getList("checks.findAll { it.name == 'Device authorization endpoint health check' }"));
    }

    String status() {
        return (String) checks.get(0).get("status");
    }

    @SuppressWarnings("unchecked")
    Map<String, Object> data() {
        return (Map<String, Object>) checks.get(0).get("data");
    }

    String text(String key) {
        return String.valueOf(data().get(key));
    }
}

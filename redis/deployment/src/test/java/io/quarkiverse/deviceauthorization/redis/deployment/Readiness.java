package io.quarkiverse.deviceauthorization.redis.deployment;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;

import io.vertx.core.json.JsonObject;

/** What {@code /q/health/ready} says of the store's check. */
record Readiness(int httpStatus, List<JsonObject> checks) {

    static Readiness ask(String url) {
        HttpResponse<String> response = Http.get(url);
        return new Readiness(response.statusCode(), new JsonObject(response.body()).getJsonArray("checks").stream()
                .map(JsonObject.class::cast)
                .filter(check -> check.getString("name").equals("Device authorization store health check"))
                .toList());
    }

    String status() {
        return checks.get(0).getString("status");
    }

    Map<String, Object> data() {
        JsonObject data = checks.get(0).getJsonObject("data");
        return data == null ? Map.of() : data.getMap();
    }

    String text(String key) {
        return String.valueOf(data().get(key));
    }
}

package io.quarkiverse.deviceauthorization.devserver;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;

/** Assertions on answers. */
final class Answers {

    private Answers() {
    }

    static void assertError(HttpResponse<String> response, int status, String error, String description) {
        assertThat(response.body()).contains("\"error\":\"" + error + "\"");
        assertThat(Http.json(response).get("error_description").asText()).contains(description);
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().firstValue("Cache-Control")).contains("no-store");
    }
}

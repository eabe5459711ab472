package io.quarkiverse.deviceauthorization.benchmarks.startup;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The answer, as far as it is shown. */
public record DeviceCodes(@JsonProperty("user_code") String userCode,
        @JsonProperty("verification_uri") String verificationUri,
        @JsonProperty("verification_uri_complete") String verificationUriComplete) {
}

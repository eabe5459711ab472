package io.quarkiverse.deviceauthorization.benchmarks.contender;

import com.fasterxml.jackson.annotation.JsonProperty;

/** RFC 8628 §3.2, as anybody would write it by hand. */
public record DeviceCodes(@JsonProperty("device_code") String deviceCode, @JsonProperty("user_code") String userCode,
        @JsonProperty("verification_uri") String verificationUri,
        @JsonProperty("verification_uri_complete") String verificationUriComplete,
        @JsonProperty("expires_in") long expiresIn, @JsonProperty("interval") int interval) {
}

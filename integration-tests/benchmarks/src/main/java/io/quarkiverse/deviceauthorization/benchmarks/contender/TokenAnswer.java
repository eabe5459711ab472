package io.quarkiverse.deviceauthorization.benchmarks.contender;

import com.fasterxml.jackson.annotation.JsonProperty;

/** RFC 6749 §5.1 and §5.2, as anybody would write it by hand. */
public record TokenAnswer(@JsonProperty("access_token") String accessToken, @JsonProperty("token_type") String tokenType,
        @JsonProperty("expires_in") Long expiresIn, @JsonProperty("refresh_token") String refreshToken,
        @JsonProperty("scope") String scope, @JsonProperty("error") String error,
        @JsonProperty("error_description") String errorDescription) {
}

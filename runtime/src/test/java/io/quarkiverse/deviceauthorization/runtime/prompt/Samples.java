package io.quarkiverse.deviceauthorization.runtime.prompt;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

import io.quarkiverse.deviceauthorization.DeviceAuthorizationName;
import io.quarkiverse.deviceauthorization.PendingAuthorization;
import io.quarkiverse.deviceauthorization.Secret;

/** Flows to show. */
final class Samples {

    static final String PAGE = "https://login.example.com/activate";
    static final String CODE = "WDJB-MJHT";
    static final String COMPLETE = PAGE + "?user_code=" + CODE;

    private Samples() {
    }

    static PendingAuthorization flow(Instant now) {
        return flow("flow", CODE, PAGE, Optional.of(COMPLETE), now.plusSeconds(300));
    }

    static PendingAuthorization flow(String id, String code, String page, Optional<String> complete, Instant expiresAt) {
        return new PendingAuthorization(DeviceAuthorizationName.DEFAULT, "default", id, code, URI.create(page),
                complete.map(URI::create), expiresAt, Duration.ofSeconds(5), Secret.of("the-device-code"), Map.of());
    }
}

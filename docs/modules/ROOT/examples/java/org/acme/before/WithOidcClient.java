package org.acme.before;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import jakarta.inject.Inject;

import io.quarkus.oidc.client.OidcClient;
import io.quarkus.oidc.client.OidcClientException;

public class WithOidcClient {

    // tag::loop[]
    @Inject
    OidcClient client;

    String accessToken(String deviceCode, long interval) throws InterruptedException { // <1>
        while (true) {
            TimeUnit.SECONDS.sleep(interval);
            try {
                return client.getTokens(Map.of("device_code", deviceCode))
                        .await().atMost(Duration.ofSeconds(10)).getAccessToken();
            } catch (OidcClientException e) {
                // not yet, slow down, denied, expired: all of them come here // <2>
            }
        }
    }
    // end::loop[]
}

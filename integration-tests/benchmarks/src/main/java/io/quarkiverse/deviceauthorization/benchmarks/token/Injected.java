package io.quarkiverse.deviceauthorization.benchmarks.token;

import jakarta.inject.Singleton;

import io.quarkiverse.deviceauthorization.DeviceAuthorization;
import io.quarkus.arc.Unremovable;
import io.quarkus.oidc.client.NamedOidcClient;
import io.quarkus.oidc.client.OidcClient;
import io.quarkus.oidc.client.Tokens;

/** What an application would inject: JMH makes its own objects. */
@Singleton
@Unremovable
class Injected {

    final ClockBean clock;
    final DeviceAuthorization ours;
    final OidcClient oidcClient;
    final Tokens oidcTokens;

    Injected(ClockBean clock, DeviceAuthorization ours, @NamedOidcClient("granted") OidcClient oidcClient,
            @NamedOidcClient("granted") Tokens oidcTokens) {
        this.clock = clock;
        this.ours = ours;
        this.oidcClient = oidcClient;
        this.oidcTokens = oidcTokens;
    }
}

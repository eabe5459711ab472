package io.quarkiverse.deviceauthorization.runtime.endpoint;

import java.time.InstantSource;

import io.quarkiverse.deviceauthorization.runtime.config.ClientSettings;
import io.quarkiverse.deviceauthorization.runtime.credentials.ClientAuthentication;

/** The client's side of an authorization server, over whatever a test puts in the place of HTTP. */
final class Servers {

    private Servers() {
    }

    static HttpAuthorizationServer of(ClientSettings settings, AuthorizationServerApi api, InstantSource clock) {
        return new HttpAuthorizationServer(settings, () -> api, ClientAuthentication.of(settings, name -> null, clock),
                () -> false, clock);
    }
}

package io.quarkiverse.deviceauthorization.benchmarks.contender;

import java.util.List;
import java.util.Map;

import jakarta.inject.Named;
import jakarta.inject.Singleton;

import io.quarkus.oidc.client.NamedOidcClient;
import io.quarkus.oidc.client.OidcClient;
import io.quarkus.oidc.client.OidcClientException;

/** The token request of {@code quarkus-oidc-client}, which has no device authorization request. */
@Singleton
@Named("oidc-client")
class OidcClientLeg implements Contender {

    private final OidcClient client;

    OidcClientLeg(@NamedOidcClient("device") OidcClient client) {
        this.client = client;
    }

    /** An error is an exception without a stack trace, whose message is the body. */
    @Override
    public Exchange poll(List<String> deviceCodes) {
        RoundRobin<String> codes = new RoundRobin<>(deviceCodes);
        return Exchange.of(() -> client.getTokens(Map.of("device_code", codes.next()))
                .onItem().transform(tokens -> "tokens")
                .onFailure(OidcClientException.class).recoverWithItem(Throwable::getMessage)
                .onItem().invoke(answer -> Exchange.require(answer.contains("authorization_pending"), answer)));
    }
}

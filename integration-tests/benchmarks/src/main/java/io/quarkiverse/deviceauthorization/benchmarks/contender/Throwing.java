package io.quarkiverse.deviceauthorization.benchmarks.contender;

import java.util.List;

import jakarta.inject.Named;
import jakarta.inject.Singleton;
import jakarta.ws.rs.WebApplicationException;

import org.eclipse.microprofile.rest.client.inject.RestClient;

/** A REST client that throws what isn't a success. */
@Singleton
@Named("rest-client-that-throws")
class Throwing implements Contender {

    private final ThrowingApi api;

    Throwing(@RestClient ThrowingApi api) {
        this.api = api;
    }

    @Override
    public Exchange poll(List<String> deviceCodes) {
        RoundRobin<String> codes = new RoundRobin<>(deviceCodes);
        return Exchange.of(() -> api.poll(Parameters.GRANT_TYPE, codes.next(), Parameters.CLIENT_ID)
                .onFailure(WebApplicationException.class)
                .recoverWithItem(failure -> ((WebApplicationException) failure).getResponse().readEntity(TokenAnswer.class))
                .onItem().invoke(answer -> Exchange.requirePending(answer.error())));
    }
}

package io.quarkiverse.deviceauthorization.benchmarks.contender;

import java.util.List;

import jakarta.inject.Named;
import jakarta.inject.Singleton;

import io.quarkus.rest.client.reactive.QuarkusRestClientBuilder;
import io.vertx.core.Vertx;

/** A REST client interface, and nothing else: the floor for whatever is built on one. */
@Singleton
@Named("bare")
class Bare implements Contender {

    private final BareApi api;
    private final Vertx vertx;

    Bare(StubEndpoints stub, Vertx vertx) {
        this.api = QuarkusRestClientBuilder.newBuilder().baseUri(stub.base()).disableDefaultMapper(true).build(BareApi.class);
        this.vertx = vertx;
    }

    @Override
    public Exchange start() {
        return Exchange.of(() -> api.start(Parameters.CLIENT_ID, Parameters.SCOPE).onItem()
                .invoke(answer -> Exchange.require(answer.getEntity().deviceCode() != null, answer)));
    }

    @Override
    public Exchange blockingStart() {
        return (Exchange.Blocking) () -> {
            DeviceCodes codes = api.startAndWait(Parameters.CLIENT_ID, Parameters.SCOPE).getEntity();
            Exchange.require(codes.deviceCode() != null, codes);
        };
    }

    @Override
    public Exchange poll(List<String> deviceCodes) {
        RoundRobin<String> codes = new RoundRobin<>(deviceCodes);
        return Exchange.of(() -> api.poll(Parameters.GRANT_TYPE, codes.next(), Parameters.CLIENT_ID).onItem()
                .invoke(answer -> Exchange.requirePending(answer.readEntity(TokenAnswer.class).error())));
    }

    @Override
    public PendingFlows pendingFlows() {
        return new BareFlows(api, vertx);
    }
}

package io.quarkiverse.deviceauthorization.benchmarks.contender;

import java.util.List;

import jakarta.inject.Named;
import jakarta.inject.Singleton;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;

/** {@code WebClient} of Vert.x. */
@Singleton
@Named("web-client")
class WebClientContender implements Contender {

    private final HttpRequest<Buffer> device;
    private final HttpRequest<Buffer> token;

    WebClientContender(Vertx vertx, StubEndpoints stub) {
        WebClient client = WebClient.create(vertx, new WebClientOptions().setMaxPoolSize(64));
        this.device = client.postAbs(stub.device().toString());
        this.token = client.postAbs(stub.token().toString());
    }

    @Override
    public Exchange start() {
        return Exchange.ofFuture(() -> send(device, MultiMap.caseInsensitiveMultiMap()
                .add("client_id", Parameters.CLIENT_ID).add("scope", Parameters.SCOPE))
                .onSuccess(codes -> Exchange.require(codes.getString("device_code") != null, codes)));
    }

    @Override
    public Exchange poll(List<String> deviceCodes) {
        RoundRobin<String> codes = new RoundRobin<>(deviceCodes);
        return Exchange.ofFuture(() -> send(token, MultiMap.caseInsensitiveMultiMap()
                .add("grant_type", Parameters.GRANT_TYPE).add("device_code", codes.next())
                .add("client_id", Parameters.CLIENT_ID))
                .onSuccess(answer -> Exchange.requirePending(answer.getString("error"))));
    }

    private static Future<JsonObject> send(HttpRequest<Buffer> request, MultiMap form) {
        return request.copy().sendForm(form).map(response -> response.bodyAsJsonObject());
    }
}

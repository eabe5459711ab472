package io.quarkiverse.deviceauthorization.deployment.filter;

import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import io.quarkiverse.deviceauthorization.DeviceAuthorization;
import io.quarkiverse.deviceauthorization.PendingAuthorization;
import io.quarkiverse.deviceauthorization.Tokens;
import io.quarkiverse.deviceauthorization.deployment.Http;
import io.quarkiverse.deviceauthorization.event.Refreshed;
import io.quarkus.rest.client.reactive.QuarkusRestClientBuilder;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/** A protected resource that takes any token but those that the test refuses, and remembers what it was sent. */
@Singleton
public class Api {

    /** A request that was received. */
    record Call(String method, String path, MultiMap headers, String body, String connection) {

        String authorization() {
            return headers.get("Authorization");
        }
    }

    private final List<Call> calls = new CopyOnWriteArrayList<>();
    private final List<Refreshed> refreshes = new CopyOnWriteArrayList<>();
    private final Set<String> refused = ConcurrentHashMap.newKeySet();
    private final HttpServer server;
    private volatile boolean refuseAll;
    private volatile int refusals = 1;
    private volatile BiConsumer<Call, HttpServerResponse> answers = (call, response) -> response.end("hello");

    @Inject
    Api(Vertx vertx) throws Exception {
        server = vertx.createHttpServer().requestHandler(this::receive).listen(0, "localhost").toCompletionStage()
                .toCompletableFuture().get();
    }

    private void receive(HttpServerRequest request) {
        request.body().onSuccess(body -> {
            Call call = new Call(request.method().name(), request.path(), request.headers(), body.toString(),
                    request.connection().remoteAddress().toString());
            calls.add(call);
            if (call.authorization() == null || refuseAll || refused.contains(call.authorization())) {
                request.response().setStatusCode(401).putHeader("Content-Type", "text/plain")
                        .end("who are you?".repeat(refusals));
            } else {
                answers.accept(call, request.response());
            }
        });
    }

    URI uri() {
        return URI.create("http://localhost:" + server.actualPort());
    }

    /** @return a new REST client, whose connections nobody else uses */
    <T> T client(Class<T> type) {
        return builder().build(type);
    }

    QuarkusRestClientBuilder builder() {
        return QuarkusRestClientBuilder.newBuilder().baseUri(uri());
    }

    /** Forgets what was. */
    void reset() {
        calls.clear();
        refreshes.clear();
        refused.clear();
        refuseAll = false;
        refusals = 1;
        answers = (call, response) -> response.end("hello");
    }

    void refuse(Tokens tokens) {
        refused.add(tokens.authorizationHeader());
    }

    void refuseAll() {
        refuseAll = true;
    }

    /** Refusals are long enough to come in several pieces. */
    void refuseAtLength() {
        refusals = 100_000;
    }

    void answer(BiConsumer<Call, HttpServerResponse> answers) {
        this.answers = answers;
    }

    List<Call> calls() {
        return calls;
    }

    List<String> authorizations() {
        return calls.stream().map(Call::authorization).toList();
    }

    /** @return how many connections the calls came by */
    long connections() {
        return calls.stream().map(Call::connection).distinct().count();
    }

    int refreshes() {
        return refreshes.size();
    }

    void count(@Observes Refreshed refreshed) {
        refreshes.add(refreshed);
    }

    /** Lets alice approve. */
    static Tokens signIn(DeviceAuthorization client) {
        return signIn(client, "alice");
    }

    /** Lets a person approve. */
    static Tokens signIn(DeviceAuthorization client, String user) {
        PendingAuthorization pending = client.start();
        Http.decide(FilterApplication.server(), "approve", pending.userCode() + "&user=" + user);
        return client.await(pending);
    }

    @PreDestroy
    void close() {
        server.close();
    }
}

package io.quarkiverse.deviceauthorization.deployment.filter;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import org.awaitility.Awaitility;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;

import io.quarkiverse.deviceauthorization.DeviceAuthorization;
import io.quarkiverse.deviceauthorization.PendingAuthorization;
import io.quarkiverse.deviceauthorization.Tokens;
import io.quarkiverse.deviceauthorization.deployment.Http;
import io.quarkiverse.deviceauthorization.event.Refreshed;
import io.quarkiverse.deviceauthorization.event.Started;
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

        /** The claims of the DPoP proof. */
        JwtClaims proof() {
            try {
                return new JwtConsumerBuilder().setSkipAllValidators().setSkipSignatureVerification().build()
                        .processToClaims(headers.get("DPoP"));
            } catch (InvalidJwtException e) {
                throw new AssertionError(e);
            }
        }
    }

    private final List<Call> calls = new CopyOnWriteArrayList<>();
    private final AtomicInteger refreshes = new AtomicInteger();
    private final AtomicInteger starts = new AtomicInteger();
    private final Set<String> refused = ConcurrentHashMap.newKeySet();
    private final DeviceAuthorization client;
    private final HttpServer server;
    private volatile boolean refuseAll;
    private volatile int refusals = 1;
    private volatile BiConsumer<Call, HttpServerResponse> answers = (call, response) -> response.end("hello");

    @Inject
    Api(DeviceAuthorization client, Vertx vertx) throws Exception {
        this.client = client;
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
        refreshes.set(0);
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

    /**
     * @return how often tokens were refreshed: events come one after another, so that nothing is missed when a later one is
     *         there
     */
    int refreshes() {
        int before = starts.get();
        client.start();
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> starts.get() > before);
        return refreshes.get();
    }

    void count(@Observes Refreshed refreshed) {
        refreshes.incrementAndGet();
    }

    void count(@Observes Started started) {
        starts.incrementAndGet();
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

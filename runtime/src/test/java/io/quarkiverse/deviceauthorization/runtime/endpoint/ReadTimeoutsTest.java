package io.quarkiverse.deviceauthorization.runtime.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.vertx.core.AbstractVerticle;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.impl.VertxInternal;

@DisplayName("A request that is not answered at once")
@Timeout(60)
class ReadTimeoutsTest {

    private static final Duration TIME = Duration.ofSeconds(1);

    private final VertxInternal vertx = (VertxInternal) Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));
    private final Context context = vertx.createEventLoopContext();
    private final Context elsewhere = vertx.createEventLoopContext(); // on the other event loop
    private final HttpClient client = vertx.createHttpClient();
    private final AnswerLimits limits = new AnswerLimits(TIME);
    private ServerSocket server;

    @BeforeEach
    void listen() throws Exception {
        server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void close() throws Exception {
        server.close();
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @Test
    @DisplayName("ends when its time is over")
    void tooLate() throws Exception {
        CompletableFuture<String> answer = ask(context);
        try (Socket connection = server.accept()) {
            connection.getInputStream().read();

            assertThat(answer).failsWithin(20, TimeUnit.SECONDS).withThrowableThat().havingRootCause()
                    .isInstanceOf(TimeoutException.class);
        }
    }

    @Test
    @DisplayName("ends also when the verticle has gone whose request was the first on the same event loop")
    void verticleThatEnds() throws Exception {
        CompletableFuture<Context> verticle = new CompletableFuture<>();
        String deployment = vertx.deployVerticle(new AbstractVerticle() {
            @Override
            public void start() {
                verticle.complete(context);
            }
        }).toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        CompletableFuture<String> first = ask(verticle.get(10, TimeUnit.SECONDS));
        try (Socket connection = server.accept()) {
            connection.getInputStream().read();
            vertx.undeploy(deployment).toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
            CompletableFuture<String> second = ask(context);
            try (Socket next = server.accept()) {
                next.getInputStream().read();

                assertThat(second).failsWithin(20, TimeUnit.SECONDS).withThrowableThat().havingRootCause()
                        .isInstanceOf(TimeoutException.class);
                assertThat(first).failsWithin(20, TimeUnit.SECONDS);
            }
        }
    }

    /** An answer that waits in its socket is read by one event loop, while the caller's event loop counts the time. */
    @Test
    @DisplayName("is read when the process has stood still for longer than that, whichever event loop goes on first")
    void standstill() throws Exception {
        HttpClient oneConnection = vertx.createHttpClient(new PoolOptions().setHttp1MaxSize(1));
        CompletableFuture<String> first = ask(elsewhere, oneConnection);
        try (Socket connection = server.accept()) {
            receive(connection);
            answer(connection, "first");
            assertThat(first).succeedsWithin(20, TimeUnit.SECONDS).isEqualTo("first");

            CompletableFuture<String> second = ask(context, oneConnection);
            receive(connection);
            CountDownLatch reader = standStill(elsewhere);
            CountDownLatch caller = standStill(context);
            answer(connection, "second");
            pause(TIME.multipliedBy(2));
            caller.countDown();
            pause(TIME.dividedBy(20));
            reader.countDown();

            assertThat(second).succeedsWithin(20, TimeUnit.SECONDS).isEqualTo("second");
        }
    }

    private static void receive(Socket connection) throws IOException {
        String request = "";
        while (!request.endsWith("device_code=x")) {
            int next = connection.getInputStream().read();
            assertThat(next).as("a byte of a request").isNotNegative();
            request += (char) next;
        }
    }

    private static void answer(Socket connection, String text) throws IOException {
        connection.getOutputStream().write(("HTTP/1.1 200 OK\r\nContent-Length: " + text.length() + "\r\n\r\n" + text)
                .getBytes(StandardCharsets.US_ASCII));
    }

    /** @return lets it go on */
    private static CountDownLatch standStill(Context eventLoop) throws InterruptedException {
        CountDownLatch standing = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        eventLoop.runOnContext(nothing -> {
            standing.countDown();
            try {
                end.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        standing.await();
        return end;
    }

    private static void pause(Duration time) throws InterruptedException {
        new CountDownLatch(1).await(time.toMillis(), TimeUnit.MILLISECONDS);
    }

    private CompletableFuture<String> ask(Context caller) {
        return ask(caller, client);
    }

    /** Asks as the REST client does: HTTP's own time-out is the same. */
    private CompletableFuture<String> ask(Context caller, HttpClient client) {
        CompletableFuture<String> answer = new CompletableFuture<>();
        caller.runOnContext(nothing -> client
                .request(new RequestOptions().setMethod(HttpMethod.POST).setHost("127.0.0.1").setPort(server.getLocalPort())
                        .setURI("/token").setTimeout(TIME.toMillis()))
                .compose(request -> {
                    limits.accept(request);
                    return request.send("device_code=x");
                })
                .compose(response -> response.body())
                .onComplete(body -> {
                    if (body.succeeded()) {
                        answer.complete(body.result().toString());
                    } else {
                        answer.completeExceptionally(body.cause());
                    }
                }));
        return answer;
    }
}

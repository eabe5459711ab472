package io.quarkiverse.deviceauthorization.runtime.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
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
import io.vertx.core.http.RequestOptions;

@DisplayName("A request that is not answered at once")
@Timeout(60)
class ReadTimeoutsTest {

    private static final Duration TIME = Duration.ofMillis(400);

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final Context context = vertx.getOrCreateContext();
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
            try (Socket another = server.accept()) {
                another.getInputStream().read();

                assertThat(second).failsWithin(20, TimeUnit.SECONDS).withThrowableThat().havingRootCause()
                        .isInstanceOf(TimeoutException.class);
                assertThat(first).failsWithin(20, TimeUnit.SECONDS);
            }
        }
    }

    /** Asks as the REST client does: HTTP's own time-out is the same. */
    private CompletableFuture<String> ask(Context caller) {
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

package io.quarkiverse.deviceauthorization.devserver;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.JsonNode;

class ExchangeListenerTest {

    private final List<String> received = Collections.synchronizedList(new ArrayList<>());
    private final List<SentAnswer> announced = Collections.synchronizedList(new ArrayList<>());
    private final BlockingQueue<SentAnswer> answered = new LinkedBlockingQueue<>();
    private final CompletableFuture<Void> mayGoOn = new CompletableFuture<>();
    private final DeviceAuthorizationServer server = DeviceAuthorizationServer.builder().listener(new ExchangeListener() {

        @Override
        public void received(ReceivedRequest request) {
            received.add(request.path());
            if (request.parameter("grant_type").isPresent()) {
                mayGoOn.join();
            }
        }

        @Override
        public void answering(ReceivedRequest request, SentAnswer answer) {
            announced.add(answer);
        }

        @Override
        public void answered(ReceivedRequest request, SentAnswer answer) {
            answered.add(answer);
        }
    }).start();
    private final Http http = new Http(server);

    @AfterEach
    void close() {
        server.close();
    }

    private SentAnswer nextAnswer() throws InterruptedException {
        return answered.poll(10, TimeUnit.SECONDS);
    }

    @Test
    void aRequestIsHeldUntilTheListenerLetsItGoOn() throws Exception {
        JsonNode flow = http.start("offline_access");
        assertThat(nextAnswer()).as("the answer with the codes").isNotNull().satisfies(
                answer -> assertThat(answer.body()).contains(flow.get("device_code").asText()));

        CompletableFuture<HttpResponse<String>> poll = CompletableFuture.supplyAsync(() -> http.poll(flow));
        http.get("/dev/script");
        server.script().approve("alice"); // while the poll is held: what comes after it decides
        mayGoOn.complete(null);

        assertThat(poll.get(10, TimeUnit.SECONDS).statusCode()).as("status of the held poll").isEqualTo(200);
        SentAnswer tokens = nextAnswer();
        assertThat(tokens.status()).isEqualTo(200);
        assertThat(tokens.body()).isEqualTo(poll.get().body());
        assertThat(announced).as("what was told before it was sent").last().isEqualTo(tokens);
        assertThat(tokens.toString()).as("what is shown of an answer").isEqualTo("200, " + tokens.body().length()
                + " characters");
        assertThat(received).as("requests, without the script").containsExactly("/oauth/device/code", "/oauth/token");
    }

    @Test
    void aListenerThatFailsFailsTheRequestAndTheLogTellsWhy() throws Exception {
        mayGoOn.completeExceptionally(new IllegalStateException("The listener is gone"));
        List<LogRecord> logged = new CopyOnWriteArrayList<>();
        Logger logger = Logger.getLogger(Dispatcher.class.getName());
        Handler handler = new Handler() {

            @Override
            public void publish(LogRecord entry) {
                logged.add(entry);
            }

            @Override
            public void flush() {
                // nothing is buffered
            }

            @Override
            public void close() {
                // nothing is open
            }
        };
        logger.addHandler(handler);
        try {
            HttpResponse<String> answer = http.refresh("unknown");

            assertThat(answer.statusCode()).isEqualTo(500);
            assertThat(answer.body()).contains("server_error", "The development authorization server failed; see its log");
            assertThat(logged).singleElement().satisfies(entry -> {
                assertThat(entry.getMessage()).isEqualTo("The development authorization server failed");
                assertThat(entry.getThrown()).hasStackTraceContaining("The listener is gone");
            });
        } finally {
            logger.removeHandler(handler);
        }
    }

    @Test
    void anAnswerOfTheScriptIsTold() throws Exception {
        mayGoOn.complete(null);
        server.script().answer(Endpoint.TOKEN, 503, "text/plain", "busy");
        http.refresh("unknown");
        assertThat(nextAnswer()).isEqualTo(new SentAnswer(503, "busy"));
    }
}

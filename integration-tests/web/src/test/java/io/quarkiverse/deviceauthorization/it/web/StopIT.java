package io.quarkiverse.deviceauthorization.it.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import io.quarkiverse.deviceauthorization.devserver.DeviceAuthorizationServer;

@DisplayName("A server where thousands of people are about to sign in")
class StopIT {

    private static final int PEOPLE = 2_000;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Those in flight have 3 seconds; the rest is for a busy machine. One after the other they would take minutes. */
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    @DisplayName("stops within seconds when it is told to, and has nothing to complain about")
    void stops() throws Exception {
        try (DeviceAuthorizationServer server = DeviceAuthorizationServer.builder().interval(Duration.ofSeconds(2)).start();
                PackagedApplication application = new PackagedApplication(server.issuer())) {
            signIn(application.port());

            application.process().toHandle().destroy(); // which leaves its output open
            long begin = System.nanoTime();
            List<String> output = application.rest();
            assertThat(application.process().waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).as("it has stopped").isTrue();
            Duration took = Duration.ofNanos(System.nanoTime() - begin);

            assertThat(output).anyMatch(line -> line.contains("stopped in"))
                    .noneMatch(line -> line.contains(" WARN ") || line.contains(" ERROR "));
            assertThat(took).as("from SIGTERM to the end").isLessThan(LIMIT);
        }
    }

    private void signIn(int port) throws Exception {
        ExecutorService people = Executors.newFixedThreadPool(8);
        try {
            List<Callable<Integer>> starts = IntStream.range(0, PEOPLE).<Callable<Integer>> mapToObj(
                    person -> () -> start("http://localhost:" + port + "/accounts/person" + person + "/sign-in?follow=true"))
                    .toList();
            for (Future<Integer> start : people.invokeAll(starts)) {
                assertThat(start.get()).isEqualTo(200);
            }
        } finally {
            people.shutdown();
        }
    }

    private int start(String url) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(URI.create(url)).timeout(PATIENCE)
                .POST(HttpRequest.BodyPublishers.noBody()).build(), HttpResponse.BodyHandlers.discarding()).statusCode();
    }
}

package io.quarkiverse.deviceauthorization.benchmarks.contender;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

import jakarta.inject.Named;
import jakarta.inject.Singleton;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;

/** The HTTP client of Java and Jackson, by hand. */
@Singleton
@Named("java.net.http")
class JavaNetHttp implements Contender {

    private static final ObjectReader DEVICE_CODES = new ObjectMapper().readerFor(DeviceCodes.class);
    private static final ObjectReader TOKEN_ANSWER = new ObjectMapper().readerFor(TokenAnswer.class);

    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final StubEndpoints stub;

    JavaNetHttp(StubEndpoints stub) {
        this.stub = stub;
    }

    @Override
    public Exchange start() {
        String form = "client_id=" + Parameters.CLIENT_ID + "&scope=" + encode(Parameters.SCOPE);
        return exchange(stub.device(), () -> form, body -> {
            DeviceCodes codes = read(DEVICE_CODES, body);
            Exchange.require(codes.deviceCode() != null, codes);
        });
    }

    @Override
    public Exchange poll(List<String> deviceCodes) {
        RoundRobin<String> codes = new RoundRobin<>(deviceCodes);
        return exchange(stub.token(), () -> "grant_type=" + encode(Parameters.GRANT_TYPE) + "&device_code="
                + encode(codes.next()) + "&client_id=" + Parameters.CLIENT_ID,
                body -> {
                    TokenAnswer answer = read(TOKEN_ANSWER, body);
                    Exchange.requirePending(answer.error());
                });
    }

    private Exchange.Asynchronous exchange(URI endpoint, Supplier<String> form, Consumer<byte[]> read) {
        return (answered, failed) -> client.sendAsync(HttpRequest.newBuilder(endpoint)
                .header("Content-Type", "application/x-www-form-urlencoded").header("Accept", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(form.get())).build(), HttpResponse.BodyHandlers.ofByteArray())
                .thenAccept(response -> read.accept(response.body()))
                .whenComplete((nothing, failure) -> {
                    if (failure == null) {
                        answered.run();
                    } else {
                        failed.accept(failure);
                    }
                });
    }

    private static String encode(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    private static <T> T read(ObjectReader reader, byte[] body) {
        try {
            return reader.readValue(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

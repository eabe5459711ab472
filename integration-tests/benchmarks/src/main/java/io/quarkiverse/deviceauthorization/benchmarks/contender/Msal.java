package io.quarkiverse.deviceauthorization.benchmarks.contender;

import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;

import jakarta.inject.Named;
import jakarta.inject.Singleton;

import com.microsoft.aad.msal4j.DeviceCodeFlowParameters;
import com.microsoft.aad.msal4j.HttpRequest;
import com.microsoft.aad.msal4j.IHttpResponse;
import com.microsoft.aad.msal4j.PublicClientApplication;

/**
 * MSAL4J. It takes https only, so an HTTP client like its own sends everything to the stub. A flow ends once the person would
 * be told the code: its polling can't be had alone.
 */
@Singleton
@Named("msal4j")
class Msal implements Contender {

    private static final class Told extends RuntimeException {

        private static final Told ONCE = new Told();

        private Told() {
            super(null, null, false, false);
        }
    }

    private record Answer(int statusCode, Map<String, List<String>> headers, String body) implements IHttpResponse {
    }

    private final PublicClientApplication application;
    private final URL device;
    private final DeviceCodeFlowParameters parameters = DeviceCodeFlowParameters.builder(Set.of("profile"), codes -> {
        Exchange.require(codes.deviceCode() != null, codes);
        throw Told.ONCE;
    }).build();

    Msal(StubEndpoints stub) throws MalformedURLException {
        this.device = stub.device().toURL();
        this.application = PublicClientApplication.builder(Parameters.CLIENT_ID)
                .authority("https://login.microsoftonline.com/organizations/")
                .instanceDiscovery(false)
                .executorService(Executors.newFixedThreadPool(64))
                .httpClient(this::send)
                .build();
    }

    private IHttpResponse send(HttpRequest request) throws Exception {
        Exchange.require(request.url().getPath().endsWith("/devicecode"), request.url());
        HttpURLConnection connection = (HttpURLConnection) device.openConnection();
        connection.setRequestMethod("POST");
        request.headers().forEach(connection::setRequestProperty);
        connection.setDoOutput(true);
        connection.getOutputStream().write(request.body().getBytes(StandardCharsets.UTF_8));
        try (InputStream body = connection.getInputStream()) {
            return new Answer(connection.getResponseCode(), Map.of("Content-Type", List.of(connection.getContentType())),
                    new String(body.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    @Override
    public Exchange start() {
        return (Exchange.Asynchronous) (answered, failed) -> application.acquireToken(parameters)
                .whenComplete((result, failure) -> {
                    if (failure != null && (failure == Told.ONCE || failure.getCause() == Told.ONCE)) {
                        answered.run();
                    } else {
                        failed.accept(failure);
                    }
                });
    }
}

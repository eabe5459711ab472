package io.quarkiverse.deviceauthorization.runtime.dev;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.util.Map;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;

/** The script of the Dev Service, over HTTP: it runs behind another class loader, or in another application that shares it. */
final class DevServer {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int TIMEOUT_MILLIS = 5000;

    private final URI script;

    /** @param issuer the URL of the Dev Service, and of no other server: what is done here nobody else should be asked for */
    DevServer(String issuer) {
        this.script = URI.create(issuer + "/dev/script");
    }

    /** @return the flows, the queue, the counters and the users */
    Map<String, Object> state() {
        return send("GET", null);
    }

    /**
     * @param parameters what to do
     * @return the state after it
     * @throws IllegalArgumentException if the server refuses, with its reason
     */
    Map<String, Object> run(Map<String, String> parameters) {
        return send("POST", parameters);
    }

    private Map<String, Object> send(String method, Map<String, String> parameters) {
        try {
            HttpURLConnection connection = (HttpURLConnection) script.toURL().openConnection(Proxy.NO_PROXY);
            try {
                connection.setRequestMethod(method);
                connection.setConnectTimeout(TIMEOUT_MILLIS);
                connection.setReadTimeout(TIMEOUT_MILLIS);
                connection.setInstanceFollowRedirects(false);
                if (parameters != null) {
                    connection.setDoOutput(true);
                    connection.setRequestProperty("Content-Type", "application/json");
                    try (OutputStream body = connection.getOutputStream()) {
                        JSON.writeValue(body, parameters);
                    }
                }
                return answer(connection);
            } finally {
                connection.disconnect();
            }
        } catch (IOException e) {
            throw new IllegalStateException("The Dev Service did not answer: " + e.getMessage(), e);
        }
    }

    private static Map<String, Object> answer(HttpURLConnection connection) throws IOException {
        int status = connection.getResponseCode();
        try (InputStream body = status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
            Map<String, Object> members = JSON.readValue(body, new TypeReference<>() {
            });
            if (status != 200) {
                throw new IllegalArgumentException(String.valueOf(members.get("error_description")));
            }
            return members;
        }
    }
}

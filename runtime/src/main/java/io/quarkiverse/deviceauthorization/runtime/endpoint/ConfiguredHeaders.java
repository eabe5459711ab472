package io.quarkiverse.deviceauthorization.runtime.endpoint;

import java.util.Map;

import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientRequestFilter;
import jakarta.ws.rs.core.HttpHeaders;

/** Adds the headers that each request has: nothing may be cached (RFC 6749 §5.1), and what the configuration says. */
final class ConfiguredHeaders implements ClientRequestFilter {

    private final Map<String, String> headers;

    ConfiguredHeaders(Map<String, String> headers) {
        this.headers = headers;
    }

    @Override
    public void filter(ClientRequestContext request) {
        request.getHeaders().putSingle(HttpHeaders.CACHE_CONTROL, "no-store");
        headers.forEach(request.getHeaders()::putSingle);
    }
}

package io.quarkiverse.deviceauthorization.runtime.endpoint;

import java.lang.annotation.Annotation;
import java.util.Map;

import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientRequestFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;

import io.quarkiverse.deviceauthorization.provider.ProviderRequest.Format;

/**
 * Adds the headers that each request has, since nothing may be cached (RFC 6749 §5.1), then those of the configuration, then
 * those of the request itself, and leaves its body to be sent.
 */
final class RequestHeaders implements ClientRequestFilter {

    private static final Annotation[] NONE = {};

    private final Map<String, String> configured;

    RequestHeaders(Map<String, String> configured) {
        this.configured = configured;
    }

    @Override
    public void filter(ClientRequestContext context) {
        context.getHeaders().putSingle(HttpHeaders.CACHE_CONTROL, "no-store");
        configured.forEach(context.getHeaders()::putSingle);
        if (context.getEntity() instanceof OutgoingRequest request) {
            boolean json = request.format() == Format.JSON;
            // otherwise it is what the interface says
            context.getHeaders().putSingle(HttpHeaders.CONTENT_TYPE,
                    json ? MediaType.APPLICATION_JSON : MediaType.APPLICATION_FORM_URLENCODED);
            request.headers().forEach(context.getHeaders()::putSingle);
            context.setEntity(request.body(), NONE,
                    json ? MediaType.APPLICATION_JSON_TYPE : MediaType.APPLICATION_FORM_URLENCODED_TYPE);
        }
    }
}

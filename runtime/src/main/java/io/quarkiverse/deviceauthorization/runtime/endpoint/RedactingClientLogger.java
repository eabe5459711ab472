package io.quarkiverse.deviceauthorization.runtime.endpoint;

import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.client.api.ClientLogger;

import io.quarkiverse.deviceauthorization.runtime.logging.FlowContext;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;

/**
 * What {@code quarkus.rest-client.logging.*} writes of our requests: method, URL, status. Bodies and headers are made of device
 * codes, tokens and credentials, and are left out.
 */
final class RedactingClientLogger implements ClientLogger {

    private static final Logger LOG = Logger.getLogger("org.jboss.resteasy.reactive.client.logging");

    @Override
    public void setBodySize(int bodySize) {
        // nothing of a body is written
    }

    @Override
    public void logRequest(HttpClientRequest request, Buffer body, boolean omitBody) {
        FlowContext.runForCall(() -> LOG.debugf("Request: %s %s Headers and body[hidden]", request.getMethod(),
                request.absoluteURI()));
    }

    @Override
    public void logResponse(HttpClientResponse response, boolean redirect) {
        FlowContext.runForCall(() -> LOG.debugf("Response: %s %s, Status[%s], Headers and body[hidden]",
                response.request().getMethod(), response.request().absoluteURI(), response.statusCode()));
    }
}

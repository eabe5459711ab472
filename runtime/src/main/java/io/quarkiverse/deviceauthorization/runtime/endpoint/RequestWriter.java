package io.quarkiverse.deviceauthorization.runtime.endpoint;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.quarkiverse.deviceauthorization.provider.ProviderRequest;

/** Writes the body of a request: a form in UTF-8 (RFC 6749, appendix B), or a JSON object. */
final class RequestWriter {

    private static final ObjectMapper JSON = new ObjectMapper();

    private RequestWriter() {
    }

    static OutgoingRequest write(ProviderRequest request) {
        byte[] body = request.format() == ProviderRequest.Format.JSON ? json(request.parameters()) : form(request.parameters());
        return new OutgoingRequest(request.format(), body, request.headers());
    }

    private static byte[] form(Map<String, List<String>> parameters) {
        StringBuilder body = new StringBuilder(128);
        parameters.forEach((name, values) -> {
            for (String value : values) {
                if (!body.isEmpty()) {
                    body.append('&');
                }
                body.append(URLEncoder.encode(name, StandardCharsets.UTF_8)).append('=')
                        .append(URLEncoder.encode(value, StandardCharsets.UTF_8));
            }
        });
        return body.toString().getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] json(Map<String, List<String>> parameters) {
        Map<String, Object> members = new LinkedHashMap<>();
        parameters.forEach((name, values) -> members.put(name, values.size() == 1 ? values.get(0) : values));
        try {
            return JSON.writeValueAsBytes(members);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Texts can be written as JSON", e);
        }
    }
}

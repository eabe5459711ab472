package io.quarkiverse.deviceauthorization.runtime.endpoint;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import io.quarkiverse.deviceauthorization.provider.ProviderRequest;

/** Writes the body of a request: a form in UTF-8 (RFC 6749, appendix B), or a JSON object. */
final class RequestWriter {

    private RequestWriter() {
    }

    static OutgoingRequest write(ProviderRequest request) {
        byte[] body = request.format() == ProviderRequest.Format.JSON ? JsonObjects.write(request.parameters())
                : form(request.parameters());
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
}

package io.quarkiverse.deviceauthorization.runtime.endpoint;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

import io.quarkiverse.deviceauthorization.provider.ProviderRequest.Format;

/**
 * What one request carries, ready to be sent.
 *
 * @param format how the body is written
 * @param body the body
 * @param headers the headers, besides those that every request has
 */
@SuppressWarnings("ArrayRecordComponent") // it is sent, and never compared
public record OutgoingRequest(Format format, byte[] body, Map<String, String> headers) {

    OutgoingRequest with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new OutgoingRequest(format, body, Collections.unmodifiableMap(more));
    }

    /** Shows how large it is, and nothing of it: it is made of secrets. */
    @Override
    public String toString() {
        return "OutgoingRequest[format=" + format + ", " + body.length + " bytes, headers=" + headers.keySet() + "]";
    }
}

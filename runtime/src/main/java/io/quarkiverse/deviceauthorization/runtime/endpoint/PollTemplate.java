package io.quarkiverse.deviceauthorization.runtime.endpoint;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

import io.quarkiverse.deviceauthorization.Secret;
import io.quarkiverse.deviceauthorization.provider.ProviderRequest.Format;

/**
 * The token requests of flows that ask for what the configuration says: they differ in their device code only, and what is
 * around it is written once, so that thousands of flows that wait keep no request each.
 */
final class PollTemplate {

    /** Looks like no other part of a request. */
    private static final String PLACEHOLDER = "d3v1c3-c0d3-0f-th3-t3mpl4t3";

    /** Shows whether a provider's adapter does more with the code than to send it. */
    private static final String OTHER = "an=other & {\"code\": \"é\"}";

    private final byte[] before;
    private final byte[] after;
    private final Map<String, String> headers;

    private PollTemplate(String body, Map<String, String> headers) {
        int code = body.indexOf(PLACEHOLDER);
        this.before = ascii(body.substring(0, code));
        this.after = ascii(body.substring(code + PLACEHOLDER.length()));
        this.headers = headers;
    }

    /**
     * @param writer writes the request for a device code
     * @return the template; empty where requests differ in more than the code, or hold it in another form
     */
    static Optional<PollTemplate> of(Function<String, OutgoingRequest> writer) {
        OutgoingRequest sample = writer.apply(PLACEHOLDER);
        String body = new String(sample.body(), StandardCharsets.US_ASCII);
        if (sample.format() != Format.FORM || !body.contains(PLACEHOLDER)) {
            return Optional.empty();
        }
        PollTemplate template = new PollTemplate(body, sample.headers());
        OutgoingRequest other = writer.apply(OTHER);
        OutgoingRequest filled = template.with(Secret.of(OTHER));
        return Arrays.equals(filled.body(), other.body()) && filled.headers().equals(other.headers()) ? Optional.of(template)
                : Optional.empty();
    }

    OutgoingRequest with(Secret deviceCode) {
        byte[] code = ascii(URLEncoder.encode(deviceCode.value(), StandardCharsets.UTF_8));
        byte[] body = Arrays.copyOf(before, before.length + code.length + after.length);
        System.arraycopy(code, 0, body, before.length, code.length);
        System.arraycopy(after, 0, body, before.length + code.length, after.length);
        return new OutgoingRequest(Format.FORM, body, headers);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}

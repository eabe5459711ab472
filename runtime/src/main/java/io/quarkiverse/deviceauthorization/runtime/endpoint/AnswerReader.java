package io.quarkiverse.deviceauthorization.runtime.endpoint;

import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** Reads answers, whatever the server labels them: a JSON object or a form, within limits; anything else is unreadable. */
final class AnswerReader {

    private static final Duration LONGEST_WAIT = Duration.ofDays(1);

    private final InstantSource clock;

    AnswerReader(InstantSource clock) {
        this.clock = clock;
    }

    Answer read(Response response) {
        byte[] body = body(response);
        String sentType = response.getHeaderString(HttpHeaders.CONTENT_TYPE);
        String contentType = sentType == null ? "no content type" : CleanText.of(sentType);
        Map<String, Object> members = body == null ? null : members(body, contentType.toLowerCase(Locale.ROOT));
        return new Answer(response.getStatus(), contentType, members == null ? Map.of() : members, members != null,
                retryAfter(response.getHeaderString(HttpHeaders.RETRY_AFTER)),
                Optional.ofNullable(response.getHeaderString(HttpHeaders.LOCATION)).map(AnswerReader::withoutQuery));
    }

    /** The REST client has received the whole body. Asked for an array, it would make one of 8 KB first. */
    private static byte[] body(Response response) {
        if (!response.hasEntity()) {
            return null;
        }
        if (!(response.getEntity() instanceof InputStream received)) {
            return response.readEntity(byte[].class);
        }
        try (received) {
            return received.readNBytes(received.available());
        } catch (IOException e) {
            throw new ProcessingException(e);
        }
    }

    private static Map<String, Object> members(byte[] body, String contentType) {
        String text = BodyText.of(body, contentType).orElse("").strip();
        if (text.startsWith("{")) {
            return json(text);
        }
        return !text.isEmpty() && contentType.startsWith(MediaType.APPLICATION_FORM_URLENCODED) ? form(text) : null;
    }

    /** A query may hold what is nobody's business. */
    private static String withoutQuery(String location) {
        return CleanText.of(location.split("[?#;]", 2)[0]);
    }

    /** A truncated or broken object is no answer, and a good one is not less good for what follows it. */
    private static Map<String, Object> json(String text) {
        try {
            return JsonObjects.read(text);
        } catch (IOException e) {
            return null;
        }
    }

    private static Map<String, Object> form(String text) {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (String field : text.split("&")) {
            int equals = field.indexOf('=');
            if (equals <= 0) {
                return null;
            }
            try {
                fields.put(URLDecoder.decode(field.substring(0, equals), StandardCharsets.UTF_8),
                        URLDecoder.decode(field.substring(equals + 1), StandardCharsets.UTF_8));
            } catch (IllegalArgumentException e) {
                return null;
            }
        }
        return fields;
    }

    private Optional<Duration> retryAfter(String header) {
        if (header == null) {
            return Optional.empty();
        }
        String text = header.strip();
        if (text.matches("[0-9]{1,9}")) {
            return Optional.of(shorter(Duration.ofSeconds(Long.parseLong(text))));
        }
        try {
            Instant until = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
            return Optional.of(Duration.between(clock.instant(), until)).filter(wait -> !wait.isNegative())
                    .map(AnswerReader::shorter);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** Some dates are further away than nanoseconds can count. */
    private static Duration shorter(Duration wait) {
        return wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
    }
}

package io.quarkiverse.deviceauthorization.devserver;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A request as received.
 *
 * @param method the HTTP method
 * @param path the path, decoded
 * @param rawQuery the query as received, or null
 * @param headers the headers; names in lower case
 * @param body the body, decoded as UTF-8
 */
record Request(String method, String path, String rawQuery, Map<String, List<String>> headers, String body) {

    private static final String FORM = "application/x-www-form-urlencoded";

    Optional<String> header(String name) {
        return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()).stream().findFirst();
    }

    /** Whether this is the origin that the request itself went to; the server speaks plain HTTP only. */
    boolean isOwnOrigin(String origin) {
        return origin.equals("http://" + header("Host").orElse(""));
    }

    boolean hasContentType(String mediaType) {
        return header("Content-Type").map(type -> type.split(";", 2)[0].trim().equalsIgnoreCase(mediaType)).orElse(false);
    }

    /** The form as it is, for the record: nothing when the body is no form. */
    Parameters formAsReceived() {
        return Parameters.parse(hasContentType(FORM) ? body : "");
    }

    /**
     * The form of a request to an OAuth endpoint.
     *
     * @throws OAuthException {@code invalid_request} when the body is no form, or when a parameter repeats
     */
    Parameters form() {
        if (!hasContentType(FORM)) {
            throw OAuthException.invalidRequest("The body must be " + FORM);
        }
        return formAsReceived().validated();
    }

    Parameters query() {
        return Parameters.parse(rawQuery);
    }
}

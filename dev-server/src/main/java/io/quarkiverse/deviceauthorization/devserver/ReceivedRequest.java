package io.quarkiverse.deviceauthorization.devserver;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A request as it went over the wire. Its {@code toString} shows no values: they may be secrets.
 *
 * @param method the HTTP method
 * @param path the path without the query
 * @param headers the headers; names in lower case
 * @param form the decoded parameters of a form body, in the order received; empty when the body is no form
 * @param body the body as text
 */
public record ReceivedRequest(String method, String path, Map<String, List<String>> headers, Map<String, List<String>> form,
        String body) {

    /** The first header of this name, in any case. */
    public Optional<String> header(String name) {
        return headers.entrySet().stream().filter(header -> header.getKey().equalsIgnoreCase(name))
                .flatMap(header -> header.getValue().stream()).findFirst();
    }

    /** The first value of this form parameter. */
    public Optional<String> parameter(String name) {
        return form.getOrDefault(name, List.of()).stream().findFirst();
    }

    @Override
    public String toString() {
        return method + " " + path + " " + form.keySet();
    }
}

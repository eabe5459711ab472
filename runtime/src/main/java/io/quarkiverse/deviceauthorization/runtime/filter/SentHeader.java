package io.quarkiverse.deviceauthorization.runtime.filter;

import java.util.Optional;

import jakarta.ws.rs.core.MultivaluedMap;

/**
 * A header that we have set, and that nobody takes for the application's: all subscriptions to one call share their headers,
 * and one that is cancelled may leave its own behind.
 */
final class SentHeader {

    private final String name;
    private final String value;

    SentHeader(String name, String value) {
        this.name = name;
        this.value = value;
    }

    /** @return the one of another subscription, before other filters write its text in its place */
    static Optional<SentHeader> find(MultivaluedMap<String, Object> headers, String name) {
        return headers.getFirst(name) instanceof SentHeader header ? Optional.of(header) : Optional.empty();
    }

    void set(MultivaluedMap<String, Object> headers) {
        headers.putSingle(name, this);
    }

    /** @return whether this is the header, or its text is */
    boolean isIn(MultivaluedMap<String, Object> headers) {
        Object header = headers.getFirst(name);
        return header == this || value.equals(header);
    }

    /** Removes this one; another subscription may have set another one by now. */
    void remove(MultivaluedMap<String, Object> headers) {
        if (isIn(headers)) {
            headers.remove(name);
        }
    }

    /** What is sent. */
    @Override
    public String toString() {
        return value;
    }
}

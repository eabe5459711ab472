package io.quarkiverse.deviceauthorization;

import java.util.Objects;
import java.util.Optional;

/**
 * An OAuth error response (RFC 6749 §5.2), cleaned of control characters.
 *
 * @param code the error code, such as {@code access_denied}
 * @param description the server's text for developers, if it sent one
 * @param uri where the server explains the error, if it says so
 * @param status the HTTP status
 */
public record OAuthError(String code, Optional<String> description, Optional<String> uri, int status) {

    public OAuthError {
        Objects.requireNonNull(code, "code");
        Objects.requireNonNull(description, "description");
        Objects.requireNonNull(uri, "uri");
    }

    @Override
    public String toString() {
        return code + description.map(text -> " (" + text + ")").orElse("") + ", HTTP status " + status;
    }
}

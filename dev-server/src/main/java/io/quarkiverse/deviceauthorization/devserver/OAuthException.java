package io.quarkiverse.deviceauthorization.devserver;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** A request is answered with an OAuth error response (RFC 6749 §5.2). */
final class OAuthException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String error;
    private final boolean unauthenticated;
    private final Duration interval;

    OAuthException(String error, String description) {
        this(error, description, false, null);
    }

    private OAuthException(String error, String description, boolean unauthenticated, Duration interval) {
        super(description);
        this.error = error;
        this.unauthenticated = unauthenticated;
        this.interval = interval;
    }

    static OAuthException invalidRequest(String description) {
        return new OAuthException("invalid_request", description);
    }

    /** Client authentication failed: 401 with a challenge (RFC 6749 §5.2). */
    static OAuthException invalidClient(String description) {
        return unauthenticated("invalid_client", description);
    }

    /** The same with another error code. */
    static OAuthException unauthenticated(String error, String description) {
        return new OAuthException(error, description, true, null);
    }

    static OAuthException invalidGrant(String description) {
        return new OAuthException("invalid_grant", description);
    }

    static OAuthException slowDown(Duration interval) {
        return new OAuthException("slow_down",
                "Polled faster than allowed; the interval is " + interval.toSeconds() + " seconds from now on", false,
                interval);
    }

    String error() {
        return error;
    }

    Response response(Behaviour behaviour) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("error", error);
        body.put("error_description", getMessage());
        if (interval != null) {
            body.put("interval", interval.toSeconds());
        }
        behaviour.error(body);
        if (unauthenticated) {
            return Response.json(behaviour.unauthenticatedStatus(), body)
                    .with("WWW-Authenticate", "Basic realm=\"dev-server\", charset=\"UTF-8\"");
        }
        return Response.json(behaviour.status(error), body);
    }
}

package io.quarkiverse.deviceauthorization.devserver;

import java.util.LinkedHashMap;
import java.util.Map;

/** A request is answered with an OAuth error response (RFC 6749 §5.2). */
final class OAuthException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String error;

    OAuthException(String error, String description) {
        super(description);
        this.error = error;
    }

    static OAuthException invalidRequest(String description) {
        return new OAuthException("invalid_request", description);
    }

    /** Client authentication failed: 401 with a challenge (RFC 6749 §5.2). */
    static OAuthException invalidClient(String description) {
        return new OAuthException("invalid_client", description);
    }

    static OAuthException invalidGrant(String description) {
        return new OAuthException("invalid_grant", description);
    }

    String error() {
        return error;
    }

    Response response(Behaviour behaviour) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("error", error);
        body.put("error_description", getMessage());
        if (error.equals("invalid_client")) {
            return Response.json(401, body).with("WWW-Authenticate", "Basic realm=\"dev-server\", charset=\"UTF-8\"");
        }
        return Response.json(behaviour.status(error), body);
    }
}

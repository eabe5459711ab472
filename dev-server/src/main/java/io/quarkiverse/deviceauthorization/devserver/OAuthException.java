package io.quarkiverse.deviceauthorization.devserver;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** A request is answered with an OAuth error response (RFC 6749 §5.2). */
final class OAuthException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String error;
    private final String detail;
    private final boolean unauthenticated;
    private final Duration interval;

    OAuthException(String error, String description) {
        this(error, error, description, false, null);
    }

    private OAuthException(String error, String detail, String description, boolean unauthenticated, Duration interval) {
        super(description);
        this.error = error;
        this.detail = detail;
        this.unauthenticated = unauthenticated;
        this.interval = interval;
    }

    static OAuthException invalidRequest(String description) {
        return new OAuthException("invalid_request", description);
    }

    /** Client authentication failed: 401 with a challenge (RFC 6749 §5.2). */
    static OAuthException invalidClient(String description) {
        return invalidClient("invalid_client", description);
    }

    static OAuthException unknownClient() {
        return invalidClient(Wire.UNKNOWN_CLIENT, "The client is unknown");
    }

    static OAuthException wrongSecret(String description) {
        return invalidClient(Wire.WRONG_SECRET, description);
    }

    private static OAuthException invalidClient(String detail, String description) {
        return new OAuthException("invalid_client", detail, description, true, null);
    }

    static OAuthException invalidGrant(String description) {
        return new OAuthException("invalid_grant", description);
    }

    static OAuthException unknownDeviceCode(String description) {
        return new OAuthException("invalid_grant", Wire.UNKNOWN_DEVICE_CODE, description, false, null);
    }

    static OAuthException slowDown(Duration interval) {
        return new OAuthException("slow_down", "slow_down",
                "Polled faster than allowed; the interval is " + interval.toSeconds() + " seconds from now on", false,
                interval);
    }

    /** The error code of the RFCs. */
    String error() {
        return error;
    }

    /** The same, or what some servers tell apart: a constant of {@link Wire}. */
    String detail() {
        return detail;
    }

    boolean isUnauthenticated() {
        return unauthenticated;
    }

    Response response(Wire wire) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("error", error);
        body.put("error_description", getMessage());
        if (interval != null) {
            body.put("interval", interval.toSeconds());
        }
        wire.error(this, body);
        Response response = Response.json(wire.status(this), body);
        return response.status() == 401 && unauthenticated
                ? response.with("WWW-Authenticate", "Basic realm=\"dev-server\", charset=\"UTF-8\"")
                : response;
    }
}

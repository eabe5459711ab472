package io.quarkiverse.deviceauthorization.devserver;

import static io.quarkiverse.deviceauthorization.devserver.Wire.standard;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** How the server answers where servers in the wild differ. */
public enum Behaviour {

    /** By the letter of RFC 8628 and RFC 6749: every OAuth error but {@code invalid_client} is a 400. */
    RFC8628(standard()),

    /**
     * As Auth0 answers: pending, denied and expired are 403, {@code slow_down} is 429, {@code scope} and {@code audience} are
     * required, and token answers have neither {@code expires_in} nor {@code token_type}: the access token is a JWT with
     * {@code exp}.
     */
    AUTH0(standard()
            .status(403, "authorization_pending", "access_denied", "expired_token", "invalid_grant")
            .status(429, "slow_down")
            .status(400, Wire.UNKNOWN_CLIENT)
            .code(Wire.UNKNOWN_CLIENT, "unauthorized_client")
            .scopeAndAudienceRequired()
            .tokens(answer -> {
                answer.remove("token_type", "Bearer");
                answer.remove("expires_in");
                answer.remove("scope");
            })),

    /**
     * As Google answers: {@code verification_url} and no complete one, pending is 428, {@code slow_down} and denied are 403,
     * access tokens are opaque, a refresh token comes unasked and is good for more than one use.
     */
    GOOGLE(standard()
            .status(428, "authorization_pending")
            .status(403, "slow_down", "access_denied")
            .description("authorization_pending", "Precondition Required")
            .description("slow_down", "Forbidden")
            .description("access_denied", "Forbidden")
            .device(answer -> {
                answer.put("verification_url", answer.remove("verification_uri"));
                answer.remove("verification_uri_complete");
            })
            .opaqueAccessTokens("ya29.")
            .refreshTokenAlways()
            .refreshTokenKept()),

    /**
     * As GitHub answers: errors have the status 200 and codes of their own, {@code slow_down} comes with the new
     * {@code interval}, answers are form-encoded unless {@code Accept} wants JSON, there is no complete verification
     * URI, scopes are joined by commas, and access tokens are opaque, never expire and come alone.
     */
    GITHUB(standard()
            .statusOfEveryError(200)
            .code("invalid_client", "incorrect_client_credentials")
            .code("invalid_grant", "incorrect_device_code")
            .code("unauthorized_client", "device_flow_disabled")
            .errors((body, status) -> body.put("error_uri", "https://docs.github.com"))
            .intervalWithSlowDown()
            .formUnlessJsonIsAccepted()
            .device(answer -> answer.remove("verification_uri_complete"))
            .tokens(answer -> {
                answer.replace("token_type", "Bearer", "bearer");
                answer.remove("expires_in");
                answer.remove("id_token");
                answer.computeIfPresent("scope", (name, scope) -> scope.toString().replace(' ', ','));
            })
            .opaqueAccessTokens("gho_")
            .accessTokenLifespan(Duration.ofDays(3650))
            .refreshTokenNever()),

    /**
     * As Keycloak answers: its own texts, a wrong secret is an {@code unauthorized_client} with 401, and token answers always
     * have a refresh token, and members that no RFC knows.
     */
    KEYCLOAK(standard()
            .code(Wire.WRONG_SECRET, "unauthorized_client")
            .description("authorization_pending", "The authorization request is still pending")
            .description("slow_down", "Slow down")
            .description("access_denied", "The end user denied the authorization request")
            .description("expired_token", "Device code is expired")
            .tokens(answer -> {
                answer.put("refresh_expires_in", 1800);
                answer.put("not-before-policy", 0);
                answer.put("session_state", "6f9c1b1e-0a3d-4c53-9c39-1f6f3d1f0f6a");
            })
            .refreshTokenAlways()),

    /**
     * As Microsoft Entra ID answers: a {@code message} for the person and no complete verification URI,
     * {@code authorization_declined} and {@code bad_verification_code} as codes of its own, errors of several lines with
     * members for its support, and {@code ext_expires_in} beside {@code expires_in}.
     */
    MICROSOFT(standard()
            .code("access_denied", "authorization_declined")
            .code(Wire.UNKNOWN_DEVICE_CODE, "bad_verification_code")
            .description("authorization_pending", "AADSTS70016: OAuth 2.0 device flow error. Authorization is pending. Continue"
                    + " polling.\r\nTrace ID: 00000000-0000-0000-0000-000000000000\r\nTimestamp: 2030-01-01 00:00:00Z")
            .errors((body, status) -> {
                if ("authorization_pending".equals(body.get("error"))) {
                    body.put("error_codes", List.of(70016));
                }
                body.put("timestamp", "2030-01-01 00:00:00Z");
                body.put("trace_id", "00000000-0000-0000-0000-000000000000");
                body.put("correlation_id", "00000000-0000-0000-0000-000000000000");
            })
            .device(answer -> {
                answer.remove("verification_uri_complete");
                answer.put("message", "To sign in, use a web browser to open the page " + answer.get("verification_uri")
                        + " and enter the code " + answer.get("user_code") + " to authenticate.");
            })
            .tokens(answer -> answer.put("ext_expires_in", answer.get("expires_in")))),

    /** As Okta answers: by the RFCs, with a text of its own while the authorization is pending. */
    OKTA(standard()
            .description("authorization_pending", "The device authorization is pending. Please try again later.")),

    /** As GitLab answers: access tokens are opaque, a refresh token comes unasked, and tokens say when they were made. */
    GITLAB(standard()
            .tokens(answer -> answer.put("created_at", Instant.now().getEpochSecond()))
            .opaqueAccessTokens("")
            .refreshTokenAlways()),

    /** As Dex answers: pending is a 401 that is not about credentials, and errors have no description. */
    DEX(standard()
            .status(401, "authorization_pending")
            .errors((body, status) -> body.remove("error_description"))),

    /**
     * As Twitch answers: errors are a {@code status} and a {@code message}, scopes are asked for by {@code scopes} and come
     * back as an array, {@code verification_uri} holds the code already, and access tokens are opaque and come with a refresh
     * token.
     */
    TWITCH(standard()
            .code(Wire.UNKNOWN_DEVICE_CODE, "invalid device code")
            .code("expired_token", "invalid device code")
            .code("invalid_grant", "Invalid refresh token")
            .code("invalid_client", "invalid client")
            .code(Wire.WRONG_SECRET, "invalid client secret")
            .status(403, Wire.WRONG_SECRET)
            .status(400, "invalid_client")
            .code("invalid_scope", "invalid scope")
            .errors((body, status) -> {
                Object message = body.get("error");
                body.clear();
                body.put("status", status);
                body.put("message", message);
            })
            .scopeParameter("scopes")
            .device(answer -> answer.put("verification_uri", answer.remove("verification_uri_complete")))
            .tokens(answer -> {
                answer.replace("token_type", "Bearer", "bearer");
                answer.computeIfPresent("scope", (name, scope) -> List.of(scope.toString().split(" ")));
            })
            .opaqueAccessTokens("")
            .refreshTokenAlways());

    private final Wire wire;

    Behaviour(Wire.Builder wire) {
        this.wire = wire.build();
    }

    Wire wire() {
        return wire;
    }
}

package io.quarkiverse.deviceauthorization.conformance;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.quarkiverse.deviceauthorization.AccessDeniedException;
import io.quarkiverse.deviceauthorization.DeviceAuthorizationException;
import io.quarkiverse.deviceauthorization.DeviceCodeExpiredException;
import io.quarkiverse.deviceauthorization.InvalidGrantException;
import io.quarkiverse.deviceauthorization.InvalidRequestException;
import io.quarkiverse.deviceauthorization.conformance.Expectation.Sender;
import io.quarkiverse.deviceauthorization.conformance.Expectation.Step;

/** What comes of the answers to token and revocation requests. */
final class ExpectedPolls {

    private static final String SERVER = "The authorization server of the default client ";
    private static final String IDS = " Trace ID: 00000000-0000-0000-0000-00000000fa4e Correlation ID:"
            + " 00000000-0000-0000-0000-00000000fa4e Timestamp: 2026-03-01 12:00:00Z";
    private static final String SIGNATURE = ".ZmFrZS1zaWduYXR1cmUtZmFrZS1zaWduYXR1cmU";
    private static final String JWT = "eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCIsImtpZCI6ImZha2UifQ.";

    private ExpectedPolls() {
    }

    static List<Expectation> all() {
        return Stream.of(pending(), slowDown(), ended(), noAnswer(), granted(),
                Stream.of(new Expectation("keycloak-revoked", Sender.KEYCLOAK, Step.REVOCATION, new Outcome.Revoked())))
                .flatMap(part -> part).toList();
    }

    private static Stream<Expectation> pending() {
        return Stream.of(
                pending("auth0-pending", Sender.AUTH0),
                pending("auth0-pending-old", Sender.AUTH0),
                pending("google-pending", Sender.GOOGLE),
                pending("github-pending", Sender.GITHUB),
                pending("github-pending-form", Sender.GITHUB),
                pending("entra-pending", Sender.ENTRA),
                pending("okta-pending", Sender.OKTA),
                pending("keycloak-pending", Sender.KEYCLOAK),
                pending("dex-pending", Sender.DEX),
                pending("twitch-pending", Sender.TWITCH),
                pending("twitch-pending-2", Sender.TWITCH),
                pending("trakt-pending", Sender.TRAKT),
                pending("salesforce-pending", Sender.SALESFORCE),
                pending("aws-pending", Sender.AWS));
    }

    private static Stream<Expectation> slowDown() {
        return Stream.of(
                slower("auth0-slow-down", Sender.AUTH0),
                slower("google-slow-down", Sender.GOOGLE),
                slower("github-slow-down", Sender.GITHUB),
                slower("keycloak-slow-down", Sender.KEYCLOAK),
                slower("twitch-slow-down", Sender.TWITCH),
                slower("trakt-slow-down", Sender.TRAKT));
    }

    private static Stream<Expectation> ended() {
        return Stream.of(
                denied("auth0-denied", Sender.AUTH0, 403, "User cancelled the confirmation prompt"),
                denied("google-denied", Sender.GOOGLE, 403, "Forbidden"),
                denied("github-denied", Sender.GITHUB, 200, "The authorization request was denied."),
                denied("entra-declined", Sender.ENTRA, 400,
                        "authorization_declined: AADSTS70018: The end user denied the authorization request." + IDS),
                denied("keycloak-denied", Sender.KEYCLOAK, 400, "The end user denied the authorization request"),
                denied("trakt-denied", Sender.TRAKT, 418, null),

                expired("auth0-expired", Sender.AUTH0, 403, "The device code has expired."),
                expired("github-expired", Sender.GITHUB, 200, "The `device_code` has expired."),
                expired("github-expired-2", Sender.GITHUB, 200, "token_expired: The `device_code` has expired."),
                expired("entra-expired", Sender.ENTRA, 400, "AADSTS70020: The provided value for the input parameter"
                        + " device_code is not valid. This device code has expired." + IDS),
                expired("keycloak-expired", Sender.KEYCLOAK, 400, "Device code is expired"),
                expired("trakt-expired", Sender.TRAKT, 410, null),

                wrongCode("auth0-wrong-code", Sender.AUTH0, 403, "Invalid or expired device code."),
                wrongCode("entra-bad-code", Sender.ENTRA, 400,
                        "bad_verification_code: AADSTS70019: The device code is not recognized." + IDS),
                wrongCode("keycloak-gone", Sender.KEYCLOAK, 400, "Device code not valid"),
                wrongCode("twitch-wrong-code", Sender.TWITCH, 400, "invalid device code"),
                wrongCode("trakt-not-found", Sender.TRAKT, 404, "Trakt doesn't know this device code"),
                wrongCode("trakt-used", Sender.TRAKT, 409, "The device code was used already"),

                ended("keycloak-dpop-missing", Sender.KEYCLOAK, InvalidRequestException.class, "invalid_request", 400,
                        "DPoP proof is missing"));
    }

    private static Stream<Expectation> noAnswer() {
        return Stream.of(
                noAnswer("server-error", Sender.GATEWAY, "has a problem of its own. It may go away (HTTP status 503)", 15),
                noAnswer("temporarily-unavailable", Sender.GATEWAY,
                        "has a problem of its own. It may go away (HTTP status 503)", 15),
                noAnswer("gateway-html", Sender.GATEWAY, "has a problem of its own. It may go away (HTTP status 503)", 35),
                noAnswer("gateway-too-many", Sender.GATEWAY, "wants to be asked less often (HTTP status 429)", 300),
                noAnswer("empty-401", Sender.GATEWAY, "sent no OAuth answer (no content type). Check"
                        + " quarkus.device-authorization.token-path (HTTP status 401)", 15),
                noAnswer("facebook-pending", Sender.FACEBOOK, "sent an answer without the members of OAuth. Check"
                        + " quarkus.device-authorization.token-path (HTTP status 400)", 15));
    }

    private static Stream<Expectation> granted() {
        return Stream.of(
                granted("yoto-token", Sender.YOTO, JWT + "eyJpc3MiOiJodHRwczovL2xvZ2luLnlvdG9wbGF5LmNvbS8iLCJzdWIiOiJhdXRoMHxm"
                        + "YWtlIiwiYXVkIjpbImh0dHBzOi8vYXBpLnlvdG9wbGF5LmNvbSJdLCJpYXQiOjE3NzIzNjY0MDAsImV4cCI6MTc3MjM3MDAwMCwi"
                        + "c2NvcGUiOiJwcm9maWxlIG9mZmxpbmVfYWNjZXNzIG9wZW5pZCJ9" + SIGNATURE, "Bearer",
                        "v1.fake-refresh-token-0001", "2026-03-01T13:00:00Z", List.of("profile", "offline_access", "openid"),
                        Map.of()),
                granted("github-token", Sender.GITHUB, "gho_fake-access-token-0003", "bearer", null, null,
                        List.of("repo", "gist"), Map.of()),
                granted("twitch-token", Sender.TWITCH, "fake-access-token-0006", "bearer", "fake-refresh-token-0006",
                        "2026-03-01T16:07:05Z", List.of("channel:read:stream_key"), Map.of()),
                granted("trakt-token", Sender.TRAKT, "fake-access-token-0007", "bearer", "fake-refresh-token-0007",
                        "2026-03-02T12:00:05Z", List.of("public"), Map.of("created_at", 1772366400)),
                granted("salesforce-token", Sender.SALESFORCE, "00Dfake!fake-access-token-0008", "Bearer",
                        "fake-refresh-token-0008", "2026-03-01T12:15:05Z", List.of("api", "refresh_token"),
                        Map.of("signature", "fake-signature-0008=", "instance_url", "https://fake.my.salesforce.com", "id",
                                "https://login.salesforce.com/id/00Dfake/005fake", "issued_at", "1772366400000")),
                granted("keycloak-token", Sender.KEYCLOAK, JWT + "eyJleHAiOjE3NzIzNjY3MDAsImlhdCI6MTc3MjM2NjQwMCwianRpIjoiZmFr"
                        + "ZSIsImlzcyI6Imh0dHBzOi8va2V5Y2xvYWsuZXhhbXBsZS5jb20vcmVhbG1zL3R2Iiwic3ViIjoiMDAwMDAwMDAtMDAwMC0wMDAw"
                        + "LTAwMDAtMDAwMDAwMDBmYTRlIiwidHlwIjoiQmVhcmVyIiwiYXpwIjoidHYiLCJzY29wZSI6Im9wZW5pZCBwcm9maWxlIn0"
                        + SIGNATURE, "Bearer",
                        JWT + "eyJleHAiOjE3NzIzNjgyMDAsImlhdCI6MTc3MjM2NjQwMCwiaXNzIjoiaHR0cHM6Ly9rZXljbG9hay5leGFtcGxlLmNvbS9yZ"
                                + "WFsbXMvdHYiLCJ0eXAiOiJSZWZyZXNoIn0" + SIGNATURE,
                        "2026-03-01T12:05:05Z", List.of("openid", "profile"), Map.of("refresh_expires_in", 1800,
                                "not-before-policy", 0, "session_state", "00000000-0000-0000-0000-00000000fa4e")));
    }

    private static Expectation pending(String fixture, Sender from) {
        return new Expectation(fixture, from, Step.POLL, new Outcome.NotYet());
    }

    private static Expectation slower(String fixture, Sender from) {
        return new Expectation(fixture, from, Step.POLL, new Outcome.Slower(10));
    }

    private static Expectation denied(String fixture, Sender from, int status, String description) {
        return ended(fixture, from, AccessDeniedException.class, "access_denied", status, description);
    }

    private static Expectation expired(String fixture, Sender from, int status, String description) {
        return ended(fixture, from, DeviceCodeExpiredException.class, "expired_token", status, description);
    }

    private static Expectation wrongCode(String fixture, Sender from, int status, String description) {
        return ended(fixture, from, InvalidGrantException.class, "invalid_grant", status, description);
    }

    private static Expectation ended(String fixture, Sender from, Class<? extends DeviceAuthorizationException> type,
            String code, int status, String description) {
        return new Expectation(fixture, from, Step.POLL, new Outcome.Ended(type, code, status, description));
    }

    private static Expectation noAnswer(String fixture, Sender from, String message, double next) {
        return new Expectation(fixture, from, Step.POLL, new Outcome.NoAnswer(SERVER + message, next));
    }

    private static Expectation granted(String fixture, Sender from, String accessToken, String type, String refreshToken,
            String expiresAt, List<String> scopes, Map<String, Object> parameters) {
        return new Expectation(fixture, from, Step.POLL, new Outcome.Granted(accessToken, type, refreshToken,
                expiresAt == null ? null : Instant.parse(expiresAt), scopes, parameters));
    }
}

package io.quarkiverse.deviceauthorization.devserver;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** How the server answers where servers in the wild differ. */
public enum Behaviour {

    /** By the letter of RFC 8628 and RFC 6749: every OAuth error but {@code invalid_client} is a 400. */
    RFC8628,

    /**
     * As Auth0 answers: pending, denied and expired are 403, {@code slow_down} is 429, {@code scope} and {@code audience} are
     * required, and token answers have neither {@code expires_in} nor {@code token_type}: the access token is a JWT with
     * {@code exp}.
     */
    AUTH0 {
        @Override
        int status(String error) {
            return switch (error) {
                case "authorization_pending", "access_denied", "expired_token", "invalid_grant" -> 403;
                case "slow_down" -> 429;
                default -> 400;
            };
        }

        @Override
        void tokens(Map<String, Object> answer) {
            answer.remove("token_type", "Bearer");
            answer.remove("expires_in");
            answer.remove("scope");
        }
    },

    /**
     * As Google answers: {@code verification_url} and no complete one, pending is 428, {@code slow_down} and denied are 403,
     * access tokens are opaque, a refresh token comes unasked and is good for more than one use.
     */
    GOOGLE {
        @Override
        int status(String error) {
            return switch (error) {
                case "authorization_pending" -> 428;
                case "slow_down", "access_denied" -> 403;
                default -> 400;
            };
        }

        @Override
        void error(Map<String, Object> answer) {
            super.error(answer);
            switch (answer.get("error").toString()) {
                case "authorization_pending" -> answer.put("error_description", "Precondition Required");
                case "slow_down", "access_denied" -> answer.put("error_description", "Forbidden");
                default -> {
                }
            }
        }

        @Override
        void device(Map<String, Object> answer) {
            answer.put("verification_url", answer.remove("verification_uri"));
            answer.remove("verification_uri_complete");
        }

        @Override
        Optional<String> opaqueAccessTokens() {
            return Optional.of("ya29.");
        }

        @Override
        boolean refreshToken(Grant grant) {
            return true;
        }
    },

    /**
     * As GitHub answers: errors have the status 200 and codes of their own, {@code slow_down} comes with the new
     * {@code interval}, answers are form-encoded unless {@code Accept} wants JSON, there is no complete verification
     * URI, scopes are joined by commas, and access tokens are opaque, never expire and come alone.
     */
    GITHUB {
        @Override
        int status(String error) {
            return 200;
        }

        @Override
        int unauthenticatedStatus() {
            return 200;
        }

        @Override
        void error(Map<String, Object> answer) { // the interval stays
            answer.put("error", switch (answer.get("error").toString()) {
                case "invalid_client" -> "incorrect_client_credentials";
                case "invalid_grant" -> "incorrect_device_code";
                case "unauthorized_client" -> "device_flow_disabled";
                default -> answer.get("error");
            });
            answer.put("error_uri", "https://docs.github.com");
        }

        @Override
        void device(Map<String, Object> answer) {
            answer.remove("verification_uri_complete");
        }

        @Override
        void tokens(Map<String, Object> answer) {
            answer.replace("token_type", "Bearer", "bearer");
            answer.remove("expires_in");
            answer.remove("id_token");
            answer.computeIfPresent("scope", (name, scope) -> scope.toString().replace(' ', ','));
        }

        @Override
        Optional<String> opaqueAccessTokens() {
            return Optional.of("gho_");
        }

        @Override
        Duration accessTokenLifespan(Duration configured) {
            return Duration.ofDays(3650);
        }

        @Override
        boolean refreshToken(Grant grant) {
            return false;
        }

        @Override
        boolean formUnlessJsonIsAccepted() {
            return true;
        }
    },

    /**
     * As Keycloak answers: its own texts, a wrong secret is an {@code unauthorized_client} with 401, and token answers always
     * have a refresh token, and members that no RFC knows.
     */
    KEYCLOAK {
        @Override
        String wrongSecret() {
            return "unauthorized_client";
        }

        @Override
        void error(Map<String, Object> answer) {
            super.error(answer);
            switch (answer.get("error").toString()) {
                case "authorization_pending" ->
                    answer.put("error_description", "The authorization request is still pending");
                case "slow_down" -> answer.put("error_description", "Slow down");
                case "access_denied" -> answer.put("error_description", "The end user denied the authorization request");
                case "expired_token" -> answer.put("error_description", "Device code is expired");
                default -> {
                }
            }
        }

        @Override
        void tokens(Map<String, Object> answer) {
            answer.put("refresh_expires_in", 1800);
            answer.put("not-before-policy", 0);
            answer.put("session_state", "6f9c1b1e-0a3d-4c53-9c39-1f6f3d1f0f6a");
        }

        @Override
        boolean refreshToken(Grant grant) {
            return true;
        }
    };

    /** The HTTP status that this error code is sent with. */
    int status(String error) {
        return 400;
    }

    /** The HTTP status when a client does not authenticate as it must. */
    int unauthenticatedStatus() {
        return 401;
    }

    /** The error code for a wrong secret. */
    String wrongSecret() {
        return "invalid_client";
    }

    /** Changes an error answer. */
    void error(Map<String, Object> answer) {
        answer.remove("interval");
    }

    /** Changes an answer of the device authorization endpoint. */
    void device(Map<String, Object> answer) {
    }

    /** Changes an answer with tokens. */
    void tokens(Map<String, Object> answer) {
    }

    /** What access tokens begin with, if they are opaque; otherwise they are JWTs. */
    Optional<String> opaqueAccessTokens() {
        return Optional.empty();
    }

    Duration accessTokenLifespan(Duration configured) {
        return configured;
    }

    /** Whether a sign-in brings a refresh token. */
    boolean refreshToken(Grant grant) {
        return grant.has("offline_access");
    }

    boolean formUnlessJsonIsAccepted() {
        return false;
    }
}

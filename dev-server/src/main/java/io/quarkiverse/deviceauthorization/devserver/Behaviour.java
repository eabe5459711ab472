package io.quarkiverse.deviceauthorization.devserver;

/** How the server answers where servers in the wild differ. */
public enum Behaviour {

    /** By the letter of RFC 8628 and RFC 6749: every OAuth error but {@code invalid_client} is a 400. */
    RFC8628 {
        @Override
        int status(String error) {
            return 400;
        }
    },

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
    };

    /** The HTTP status that this error code is sent with. */
    abstract int status(String error);
}

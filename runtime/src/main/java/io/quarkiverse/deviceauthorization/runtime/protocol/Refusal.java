package io.quarkiverse.deviceauthorization.runtime.protocol;

import io.quarkiverse.deviceauthorization.AccessDeniedException;
import io.quarkiverse.deviceauthorization.AuthorizationServerException;
import io.quarkiverse.deviceauthorization.DeviceAuthorizationException;
import io.quarkiverse.deviceauthorization.DeviceAuthorizationName;
import io.quarkiverse.deviceauthorization.DeviceCodeExpiredException;
import io.quarkiverse.deviceauthorization.InvalidClientException;
import io.quarkiverse.deviceauthorization.InvalidGrantException;
import io.quarkiverse.deviceauthorization.InvalidRequestException;
import io.quarkiverse.deviceauthorization.InvalidScopeException;
import io.quarkiverse.deviceauthorization.OAuthError;
import io.quarkiverse.deviceauthorization.UnauthorizedClientException;
import io.quarkiverse.deviceauthorization.runtime.config.ConfigKeys;

/** Turns an error response into the exception of its kind, with a message that says what to do next. */
public final class Refusal {

    private final String client;
    private final String key;

    /** @param client the name of the client that messages are about */
    public Refusal(String client) {
        this.client = client;
        this.key = DeviceAuthorizationName.DEFAULT.equals(client) ? "quarkus.device-authorization."
                : "quarkus.device-authorization.\"" + client + "\".";
    }

    /**
     * @param error the answer to a device authorization request
     * @return why there is no flow
     */
    public DeviceAuthorizationException ofStart(OAuthError error) {
        String what = "The authorization server refused to start a device authorization for " + ConfigKeys.describe(client)
                + ": " + error;
        if (error.code().equals("access_denied")) {
            return new AccessDeniedException(
                    what + ". Check at the provider whether this client, or this scope and audience, is"
                            + " allowed",
                    error);
        }
        return byCode(what, error);
    }

    /**
     * @param error the answer to a token request that ended a flow
     * @return why the flow ended
     */
    public DeviceAuthorizationException ofPoll(TokenAnswer.Meaning meaning, OAuthError error) {
        if (meaning == TokenAnswer.Meaning.DENIED) {
            return new AccessDeniedException("The person refused to sign in for " + ConfigKeys.describe(client) + ": " + error
                    + ". Start again only if they ask for it", error);
        }
        if (meaning == TokenAnswer.Meaning.EXPIRED) {
            return expired(error);
        }
        return byCode(
                "The authorization server ended the device authorization of " + ConfigKeys.describe(client) + ": " + error,
                error);
    }

    /**
     * @param error the answer to a refresh or revocation
     * @return why it failed
     */
    public DeviceAuthorizationException ofRefresh(OAuthError error) {
        return byCode("The authorization server refused to refresh the tokens of " + ConfigKeys.describe(client) + ": " + error
                + ". The tokens are kept", error);
    }

    /**
     * @param error the server's answer, or null when our own clock says so
     * @return nobody decided in time
     */
    public DeviceAuthorizationException expired(OAuthError error) {
        return new DeviceCodeExpiredException("Nobody approved the sign-in for " + ConfigKeys.describe(client)
                + " before its code expired. Start a new one when the person asks for it", error);
    }

    /**
     * @param problem what went wrong on our side, such as in a store
     * @return the flow could not go on, for now
     */
    public AuthorizationServerException unexpected(Throwable problem) {
        return problem instanceof AuthorizationServerException known ? known
                : new AuthorizationServerException("The device authorization of " + ConfigKeys.describe(client)
                        + " could not go on for now: " + problem.getMessage(), 0, problem);
    }

    private DeviceAuthorizationException byCode(String what, OAuthError error) {
        switch (error.code()) {
            case "invalid_client":
                return new InvalidClientException(what + credentials(), error);
            case "unauthorized_client":
                return new UnauthorizedClientException(
                        what + (error.status() == 401 ? credentials() + ". If they are right, switch"
                                : ". Switch") + " the device authorization grant on for this client at the provider",
                        error);
            case "invalid_request":
                return new InvalidRequestException(what + ". A parameter is missing or wrong: check " + key + "scopes, " + key
                        + "audience and " + key + "extra-params", error);
            case "invalid_scope":
                return new InvalidScopeException(what + ". Check " + key + "scopes against those that the provider allows for"
                        + " this client", error);
            case "invalid_grant":
                return new InvalidGrantException(what + ". The code is unknown, used up or issued to another client: start"
                        + " again when the person asks for it", error);
            case "unsupported_grant_type":
                return new DeviceAuthorizationException(what + ". The provider doesn't offer the device authorization grant at"
                        + " this endpoint: check " + key + "token-path, and switch the grant on", error, null);
            default:
                return new DeviceAuthorizationException(what + ". See the provider's documentation of this error code", error,
                        null);
        }
    }

    private String credentials() {
        return ". Check " + key + "client-id and " + key + "credentials.secret, and that " + key
                + "credentials.method is the one that the provider expects";
    }
}

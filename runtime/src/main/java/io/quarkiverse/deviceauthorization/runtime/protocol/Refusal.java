package io.quarkiverse.deviceauthorization.runtime.protocol;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiFunction;

import io.quarkiverse.deviceauthorization.AccessDeniedException;
import io.quarkiverse.deviceauthorization.AuthorizationServerException;
import io.quarkiverse.deviceauthorization.DeviceAuthorizationException;
import io.quarkiverse.deviceauthorization.DeviceCodeExpiredException;
import io.quarkiverse.deviceauthorization.InvalidClientException;
import io.quarkiverse.deviceauthorization.InvalidGrantException;
import io.quarkiverse.deviceauthorization.InvalidIdTokenException;
import io.quarkiverse.deviceauthorization.InvalidRequestException;
import io.quarkiverse.deviceauthorization.InvalidScopeException;
import io.quarkiverse.deviceauthorization.OAuthError;
import io.quarkiverse.deviceauthorization.UnauthorizedClientException;
import io.quarkiverse.deviceauthorization.provider.ProviderRequest.Kind;
import io.quarkiverse.deviceauthorization.runtime.config.ConfigKeys;

/** Turns an error response into the exception of its kind, with a message that says what to do next. */
public final class Refusal {

    private static final String INVALID_ID_TOKEN = "invalid_id_token";
    /** No flow ends by this code of a server, which asks to be asked again. */
    private static final String UNAVAILABLE = "temporarily_unavailable";

    private final String client;
    private final String key;
    private final BiFunction<Kind, OAuthError, Optional<String>> cures;

    /** @param client the name of the client that messages are about */
    public Refusal(String client) {
        this(client, (kind, error) -> Optional.empty());
    }

    /**
     * @param client the name of the client that messages are about
     * @param cures what to do about errors that the provider is known for
     */
    public Refusal(String client, BiFunction<Kind, OAuthError, Optional<String>> cures) {
        this.client = client;
        this.key = ConfigKeys.key(client, "");
        this.cures = cures;
    }

    /**
     * @param error the answer to a device authorization request
     * @return why there is no flow
     */
    public DeviceAuthorizationException ofStart(OAuthError error) {
        String what = "The authorization server refused to start a device authorization for " + ConfigKeys.describe(client)
                + ": " + error;
        if (error.code().equals("access_denied")) {
            return new AccessDeniedException(what + ". " + cures.apply(Kind.DEVICE_AUTHORIZATION, error).orElse("Check at the"
                    + " provider whether this client, or this scope and audience, is allowed"), error);
        }
        return byCode(Kind.DEVICE_AUTHORIZATION, what, error);
    }

    /**
     * @param error the answer to a token request that ended a flow
     * @return why the flow ended
     */
    public DeviceAuthorizationException ofPoll(TokenAnswer.Meaning meaning, OAuthError error) {
        if (meaning == TokenAnswer.Meaning.DENIED) {
            return new AccessDeniedException("The person refused to sign in for " + ConfigKeys.describe(client) + ": " + error
                    + ". " + cures.apply(Kind.DEVICE_TOKEN, error).orElse("Start again only if they ask for it"), error);
        }
        if (meaning == TokenAnswer.Meaning.EXPIRED) {
            return expired(error);
        }
        if (error.code().equals(INVALID_ID_TOKEN)) {
            return new InvalidIdTokenException(error.description().orElse(INVALID_ID_TOKEN));
        }
        if (error.code().equals(UNAVAILABLE)) {
            return new AuthorizationServerException(error.description().orElse(UNAVAILABLE), 0, null);
        }
        return byCode(Kind.DEVICE_TOKEN, "The authorization server ended the device authorization of "
                + ConfigKeys.describe(client) + ": " + error, error);
    }

    /**
     * @param problem what ended a flow though the person had approved
     * @return the same as a store keeps it
     */
    public static OAuthError stored(Throwable problem) {
        return new OAuthError(problem instanceof InvalidIdTokenException ? INVALID_ID_TOKEN : UNAVAILABLE,
                Optional.ofNullable(problem.getMessage()), Optional.empty(), 0);
    }

    /**
     * @param error the answer to a refresh or revocation
     * @return why it failed
     */
    public DeviceAuthorizationException ofRefresh(OAuthError error) {
        return byCode(Kind.REFRESH, "The authorization server refused to refresh the tokens of " + ConfigKeys.describe(client)
                + ": " + error + ". The tokens are kept", error);
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
     * @param limit how long the server had
     * @return the server didn't answer in the time that the flow has for it
     */
    public AuthorizationServerException noAnswer(Duration limit) {
        return new AuthorizationServerException("The authorization server of " + ConfigKeys.describe(client)
                + " gave no answer within " + limit.toSeconds() + " s, and the sign-in needs time to ask again. Set "
                + key + "read-timeout to less", 0, null);
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

    private DeviceAuthorizationException byCode(Kind kind, String what, OAuthError error) {
        String message = what + ". " + cures.apply(kind, error).orElseGet(() -> cure(error));
        return switch (error.code()) {
            case "invalid_client" -> new InvalidClientException(message, error);
            case "unauthorized_client" -> new UnauthorizedClientException(message, error);
            case "invalid_request" -> new InvalidRequestException(message, error);
            case "invalid_scope" -> new InvalidScopeException(message, error);
            case "invalid_grant" -> new InvalidGrantException(message, error);
            default -> new DeviceAuthorizationException(message, error, null);
        };
    }

    /** What to do where nothing more is known of the provider. */
    private String cure(OAuthError error) {
        return switch (error.code()) {
            case "invalid_client" -> credentials();
            case "unauthorized_client" -> (error.status() == 401 ? credentials() + ". If they are right, switch" : "Switch")
                    + " the device authorization grant on for this client at the provider";
            case "invalid_request" -> mentions(error, "code_challenge") ? "The server demands PKCE: set " + key + "pkce=true"
                    : mentions(error, "dpop") ? "The server demands proofs: set " + key + "dpop=true"
                            : "A parameter is missing or wrong: check " + key + "scopes, " + key + "audience and " + key
                                    + "extra-params";
            case "invalid_scope" -> "Check " + key + "scopes against those that the provider allows for this client";
            case "invalid_grant" -> "The code is unknown, used up or issued to another client: start again when the person asks"
                    + " for it";
            case "unsupported_grant_type" ->
                "The provider doesn't offer the device authorization grant at this endpoint: check "
                        + key + "token-path, and switch the grant on";
            case "invalid_authorization_details" -> "Check " + key + "authorization-details against those that the provider"
                    + " allows for this client (RFC 9396)";
            case "invalid_target" -> "Check " + key + "resources and " + key + "audience against what the provider knows (RFC"
                    + " 8707)";
            case "invalid_dpop_proof", "use_dpop_nonce" ->
                "Check the clock of this machine: a proof is good for moments only (RFC"
                        + " 9449)";
            default -> "See the provider's documentation of this error code";
        };
    }

    private static boolean mentions(OAuthError error, String word) {
        return error.description().filter(text -> text.toLowerCase(Locale.ROOT).contains(word)).isPresent();
    }

    private String credentials() {
        return "Check " + key + "client-id and " + key + "credentials.secret, and that " + key
                + "credentials.method is the one that the provider expects";
    }
}

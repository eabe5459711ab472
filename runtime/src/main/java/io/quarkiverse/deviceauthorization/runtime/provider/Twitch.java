package io.quarkiverse.deviceauthorization.runtime.provider;

import static io.quarkiverse.deviceauthorization.runtime.provider.Cure.ALWAYS;
import static io.quarkiverse.deviceauthorization.runtime.provider.Cure.POLL;
import static io.quarkiverse.deviceauthorization.runtime.provider.Cure.REFRESH;

import java.util.Locale;

import io.quarkiverse.deviceauthorization.provider.ProviderAdapter;
import io.quarkiverse.deviceauthorization.provider.ProviderAnswer;
import io.quarkiverse.deviceauthorization.provider.ProviderRequest;
import io.quarkiverse.deviceauthorization.provider.ProviderRequest.Kind;
import io.quarkiverse.deviceauthorization.runtime.provider.Preset.Endpoint;

/** Twitch: {@code scopes} for {@code scope}, errors as messages, and a verification URI that holds the code. */
final class Twitch implements ProviderAdapter {

    private static final String CONSOLE = "https://dev.twitch.tv/console/apps";

    private Twitch() {
    }

    static Preset preset() {
        return Preset.at("https://id.twitch.tv/oauth2")
                .path(Endpoint.DEVICE_AUTHORIZATION, "/device")
                .path(Endpoint.TOKEN, "/token")
                .path(Endpoint.REVOCATION, "/revoke")
                .path(Endpoint.USER_INFO, "/userinfo")
                .path(Endpoint.JWKS, "/keys")
                .issuer("https://id.twitch.tv/oauth2")
                .secretInForm()
                .scopeOnPolls()
                .revokesAccessTokens()
                .adapter(new Twitch())
                .cure(ALWAYS, "invalid_client", "secret", "Make the application one of the client type Public at " + CONSOLE
                        + ", or set credentials.secret")
                .cure("invalid_client", "Check client-id against " + CONSOLE)
                .cure("invalid_scope", "Check scopes against https://dev.twitch.tv/docs/authentication/scopes/")
                .cure("invalid_request", "Check extra-params, and leave the paths to the preset")
                .cure(POLL, "invalid_grant", "The code has expired or is used up: start again when the person asks for it")
                .cure(REFRESH, "invalid_grant", "It was used already, was unused for 30 days, or the person disconnected the"
                        + " application")
                .build();
    }

    @Override
    public ProviderRequest request(ProviderRequest request) {
        return request.renamed("scope", "scopes");
    }

    @Override
    public ProviderAnswer answer(Kind kind, ProviderAnswer answer) {
        if (kind == Kind.DEVICE_AUTHORIZATION && answer.text("device_code").isPresent()) {
            return withCompleteUri(answer);
        }
        return answer.text("message").map(message -> error(answer, message)).orElse(answer);
    }

    /** What Twitch calls the verification URI is good for a QR code, too. */
    private static ProviderAnswer withCompleteUri(ProviderAnswer answer) {
        return answer.text("verification_uri")
                .filter(uri -> answer.text("user_code").filter(uri::contains).isPresent())
                .map(uri -> answer.with("verification_uri_complete", uri)).orElse(answer);
    }

    private static ProviderAnswer error(ProviderAnswer answer, String message) {
        String text = message.strip().toLowerCase(Locale.ROOT);
        return switch (text) {
            case "authorization_pending", "slow_down", "access_denied", "expired_token" -> answer.with("error", text);
            case "invalid device code", "invalid refresh token" -> described(answer, "invalid_grant", message);
            case "invalid scope", "invalid scopes" -> described(answer, "invalid_scope", message);
            // nothing is wrong with the tokens, which are kept
            case "invalid client", "invalid client secret", "missing client secret" ->
                described(answer, "invalid_client", message);
            default -> text.startsWith("missing ") ? described(answer, "invalid_request", message) : answer;
        };
    }

    private static ProviderAnswer described(ProviderAnswer answer, String code, String message) {
        return answer.with("error", code).with("error_description", message);
    }
}

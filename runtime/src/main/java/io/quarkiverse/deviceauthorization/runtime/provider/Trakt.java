package io.quarkiverse.deviceauthorization.runtime.provider;

import static io.quarkiverse.deviceauthorization.runtime.provider.Cure.POLL;
import static io.quarkiverse.deviceauthorization.runtime.provider.Cure.REFRESH;
import static io.quarkiverse.deviceauthorization.runtime.provider.Cure.START;

import java.net.URI;
import java.util.Optional;

import io.quarkiverse.deviceauthorization.provider.ProviderAdapter;
import io.quarkiverse.deviceauthorization.provider.ProviderAnswer;
import io.quarkiverse.deviceauthorization.provider.ProviderRequest;
import io.quarkiverse.deviceauthorization.provider.ProviderRequest.Format;
import io.quarkiverse.deviceauthorization.provider.ProviderRequest.Kind;
import io.quarkiverse.deviceauthorization.runtime.provider.Preset.Endpoint;

/** Trakt: JSON bodies, an endpoint of its own for polling, and polls that are answered by the status alone. */
final class Trakt implements ProviderAdapter {

    private static final String APPLICATIONS = "https://trakt.tv/oauth/applications";
    private static final String TOKEN_PATH = "/oauth/token";
    private static final String POLLING_PATH = "/oauth/device/token";

    private Trakt() {
    }

    static Preset preset() {
        return Preset.at("https://api.trakt.tv")
                .path(Endpoint.DEVICE_AUTHORIZATION, "/oauth/device/code")
                .path(Endpoint.TOKEN, TOKEN_PATH)
                .path(Endpoint.REVOCATION, "/oauth/revoke")
                .secretInForm()
                .revokesAccessTokens()
                .requires("credentials.secret",
                        "is missing, and Trakt issues no tokens without it. Set it to the client secret of"
                                + " the application")
                .adapter(new Trakt())
                .cure(START, "invalid_client", "Check client-id against " + APPLICATIONS + ", and set headers.User-Agent: Trakt"
                        + " refuses requests that it distrusts in the same way")
                .cure("invalid_client", "Check client-id and credentials.secret against " + APPLICATIONS)
                .cure(POLL, "invalid_grant", "used already",
                        "The tokens went to an earlier request: start again when the person"
                                + " asks for it")
                .cure(REFRESH, "invalid_grant", "It was revoked, or used already, since each is good for one use: let no second"
                        + " process spend the same tokens")
                .build();
    }

    @Override
    public URI endpoint(Kind kind, URI configured) {
        String url = configured.toString();
        return kind == Kind.DEVICE_TOKEN && url.endsWith(TOKEN_PATH)
                ? URI.create(url.substring(0, url.length() - TOKEN_PATH.length()) + POLLING_PATH)
                : configured;
    }

    @Override
    public ProviderRequest request(ProviderRequest request) {
        ProviderRequest json = request.as(Format.JSON);
        return switch (request.kind()) {
            case DEVICE_AUTHORIZATION -> json.without("client_secret").without("scope");
            case DEVICE_TOKEN -> json.without("grant_type").renamed("device_code", "code");
            case REFRESH -> json.with("redirect_uri", "urn:ietf:wg:oauth:2.0:oob");
            case REVOCATION -> json.without("token_type_hint");
        };
    }

    @Override
    public ProviderAnswer answer(Kind kind, ProviderAnswer answer) {
        return switch (kind) {
            case DEVICE_AUTHORIZATION -> started(answer);
            case DEVICE_TOKEN -> polled(answer);
            case REFRESH, REVOCATION -> answer;
        };
    }

    private static ProviderAnswer started(ProviderAnswer answer) {
        if (answer.status() == 401 || answer.status() == 403) {
            return answer.error("invalid_client");
        }
        Optional<String> uri = answer.text("verification_url").map(url -> url.endsWith("/") ? url : url + "/");
        return uri.isPresent() ? answer.text("user_code").filter(code -> code.matches("[A-Za-z0-9-]+"))
                .map(code -> answer.with("verification_uri_complete", uri.get() + code)).orElse(answer) : answer;
    }

    /** A 403 is left alone: what is in front of Trakt refuses requests by it, and no approved sign-in is lost by that. */
    private static ProviderAnswer polled(ProviderAnswer answer) {
        return switch (answer.status()) {
            case 400 -> answer.error("authorization_pending");
            case 401 -> answer.error("invalid_client");
            case 404 -> refused(answer, "Trakt doesn't know this device code");
            case 409 -> refused(answer, "The device code was used already");
            case 410 -> answer.error("expired_token");
            case 418 -> answer.error("access_denied");
            case 429 -> answer.error("slow_down");
            default -> answer;
        };
    }

    private static ProviderAnswer refused(ProviderAnswer answer, String why) {
        return answer.text("error").isPresent() ? answer
                : answer.error("invalid_grant").with("error_description", why);
    }
}

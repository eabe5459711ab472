package io.quarkiverse.deviceauthorization.runtime.provider;

import java.net.URI;

import io.quarkiverse.deviceauthorization.provider.ProviderAdapter;
import io.quarkiverse.deviceauthorization.provider.ProviderAnswer;
import io.quarkiverse.deviceauthorization.provider.ProviderRequest;
import io.quarkiverse.deviceauthorization.provider.ProviderRequest.Format;
import io.quarkiverse.deviceauthorization.provider.ProviderRequest.Kind;
import io.quarkiverse.deviceauthorization.runtime.provider.Preset.Endpoint;

/** Trakt: JSON bodies, an endpoint of its own for polling, and polls that are answered by the status alone. */
final class Trakt implements ProviderAdapter {

    private Trakt() {
    }

    static Preset preset() {
        return Preset.at("https://api.trakt.tv")
                .path(Endpoint.DEVICE_AUTHORIZATION, "/oauth/device/code")
                .path(Endpoint.TOKEN, "/oauth/token")
                .path(Endpoint.REVOCATION, "/oauth/revoke")
                .secretInForm()
                .requires("credentials.secret",
                        "is missing, and Trakt issues no tokens without it. Set it to the client secret of"
                                + " the application")
                .adapter(new Trakt())
                .build();
    }

    @Override
    public URI endpoint(Kind kind, URI configured) {
        return kind == Kind.DEVICE_TOKEN && configured.getPath().endsWith("/oauth/token")
                ? configured.resolve("/oauth/device/token")
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
        if (kind != Kind.DEVICE_TOKEN) {
            return answer;
        }
        return switch (answer.status()) {
            case 400 -> answer.error("authorization_pending");
            case 404 -> answer.error("invalid_grant").with("error_description", "Trakt doesn't know this device code");
            case 409 -> answer.error("invalid_grant").with("error_description", "The device code was used already");
            case 410 -> answer.error("expired_token");
            case 418 -> answer.error("access_denied");
            case 429 -> answer.error("slow_down");
            default -> answer;
        };
    }
}

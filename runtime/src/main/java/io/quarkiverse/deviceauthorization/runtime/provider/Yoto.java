package io.quarkiverse.deviceauthorization.runtime.provider;

import static io.quarkiverse.deviceauthorization.runtime.provider.Cure.REFRESH;
import static io.quarkiverse.deviceauthorization.runtime.provider.Cure.START;

import io.quarkiverse.deviceauthorization.runtime.provider.Preset.Endpoint;

/** The Yoto API, an Auth0 domain: no discovery needed, audience and scopes required. */
final class Yoto {

    private Yoto() {
    }

    static Preset preset() {
        return Preset.at("https://login.yotoplay.com")
                .path(Endpoint.DEVICE_AUTHORIZATION, "/oauth/device/code")
                .path(Endpoint.TOKEN, "/oauth/token")
                .path(Endpoint.REVOCATION, "/oauth/revoke")
                .path(Endpoint.USER_INFO, "/userinfo")
                .path(Endpoint.JWKS, "/.well-known/jwks.json")
                .issuer("https://login.yotoplay.com/")
                .audience("https://api.yotoplay.com")
                .scopes("profile", "offline_access", "openid")
                .refreshScope("offline_access")
                .cure("unauthorized_client", "Make the client a public one with the device authorization grant in the Yoto"
                        + " developer dashboard (https://dashboard.yoto.dev)")
                .cure(START, "invalid_request", "audience",
                        "Leave audience to the preset, or set it to https://api.yotoplay.com")
                .cure(START, "access_denied", "Check client-id against the Yoto developer dashboard"
                        + " (https://dashboard.yoto.dev), and leave audience and scopes to the preset")
                .cure("invalid_client", "Check client-id against the Yoto developer dashboard (https://dashboard.yoto.dev), and"
                        + " remove credentials: Yoto's device clients are public")
                .cure(REFRESH, "invalid_grant", "It has expired, was revoked, or was used already, since each is good for one"
                        + " use: let no second process spend the same tokens")
                .build();
    }
}

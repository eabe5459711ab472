package io.quarkiverse.deviceauthorization.runtime.provider;

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
                .build();
    }
}

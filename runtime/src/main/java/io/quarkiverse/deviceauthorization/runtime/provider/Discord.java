package io.quarkiverse.deviceauthorization.runtime.provider;

import static io.quarkiverse.deviceauthorization.runtime.provider.Cure.START;

import io.quarkiverse.deviceauthorization.runtime.provider.Preset.Endpoint;

/** Discord, whose metadata don't name the grant. */
final class Discord {

    private static final String PORTAL = "https://discord.com/developers/applications";

    private Discord() {
    }

    static Preset preset() {
        return Preset.at("https://discord.com")
                .path(Endpoint.DEVICE_AUTHORIZATION, "/api/oauth2/device/authorize")
                .path(Endpoint.TOKEN, "/api/oauth2/token")
                .path(Endpoint.REVOCATION, "/api/oauth2/token/revoke")
                .path(Endpoint.USER_INFO, "/api/oauth2/userinfo")
                .path(Endpoint.JWKS, "/api/oauth2/keys")
                .issuer("https://discord.com")
                .cure("invalid_client", "Check client-id and credentials.secret against OAuth2 of the app at " + PORTAL
                        + ", or switch on \"Public Client\" there")
                .cure("unauthorized_client", "Switch on \"Public Client\" under OAuth2 of the app at " + PORTAL
                        + " or set credentials.secret, and enable the Discord Social SDK for the app")
                .cure(START, "invalid_scope|invalid_request", "Check scopes: Discord wants one at least, such as"
                        + " sdk.social_layer, and approves some itself")
                .build();
    }
}

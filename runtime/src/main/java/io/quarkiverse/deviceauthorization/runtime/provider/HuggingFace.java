package io.quarkiverse.deviceauthorization.runtime.provider;

import static io.quarkiverse.deviceauthorization.runtime.provider.Cure.START;

import io.quarkiverse.deviceauthorization.runtime.provider.Preset.Endpoint;

/** The Hugging Face Hub. */
final class HuggingFace {

    private static final String APPLICATIONS = "https://huggingface.co/settings/applications";

    private HuggingFace() {
    }

    static Preset preset() {
        return Preset.at("https://huggingface.co")
                .path(Endpoint.DEVICE_AUTHORIZATION, "/oauth/device")
                .path(Endpoint.TOKEN, "/oauth/token")
                .path(Endpoint.USER_INFO, "/oauth/userinfo")
                .path(Endpoint.JWKS, "/oauth/jwks")
                .issuer("https://huggingface.co")
                .scopes("openid", "profile")
                .cure("invalid_client", "Check client-id against " + APPLICATIONS + ": an app with a secret needs"
                        + " credentials.secret, and one without must not have it")
                .cure(START, "invalid_scope", "Tick the scopes for the app at " + APPLICATIONS)
                .build();
    }
}

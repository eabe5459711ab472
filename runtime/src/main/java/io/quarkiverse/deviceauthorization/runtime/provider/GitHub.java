package io.quarkiverse.deviceauthorization.runtime.provider;

import static io.quarkiverse.deviceauthorization.runtime.provider.Cure.POLL;
import static io.quarkiverse.deviceauthorization.runtime.provider.Cure.REFRESH;

import java.util.Map;

import io.quarkiverse.deviceauthorization.provider.ProviderAdapter;
import io.quarkiverse.deviceauthorization.provider.ProviderAnswer;
import io.quarkiverse.deviceauthorization.provider.ProviderRequest.Kind;
import io.quarkiverse.deviceauthorization.runtime.provider.Preset.Endpoint;

/** GitHub, with error codes of its own, and a 404 for a client that it doesn't know. */
final class GitHub implements ProviderAdapter {

    private static final ProviderAdapter ERRORS = new RenamedErrors(Map.of(
            "device_flow_disabled", "unauthorized_client",
            "incorrect_client_credentials", "invalid_client",
            "incorrect_device_code", "invalid_grant",
            "bad_verification_code", "invalid_grant",
            "bad_refresh_token", "invalid_grant",
            "token_expired", "expired_token"));

    private GitHub() {
    }

    static Preset preset() {
        return Preset.at("https://github.com")
                .path(Endpoint.DEVICE_AUTHORIZATION, "/login/device/code")
                .path(Endpoint.TOKEN, "/login/oauth/access_token")
                .adapter(new GitHub())
                .cure("unauthorized_client", "Open Settings > Developer settings > (the app) on GitHub and tick \"Enable Device"
                        + " Flow\"")
                .cure("invalid_client", "Check client-id against Settings > Developer settings > (the app) on GitHub: it is the"
                        + " client ID and not the app ID; a secret is not needed")
                .cure("unsupported_grant_type", "Leave token-path to the preset")
                .cure(POLL, "unverified_user_email", "The person's primary e-mail address is not verified on GitHub, and has to"
                        + " be before an app gets tokens")
                .cure(REFRESH, "invalid_grant", "It was used already, since each is good for one use, or is older than six"
                        + " months: let no second process spend the same tokens")
                .build();
    }

    @Override
    public ProviderAnswer answer(Kind kind, ProviderAnswer answer) {
        if (kind == Kind.DEVICE_AUTHORIZATION && answer.status() == 404) {
            return answer.with("error", "invalid_client");
        }
        return ERRORS.answer(kind, answer);
    }
}

package io.quarkiverse.deviceauthorization.runtime.provider;

import static io.quarkiverse.deviceauthorization.runtime.provider.Cure.REFRESH;
import static io.quarkiverse.deviceauthorization.runtime.provider.Cure.START;

import java.util.function.UnaryOperator;

import io.quarkiverse.deviceauthorization.provider.ProviderAdapter;
import io.quarkiverse.deviceauthorization.provider.ProviderAnswer;
import io.quarkiverse.deviceauthorization.provider.ProviderRequest.Kind;
import io.quarkiverse.deviceauthorization.runtime.provider.Preset.Endpoint;

/** GitLab, at gitlab.com or elsewhere. Its metadata don't name the grant, and old versions don't have it. */
final class GitLab implements ProviderAdapter {

    private static final String APPLICATIONS = "User settings > Applications in GitLab";
    private static final String VERSION = "Use GitLab 17.3 or later, or switch on the feature flag oauth2_device_grant_flow in"
            + " 17.2";

    private GitLab() {
    }

    static Preset preset() {
        return Preset.at("https://gitlab.com")
                .path(Endpoint.DEVICE_AUTHORIZATION, "/oauth/authorize_device")
                .path(Endpoint.TOKEN, "/oauth/token")
                .path(Endpoint.REVOCATION, "/oauth/revoke")
                .path(Endpoint.USER_INFO, "/oauth/userinfo")
                .path(Endpoint.JWKS, "/oauth/discovery/keys")
                .issuer(UnaryOperator.identity())
                .adapter(new GitLab())
                .cure(START, "unsupported_grant_type", VERSION + ", and check that auth-server-url is its address")
                .cure("unsupported_grant_type|unauthorized_client", VERSION)
                .cure("invalid_client", "Check client-id against " + APPLICATIONS
                        + ", and untick \"Confidential\" there or set credentials.secret")
                .cure(START, "invalid_scope", "Tick the scopes for the application under " + APPLICATIONS)
                .cure(REFRESH, "invalid_grant", "It was revoked, or used already, since each is good for one use: let no second"
                        + " process spend the same tokens")
                .build();
    }

    /** The endpoint is not there before 17.2. */
    @Override
    public ProviderAnswer answer(Kind kind, ProviderAnswer answer) {
        return kind == Kind.DEVICE_AUTHORIZATION && answer.status() == 404 ? answer.with("error", "unsupported_grant_type")
                : answer;
    }
}

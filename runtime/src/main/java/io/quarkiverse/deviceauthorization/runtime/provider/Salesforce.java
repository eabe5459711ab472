package io.quarkiverse.deviceauthorization.runtime.provider;

import static io.quarkiverse.deviceauthorization.runtime.provider.Cure.POLL;
import static io.quarkiverse.deviceauthorization.runtime.provider.Cure.REFRESH;
import static io.quarkiverse.deviceauthorization.runtime.provider.Cure.START;

import java.util.Map;
import java.util.Optional;

import io.quarkiverse.deviceauthorization.provider.ProviderAdapter;
import io.quarkiverse.deviceauthorization.provider.ProviderAnswer;
import io.quarkiverse.deviceauthorization.provider.ProviderRequest;
import io.quarkiverse.deviceauthorization.provider.ProviderRequest.Kind;
import io.quarkiverse.deviceauthorization.runtime.provider.Preset.Endpoint;

/** Salesforce: one endpoint for everything, parameters from before RFC 8628, and no word on how long things live. */
final class Salesforce implements ProviderAdapter {

    private static final String ENDPOINT = "/services/oauth2/token";
    private static final String SETTINGS = "Setup > External Client App Manager > (the app) > OAuth settings in Salesforce";

    /** How long codes live, as the documentation says, in seconds. */
    private static final int CODES = 600;

    /**
     * How long an access token lives at least, in seconds: the shortest session timeout that an org can have. Without an end,
     * tokens would never be refreshed.
     */
    private static final int ACCESS_TOKEN = 900;

    private static final ProviderAdapter ERRORS = new RenamedErrors(Map.of("invalid_client_id", "invalid_client"));

    private Salesforce() {
    }

    /** Without an issuer: which of an org's hosts an ID token names is not documented for this grant. */
    static Preset preset() {
        return Preset.at("https://login.salesforce.com")
                .path(Endpoint.DEVICE_AUTHORIZATION, ENDPOINT)
                .path(Endpoint.TOKEN, ENDPOINT)
                .path(Endpoint.REVOCATION, "/services/oauth2/revoke")
                .path(Endpoint.USER_INFO, "/services/oauth2/userinfo")
                .path(Endpoint.JWKS, "/id/keys")
                .secretInForm()
                .adapter(new Salesforce())
                .cure(Cure.ALWAYS, "invalid_client", "^invalid_client_id", "Check client-id, the consumer key, which is"
                        + " known ten minutes after a new app was made, and set auth-server-url to the org's My Domain if"
                        + " login.salesforce.com is closed to it")
                .cure("invalid_client", "Check credentials.secret, the consumer secret, or untick \"Require Secret\" under "
                        + SETTINGS)
                .cure(START, "unsupported_response_type", "Open " + SETTINGS + " and select \"Enable Device Flow\"")
                .cure(START, "invalid_request", "device|response_type", "Open " + SETTINGS + " and select \"Enable Device"
                        + " Flow\"")
                .cure("invalid_scope", "Select the scopes under " + SETTINGS)
                .cure(POLL, "access_denied", "If they didn't, the policies of the app pre-authorize other people only")
                .cure(POLL, "OAUTH_APP_ACCESS_DENIED|OAUTH_APP_BLOCKED", "The org's administrator has to install or unblock the"
                        + " app under Setup > Connected Apps OAuth Usage")
                .cure(POLL, "invalid_grant", "inactive|ip restricted|not approved",
                        "A policy of the app stops this person: look"
                                + " at its permitted users and its IP relaxation")
                .cure(REFRESH, "invalid_grant", "It has expired or was revoked, or a policy of the app stops this person")
                .build();
    }

    @Override
    public ProviderRequest request(ProviderRequest request) {
        return switch (request.kind()) {
            case DEVICE_AUTHORIZATION -> request.without("client_secret").with("response_type", "device_code");
            case DEVICE_TOKEN -> request.with("grant_type", "device").renamed("device_code", "code");
            case REFRESH, REVOCATION -> request;
        };
    }

    @Override
    public ProviderAnswer answer(Kind kind, ProviderAnswer answer) {
        if (answer.text("device_code").isPresent()) {
            return lasting(withCompleteUri(answer), CODES);
        }
        return answer.text("access_token").isPresent() && refreshable(kind, answer) ? lasting(answer, ACCESS_TOKEN)
                : ERRORS.answer(kind, answer);
    }

    private static boolean refreshable(Kind kind, ProviderAnswer answer) {
        return kind == Kind.REFRESH || answer.text("refresh_token").isPresent();
    }

    private static ProviderAnswer lasting(ProviderAnswer answer, int seconds) {
        return answer.members().containsKey("expires_in") ? answer : answer.with("expires_in", seconds);
    }

    private static ProviderAnswer withCompleteUri(ProviderAnswer answer) {
        Optional<String> code = answer.text("user_code").filter(text -> text.matches("[A-Za-z0-9-]+"));
        Optional<String> uri = answer.text("verification_uri").filter(text -> !text.contains("?") && !text.contains("#"));
        return uri.isEmpty() || code.isEmpty() || answer.text("verification_uri_complete").isPresent() ? answer
                : answer.with("verification_uri_complete", uri.get() + "?user_code=" + code.get());
    }
}

package io.quarkiverse.deviceauthorization.runtime.provider;

import static io.quarkiverse.deviceauthorization.runtime.provider.Cure.ALWAYS;
import static io.quarkiverse.deviceauthorization.runtime.provider.Cure.POLL;
import static io.quarkiverse.deviceauthorization.runtime.provider.Cure.REFRESH;

/** Okta, whose metadata name everything. */
final class Okta {

    private static final String SERVER = "Security > API > (the authorization server) > ";

    private Okta() {
    }

    static Preset preset() {
        return Preset.ownServer("https://my-company.okta.com/oauth2/default")
                .refreshScope("offline_access")
                .cure("unauthorized_client",
                        "Open Applications > (the app) > General > Grant type in the Okta Admin Console and"
                                + " select \"Device Authorization\"; the app has to be an OIDC Native Application")
                .cure(ALWAYS, "access_denied", "policy evaluation failed",
                        "Open " + SERVER + "Access Policies in the Okta Admin"
                                + " Console and edit the rule: its policy has to include this app, and its grant types \"Device"
                                + " Authorization\"")
                .cure(POLL, "access_denied", "not assigned",
                        "Assign the person to the app under Applications > (the app) > Assignments in the Okta Admin Console")
                .cure("invalid_scope",
                        "Check scopes against " + SERVER + "Scopes in the Okta Admin Console and against the rule"
                                + " of the access policy; offline_access needs the grant type \"Refresh Token\" of the app too")
                .cure("invalid_client", "Check client-id and auth-server-url, and remove credentials if the client"
                        + " authentication of the app is None")
                .cure(REFRESH, "invalid_grant", "It is unknown, has expired, or was used twice while it rotates: let no second"
                        + " process spend the same tokens")
                .build();
    }
}

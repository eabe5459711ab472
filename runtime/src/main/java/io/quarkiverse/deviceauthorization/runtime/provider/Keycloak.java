package io.quarkiverse.deviceauthorization.runtime.provider;

import static io.quarkiverse.deviceauthorization.runtime.provider.Cure.ALWAYS;
import static io.quarkiverse.deviceauthorization.runtime.provider.Cure.POLL;
import static io.quarkiverse.deviceauthorization.runtime.provider.Cure.REFRESH;
import static io.quarkiverse.deviceauthorization.runtime.provider.Cure.START;
import static io.quarkiverse.deviceauthorization.runtime.provider.Cure.TOKEN;

/** Keycloak, whose metadata name everything. */
final class Keycloak {

    private Keycloak() {
    }

    static Preset preset() {
        return Preset.ownServer("https://keycloak.example.com/realms/home")
                .cure(ALWAYS, "invalid_grant|unauthorized_client", "not allowed (for |to initiate )?OAuth 2\\.0 Device",
                        "Open Clients > (the client) > Settings > Capability config in Keycloak's admin console and tick"
                                + " \"OAuth 2.0 Device Authorization Grant\"")
                .cure("unauthorized_client",
                        "Check credentials against Clients > (the client) > Credentials in Keycloak's admin"
                                + " console: the secret is wrong or missing, or the client authenticates in another way")
                .cure(ALWAYS, "invalid_client|invalid_request", "token reuse", "Look for a proxy that repeats requests: each"
                        + " assertion is sent once")
                .cure(ALWAYS, "invalid_client|invalid_request", "audience|jwt", "Check credentials.jwt.audience:"
                        + " Keycloak takes the issuer or the token endpoint")
                .cure("invalid_client",
                        "Check client-id and the realm in auth-server-url: the realm has no such client, or it is"
                                + " switched off")
                .cure(START, "invalid_request", "code.challenge", "Set pkce to true: the client demands PKCE")
                .cure(TOKEN, "invalid_request", "DPoP", "Set dpop to true: the client demands tokens that are bound to a key")
                .cure(ALWAYS, "invalid_request", "https required", "Use https in auth-server-url: the realm requires TLS (Realm"
                        + " settings > General > Require SSL)")
                .cure("invalid_scope",
                        "Check scopes against Clients > (the client) > Client scopes in Keycloak's admin console")
                .cure(POLL, "invalid_grant", "code verifier|PKCE", "Set pkce to true, and don't change it while somebody signs"
                        + " in")
                .cure(POLL, "invalid_grant", "not fully set up", "The person has something left to do in Keycloak, such as to"
                        + " verify an e-mail address or to change a password")
                .cure(TOKEN, "invalid_grant", "user (disabled|not found)", "The account is disabled or deleted")
                .cure(REFRESH, "invalid_grant", "reuse", "It was used already, and Revoke Refresh Token is on in the realm: a"
                        + " refresh was cut off before its answer was stored, or something else uses the same tokens. Set"
                        + " Refresh Token Max Reuse to 1 in Realm settings > Tokens to survive a refresh that is cut off")
                .cure(REFRESH, "invalid_grant", "stale token", "It was used already, while Revoke Refresh Token is on in the"
                        + " realm, or was issued before the time that Sessions > Revocation has in Keycloak's admin console")
                .cure(REFRESH, "invalid_grant", "offline", "The session has ended: it was signed out, revoked in Keycloak, or"
                        + " not used for too long")
                .cure(REFRESH, "invalid_grant",
                        "The session has ended: ask for the scope offline_access if tokens should outlive"
                                + " it")
                .build();
    }
}

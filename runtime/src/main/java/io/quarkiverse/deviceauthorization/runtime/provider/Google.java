package io.quarkiverse.deviceauthorization.runtime.provider;

import static io.quarkiverse.deviceauthorization.runtime.provider.Cure.POLL;
import static io.quarkiverse.deviceauthorization.runtime.provider.Cure.REFRESH;
import static io.quarkiverse.deviceauthorization.runtime.provider.Cure.START;
import static io.quarkiverse.deviceauthorization.runtime.provider.Cure.TOKEN;

import io.quarkiverse.deviceauthorization.runtime.provider.Preset.Endpoint;

/** Google, whose clients for devices have a secret that is none, and which issues a refresh token without being asked. */
final class Google {

    private static final String CREDENTIALS = "https://console.cloud.google.com/apis/credentials";
    private static final String CLIENT_TYPE = "Create a client of the type \"TVs and Limited Input devices\" at " + CREDENTIALS
            + ", and use its client id and secret";

    private Google() {
    }

    static Preset preset() {
        return Preset.at("https://accounts.google.com")
                .path(Endpoint.DEVICE_AUTHORIZATION, "https://oauth2.googleapis.com/device/code")
                .path(Endpoint.TOKEN, "https://oauth2.googleapis.com/token")
                .path(Endpoint.REVOCATION, "https://oauth2.googleapis.com/revoke")
                .path(Endpoint.USER_INFO, "https://openidconnect.googleapis.com/v1/userinfo")
                .path(Endpoint.JWKS, "https://www.googleapis.com/oauth2/v3/certs")
                .issuer("https://accounts.google.com")
                .scopes("openid", "email", "profile")
                .secretInForm()
                .requires("credentials.secret",
                        "is missing, and Google issues no tokens without it. Set it to the client secret"
                                + " of the client at " + CREDENTIALS)
                .cure(START, "invalid_client", "TVs and Limited Input|client type", CLIENT_TYPE)
                .cure("invalid_client", "Check client-id and credentials.secret against the client at " + CREDENTIALS
                        + ", whose type has to be \"TVs and Limited Input devices\"")
                .cure(TOKEN, "invalid_request", "client_secret",
                        "Set credentials.secret: Google wants the secret of the client,"
                                + " though it needn't be kept")
                .cure("unauthorized_client", CLIENT_TYPE)
                .cure("invalid_scope",
                        "Google allows only some scopes in this grant (openid, email, profile, and those of Drive"
                                + " and YouTube that its documentation lists): check scopes, and leave out offline_access")
                .cure(POLL, "access_denied", "If they didn't, the account is none of the project's test users, while its"
                        + " publishing status is Testing (Google Auth Platform > Audience)")
                .cure("admin_policy_enforced",
                        "The administrator of the person's Google Workspace doesn't allow these scopes for"
                                + " this client, and can trust it under Security > API controls")
                .cure("org_internal", "Only members of the project's organization may sign in: set the user type to External"
                        + " under Google Auth Platform > Audience to let in others")
                .cure(START, "rate_limit_exceeded",
                        "The project has asked for too many device codes: try again later, and start"
                                + " a flow only when a person asks for one")
                .cure(REFRESH, "invalid_grant",
                        "It was revoked, or unused for six months, or is older than seven days while the"
                                + " publishing status of the project is Testing (Google Auth Platform > Audience)")
                .build();
    }
}

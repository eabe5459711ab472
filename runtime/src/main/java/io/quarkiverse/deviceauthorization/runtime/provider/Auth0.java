package io.quarkiverse.deviceauthorization.runtime.provider;

import static io.quarkiverse.deviceauthorization.runtime.provider.Cure.ALWAYS;
import static io.quarkiverse.deviceauthorization.runtime.provider.Cure.POLL;
import static io.quarkiverse.deviceauthorization.runtime.provider.Cure.REFRESH;
import static io.quarkiverse.deviceauthorization.runtime.provider.Cure.START;

import java.util.function.UnaryOperator;

import io.quarkiverse.deviceauthorization.runtime.provider.Preset.Endpoint;

/** Auth0: a tenant or a custom domain, whose access tokens are of use only for an API that is asked for as the audience. */
final class Auth0 {

    private static final String GRANT_TYPES = "Open Applications > (the application) > Advanced Settings > Grant Types in the"
            + " Auth0 dashboard and switch on ";

    private Auth0() {
    }

    static Preset preset() {
        return Preset.ownServer("https://my-tenant.eu.auth0.com")
                .path(Endpoint.DEVICE_AUTHORIZATION, "/oauth/device/code")
                .path(Endpoint.TOKEN, "/oauth/token")
                .path(Endpoint.REVOCATION, "/oauth/revoke")
                .path(Endpoint.USER_INFO, "/userinfo")
                .path(Endpoint.JWKS, "/.well-known/jwks.json")
                .issuer(UnaryOperator.identity())
                .refreshScope("offline_access")
                .requiresAtBuild("audience", "is missing, and without it Auth0's access tokens are good for no API. Set it to"
                        + " the identifier of an API under Applications > APIs in the Auth0 dashboard")
                .cure(REFRESH, "unauthorized_client", GRANT_TYPES + "\"Refresh Token\"")
                .cure("unauthorized_client", GRANT_TYPES + "\"Device Code\"; the application type has to be Native")
                .cure(ALWAYS, "access_denied", "service not (found|enabled)", "Check audience: it has to be the identifier of"
                        + " an API under Applications > APIs in the Auth0 dashboard")
                .cure(POLL, "access_denied", "unauthorized|blocked", "A rule or an action of the tenant refused this sign-in:"
                        + " look at Monitoring > Logs in the Auth0 dashboard")
                .cure(START, "invalid_request", "audience", "Set audience to the identifier of an API under Applications > APIs"
                        + " in the Auth0 dashboard")
                .cure("invalid_client", "Check client-id, and remove credentials: a Native application has none")
                .cure(REFRESH, "invalid_grant", "It was revoked, has expired, or was used twice while Refresh Token Rotation is"
                        + " on, which revokes all tokens of the sign-in")
                .build();
    }
}

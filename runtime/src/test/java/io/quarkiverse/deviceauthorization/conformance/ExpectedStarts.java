package io.quarkiverse.deviceauthorization.conformance;

import java.util.List;
import java.util.Map;

import io.quarkiverse.deviceauthorization.AuthorizationServerException;
import io.quarkiverse.deviceauthorization.DeviceAuthorizationException;
import io.quarkiverse.deviceauthorization.InvalidClientException;
import io.quarkiverse.deviceauthorization.InvalidGrantException;
import io.quarkiverse.deviceauthorization.UnauthorizedClientException;
import io.quarkiverse.deviceauthorization.conformance.Expectation.Sender;
import io.quarkiverse.deviceauthorization.conformance.Expectation.Step;

/** What comes of metadata and of the answers to device authorization requests. */
final class ExpectedStarts {

    private static final String REFUSED = "The authorization server refused to start a device authorization for the default"
            + " client: ";
    private static final Map<String, Object> ENTRA_MESSAGE = Map.of("message", "To sign in, use a web browser to open the page"
            + " https://microsoft.com/devicelogin and enter the code C45FGVYJR to authenticate.");

    private ExpectedStarts() {
    }

    static List<Expectation> all() {
        return List.of(
                new Expectation("keycloak-metadata", Sender.KEYCLOAK, Step.METADATA, new Outcome.Endpoints(
                        "https://keycloak.example.com/realms/tv/protocol/openid-connect/auth/device")),

                codes("auth0-device", Sender.AUTH0, "bP61fake-device-code-0001", "ZDTT-NSTF",
                        "https://login.yotoplay.com/activate", "https://login.yotoplay.com/activate?user_code=ZDTT-NSTF",
                        300, 5, Map.of()),
                codes("google-device", Sender.GOOGLE, "4/4-GMMhfake-device-code-0002", "GQVQ-JKEC",
                        "https://www.google.com/device", null, 1800, 5, Map.of()),
                codes("github-device", Sender.GITHUB, "3584fake-device-code-0003", "WDJB-MJHT",
                        "https://github.com/login/device", null, 900, 5, Map.of()),
                codes("github-device-form", Sender.GITHUB, "3584fake-device-code-0003", "WDJB-MJHT",
                        "https://github.com/login/device", null, 900, 5, Map.of()),
                codes("entra-device", Sender.ENTRA, "CAQABfake-device-code-0005", "C45FGVYJR",
                        "https://microsoft.com/devicelogin", null, 900, 5, ENTRA_MESSAGE),
                codes("entra-v1-device", Sender.ENTRA, "CAQABfake-device-code-0004", "C45FGVYJR",
                        "https://microsoft.com/devicelogin", null, 900, 5, ENTRA_MESSAGE),
                codes("keycloak-device", Sender.KEYCLOAK, "fake-device-code-of-keycloak-43-characters-", "FTDJ-WZPX",
                        "https://keycloak.example.com/realms/tv/device",
                        "https://keycloak.example.com/realms/tv/device?user_code=FTDJ-WZPX", 600, 2, Map.of()),
                codes("twitch-device", Sender.TWITCH, "ike3fake-device-code-0006", "ABCDEFGH",
                        "https://www.twitch.tv/activate?device-code=ABCDEFGH",
                        "https://www.twitch.tv/activate?device-code=ABCDEFGH", 1800, 5, Map.of()),
                codes("trakt-device", Sender.TRAKT, "d9c1fake-device-code-0007", "5055CC52", "https://trakt.tv/activate",
                        "https://trakt.tv/activate/5055CC52", 600, 5, Map.of()),
                codes("salesforce-device", Sender.SALESFORCE, "fake-device-code-0008", "ABCD1234",
                        "https://login.salesforce.com/setup/connect",
                        "https://login.salesforce.com/setup/connect?user_code=ABCD1234", 600, 5, Map.of()),

                noFlow("google-quota", Sender.GOOGLE, DeviceAuthorizationException.class,
                        REFUSED + "rate_limit_exceeded, HTTP status 403. The project has asked for too many device codes: try"
                                + " again later, and start a flow only when a person asks for one"),
                noFlow("github-disabled", Sender.GITHUB, UnauthorizedClientException.class,
                        REFUSED + "unauthorized_client (device_flow_disabled: Device Flow must be explicitly enabled for this"
                                + " App), HTTP status 200. Open Settings > Developer settings > (the app) on GitHub and tick"
                                + " \"Enable Device Flow\""),
                noFlow("keycloak-off", Sender.KEYCLOAK, UnauthorizedClientException.class,
                        REFUSED + "unauthorized_client (Client not allowed for OAuth 2.0 Device Authorization Grant), HTTP"
                                + " status 400. Open Clients > (the client) > Settings > Capability config in Keycloak's admin"
                                + " console and tick \"OAuth 2.0 Device Authorization Grant\""),
                noFlow("keycloak-off-2", Sender.KEYCLOAK, InvalidGrantException.class,
                        REFUSED + "invalid_grant (Client not allowed for OAuth 2.0 Device Authorization Grant), HTTP status"
                                + " 400. Open Clients > (the client) > Settings > Capability config in Keycloak's admin console"
                                + " and tick \"OAuth 2.0 Device Authorization Grant\""),
                noFlow("keycloak-secret", Sender.KEYCLOAK, UnauthorizedClientException.class,
                        REFUSED + "unauthorized_client (Invalid client or Invalid client credentials), HTTP status 401. Check"
                                + " credentials against Clients > (the client) > Credentials in Keycloak's admin console: the"
                                + " secret is wrong or missing, or the client authenticates in another way"),
                noFlow("keycloak-client", Sender.KEYCLOAK, InvalidClientException.class,
                        REFUSED + "invalid_client (Invalid client or Invalid client credentials), HTTP status 401. Check"
                                + " client-id and the realm in auth-server-url: the realm has no such client, or it is switched"
                                + " off"),
                noFlow("keycloak-assertion-reused", Sender.KEYCLOAK, InvalidClientException.class,
                        REFUSED + "invalid_client (Token reuse detected), HTTP status 400. Look for a proxy that repeats"
                                + " requests: each assertion is sent once"),
                noFlow("keycloak-client-id-twice", Sender.KEYCLOAK, InvalidGrantException.class,
                        REFUSED + "invalid_grant (duplicated parameter), HTTP status 400. The code is unknown, used up or"
                                + " issued to another client: start again when the person asks for it"),
                noFlow("keycloak-device-page", Sender.KEYCLOAK, AuthorizationServerException.class,
                        "The authorization server of the default client sent no OAuth answer (text/html;charset=utf-8). Check"
                                + " quarkus.device-authorization.device-authorization-path (HTTP status 200)"),
                noFlow("aws-device", Sender.AWS, AuthorizationServerException.class,
                        "The device authorization response for the default client lacks device_code, user_code,"
                                + " verification_uri, expires_in, or has it in a form that is of no use. This provider keeps to"
                                + " ways of its own, which are not supported: a bean that is a ProviderAdapter can translate"
                                + " them"),
                noFlow("facebook-device", Sender.FACEBOOK, AuthorizationServerException.class,
                        "The device authorization response for the default client lacks device_code, or has it in a form that"
                                + " is of no use. This provider keeps to ways of its own, which are not supported: a bean that"
                                + " is a ProviderAdapter can translate them"));
    }

    private static Expectation codes(String fixture, Sender from, String deviceCode, String userCode, String uri,
            String complete, long expiresIn, long interval, Map<String, Object> parameters) {
        return new Expectation(fixture, from, Step.START,
                new Outcome.Codes(deviceCode, userCode, uri, complete, expiresIn, interval, parameters));
    }

    private static Expectation noFlow(String fixture, Sender from, Class<? extends Exception> type, String message) {
        return new Expectation(fixture, from, Step.START, new Outcome.NoFlow(type, message));
    }
}

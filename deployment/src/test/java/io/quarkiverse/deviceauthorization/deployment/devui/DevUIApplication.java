package io.quarkiverse.deviceauthorization.deployment.devui;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;

import io.quarkiverse.deviceauthorization.DeviceAuthorization;
import io.quarkiverse.deviceauthorization.DeviceAuthorizationName;
import io.quarkiverse.deviceauthorization.Secret;
import io.quarkiverse.deviceauthorization.Tokens;
import io.quarkiverse.deviceauthorization.deployment.DevMode;
import io.quarkus.test.QuarkusDevModeTest;

/** An application in dev mode: the default client has the Dev Service, others have something to hide. */
@Path("devui")
public class DevUIApplication {

    static final String CLIENT_SECRET = "the-secret-of-the-client";
    static final String GATEWAY_KEY = "the-key-of-the-gateway";
    static final String LOGIN_TOKEN = "the-token-in-a-parameter";

    private static final String PROPERTIES = """
            quarkus.device-authorization.scopes=openid,profile,email,offline_access
            quarkus.device-authorization.devservices.interval=1S
            quarkus.device-authorization.box.auth-server-url=http://localhost:1
            quarkus.device-authorization.box.client-id=box
            quarkus.device-authorization.box.credentials.secret=%s
            quarkus.device-authorization.box.headers.X-Gateway-Key=%s
            quarkus.device-authorization.box.extra-params.login_token=%s
            quarkus.device-authorization.box.extra-params.prompt=login
            quarkus.device-authorization.console.provider=google
            quarkus.device-authorization.console.client-id=console
            quarkus.device-authorization.console.credentials.secret=%1$s
            quarkus.device-authorization.spare.client-id=spare
            quarkus.device-authorization.spare.auth-server-url=http://localhost:1
            """.formatted(CLIENT_SECRET, GATEWAY_KEY, LOGIN_TOKEN);

    @Inject
    DeviceAuthorization client;

    @Inject
    @DeviceAuthorizationName("box")
    DeviceAuthorization box;

    @Inject
    @DeviceAuthorizationName("console")
    DeviceAuthorization console;

    static QuarkusDevModeTest inDevMode() {
        return DevMode.application(DevUIApplication.class, PROPERTIES);
    }

    /** What the application does by itself: somebody signs in, and nobody waits. */
    @POST
    @Path("sign-in/{owner}")
    public String signIn(@PathParam("owner") String owner) {
        var starter = client.forOwner(owner);
        var pending = starter.start();
        starter.follow(pending);
        return pending.id();
    }

    /** What no page may see. */
    @GET
    @Path("device-code/{owner}/{id}")
    public String deviceCode(@PathParam("owner") String owner, @PathParam("id") String id) {
        return client.forOwner(owner).resume(id).orElseThrow().deviceCode().value();
    }

    /** What no page may see either: one token in a line. */
    @GET
    @Path("tokens/{owner}")
    public String tokens(@PathParam("owner") String owner) {
        Tokens tokens = client.forOwner(owner).tokens();
        return tokens.accessToken().value() + "\n" + tokens.refreshToken().map(Secret::value).orElseThrow() + "\n"
                + tokens.idToken().map(Secret::value).orElseThrow();
    }
}

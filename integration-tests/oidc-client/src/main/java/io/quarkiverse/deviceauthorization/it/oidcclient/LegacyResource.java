package io.quarkiverse.deviceauthorization.it.oidcclient;

import java.time.Duration;
import java.util.Map;

import jakarta.enterprise.inject.CreationException;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;

import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

import io.quarkiverse.deviceauthorization.AuthorizationRequiredException;
import io.quarkiverse.deviceauthorization.DeviceAuthorization;
import io.quarkiverse.deviceauthorization.DeviceAuthorizationName;
import io.quarkiverse.deviceauthorization.PendingAuthorization;
import io.quarkus.oidc.client.OidcClient;
import io.quarkus.oidc.client.OidcClientException;
import io.quarkus.oidc.client.Tokens;
import io.smallrye.mutiny.Uni;

/** Code that knows the types of the OIDC client extension. */
@Path("/legacy")
public class LegacyResource {

    private final DeviceAuthorization deviceAuthorization;
    private final OidcClient client;
    private final OidcClient defaultClient;
    private final Tokens tokens;

    LegacyResource(@DeviceAuthorizationName("notes") DeviceAuthorization deviceAuthorization,
            @DeviceAuthorizationName("notes") OidcClient client,
            @DeviceAuthorizationName(DeviceAuthorizationName.DEFAULT) OidcClient defaultClient,
            @DeviceAuthorizationName("notes") Tokens tokens) {
        this.deviceAuthorization = deviceAuthorization;
        this.client = client;
        this.defaultClient = defaultClient;
        this.tokens = tokens;
    }

    /** What the code looks at. */
    public record Shown(String accessToken, String idToken, boolean expired, long expiresAt, long skew, String clientId) {

        static Shown of(Tokens tokens) {
            return new Shown(tokens.getAccessToken(), tokens.get("id_token"), tokens.isAccessTokenExpired(),
                    tokens.getAccessTokenExpiresAt(), tokens.getRefreshTokenTimeSkew(), tokens.getClientId());
        }
    }

    @GET
    @Path("/tokens")
    public Shown tokens() {
        return Shown.of(tokens);
    }

    @GET
    @Path("/client")
    public Uni<Shown> client() {
        return client.getTokens().onItem().transform(Shown::of);
    }

    @GET
    @Path("/default-client")
    public Uni<Shown> defaultClient() {
        return defaultClient.getTokens().onItem().transform(Shown::of);
    }

    /** Two callers with the same refresh token, one after the other. */
    @POST
    @Path("/refresh")
    public Uni<Shown> refresh() {
        return client.getTokens().onItem().transformToUni(before -> client.refreshTokens(before.getRefreshToken())
                .onItem().transformToUni(first -> client.refreshTokens(before.getRefreshToken())))
                .onItem().transform(Shown::of);
    }

    @GET
    @Path("/parameters")
    public Uni<String> parameters() {
        return client.getTokens(Map.of("scope", "everything")).onItem().transform(Tokens::getAccessToken)
                .onFailure(OidcClientException.class).recoverWithItem(Throwable::getMessage);
    }

    @DELETE
    @Path("/tokens")
    public boolean revoke() {
        String accessToken = client.getTokens().await().atMost(Duration.ofSeconds(10)).getAccessToken();
        return client.revokeAccessToken(accessToken).await().atMost(Duration.ofSeconds(10));
    }

    @POST
    @Path("/sign-in")
    public String signIn() {
        PendingAuthorization pending = deviceAuthorization.start();
        deviceAuthorization.follow(pending);
        return pending.userCode();
    }

    @ServerExceptionMapper
    Response mapException(AuthorizationRequiredException problem) {
        return Response.status(401).entity(problem.getMessage()).build();
    }

    @ServerExceptionMapper
    Response mapException(CreationException problem) {
        for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
            if (cause instanceof AuthorizationRequiredException required) {
                return mapException(required);
            }
        }
        throw problem;
    }
}

package io.quarkiverse.deviceauthorization.it.keycloak;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.core.HttpHeaders;

import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

import com.fasterxml.jackson.annotation.JsonProperty;

import io.smallrye.mutiny.Uni;

/** Keycloak's userinfo endpoint: the resource that the access tokens are for. */
@RegisterRestClient(configKey = "userinfo")
public interface UserInfoEndpoint {

    /** Whom an access token was issued for. */
    record UserInfo(@JsonProperty("preferred_username") String preferredUsername) {
    }

    @GET
    Uni<UserInfo> get(@HeaderParam(HttpHeaders.AUTHORIZATION) String authorization);
}

package io.quarkiverse.deviceauthorization.benchmarks.contender;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.jboss.resteasy.reactive.RestResponse;

import com.fasterxml.jackson.annotation.JsonProperty;

import io.smallrye.mutiny.Uni;

/** The two requests as anybody would write them by hand. */
@RegisterRestClient(configKey = "bare")
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
public interface BareApi {

    @POST
    @Path("/device")
    Uni<RestResponse<DeviceCodes>> start(@FormParam("client_id") String clientId, @FormParam("scope") String scope);

    @POST
    @Path("/device")
    RestResponse<DeviceCodes> startAndWait(@FormParam("client_id") String clientId, @FormParam("scope") String scope);

    /** Most answers are errors: of those, the client reads no entity by itself. */
    @POST
    @Path("/token")
    Uni<Response> poll(@FormParam("grant_type") String grantType,
            @FormParam("device_code") String deviceCode, @FormParam("client_id") String clientId);

    /** RFC 8628 §3.2. */
    record DeviceCodes(@JsonProperty("device_code") String deviceCode, @JsonProperty("user_code") String userCode,
            @JsonProperty("verification_uri") String verificationUri,
            @JsonProperty("verification_uri_complete") String verificationUriComplete,
            @JsonProperty("expires_in") long expiresIn, @JsonProperty("interval") int interval) {
    }

    /** RFC 6749 §5.1 and §5.2. */
    record TokenAnswer(@JsonProperty("access_token") String accessToken, @JsonProperty("token_type") String tokenType,
            @JsonProperty("expires_in") Long expiresIn, @JsonProperty("refresh_token") String refreshToken,
            @JsonProperty("scope") String scope, @JsonProperty("error") String error,
            @JsonProperty("error_description") String errorDescription) {
    }
}

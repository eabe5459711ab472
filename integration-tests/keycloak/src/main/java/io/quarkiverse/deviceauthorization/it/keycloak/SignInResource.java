package io.quarkiverse.deviceauthorization.it.keycloak;

import java.net.URI;
import java.util.Optional;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

import org.eclipse.microprofile.rest.client.inject.RestClient;

import io.quarkiverse.deviceauthorization.PendingAuthorization;
import io.quarkiverse.deviceauthorization.ReactiveDeviceAuthorization;
import io.smallrye.mutiny.Uni;

/** Signs people in without ever blocking: its methods run on event loops. */
@Path("/{owner}/sign-in")
@Produces(MediaType.APPLICATION_JSON)
public class SignInResource {

    /** What the person has to be shown. */
    public record SignIn(String id, String userCode, URI verificationUri, Optional<URI> verificationUriComplete) {

        private static SignIn of(PendingAuthorization pending) {
            return new SignIn(pending.id(), pending.userCode(), pending.verificationUri(), pending.verificationUriComplete());
        }
    }

    private final ReactiveDeviceAuthorization deviceAuthorization;
    private final UserInfoEndpoint userInfo;

    SignInResource(ReactiveDeviceAuthorization deviceAuthorization, @RestClient UserInfoEndpoint userInfo) {
        this.deviceAuthorization = deviceAuthorization;
        this.userInfo = userInfo;
    }

    /** Starts a flow. */
    @POST
    public Uni<SignIn> start(String owner) {
        return deviceAuthorization.forOwner(owner).start().map(SignIn::of);
    }

    /** Answers once the person has decided, with what Keycloak says about them. */
    @GET
    @Path("{id}")
    public Uni<UserInfoEndpoint.UserInfo> await(String owner, String id) {
        ReactiveDeviceAuthorization client = deviceAuthorization.forOwner(owner);
        return client.resume(id)
                .map(pending -> pending.orElseThrow(NotFoundException::new))
                .chain(client::await)
                .chain(tokens -> userInfo.get(tokens.authorizationHeader()));
    }
}

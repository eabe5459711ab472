package io.quarkiverse.deviceauthorization.it.keycloak;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;

import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

import io.quarkiverse.deviceauthorization.AuthorizationRequiredException;
import io.quarkiverse.deviceauthorization.DeviceAuthorization;
import io.quarkiverse.deviceauthorization.Tokens;

/** Works for people who have signed in, from threads that may wait. */
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
public class AccountsResource {

    private final DeviceAuthorization deviceAuthorization;
    private final UserInfoEndpoint userInfo;
    private final EventLog events;

    AccountsResource(DeviceAuthorization deviceAuthorization, @RestClient UserInfoEndpoint userInfo, EventLog events) {
        this.deviceAuthorization = deviceAuthorization;
        this.userInfo = userInfo;
        this.events = events;
    }

    /** Says who is signed in. */
    @GET
    @Path("owners")
    public Set<String> owners() {
        return deviceAuthorization.owners();
    }

    /** Signs everybody out. */
    @DELETE
    @Path("owners")
    public void signOutAll() {
        deviceAuthorization.logoutAll();
    }

    /** Answers once somebody has signed in, with what Keycloak says about them. */
    @POST
    @Path("{owner}/login")
    public UserInfoEndpoint.UserInfo login(String owner) {
        return ask(deviceAuthorization.forOwner(owner).login());
    }

    /** Asks Keycloak about the person, and once more with other tokens if it refuses these. */
    @GET
    @Path("{owner}/user")
    public UserInfoEndpoint.UserInfo user(String owner) {
        DeviceAuthorization client = deviceAuthorization.forOwner(owner);
        Tokens tokens = client.tokens();
        try {
            return ask(tokens);
        } catch (WebApplicationException e) {
            if (e.getResponse().getStatus() != RestResponse.StatusCode.UNAUTHORIZED) {
                throw e;
            }
            return ask(client.refresh(tokens));
        }
    }

    /**
     * Lets threads refuse the tokens that they have, again and again.
     *
     * @param threads how many at the same time
     * @param each how often each of them
     */
    @POST
    @Path("{owner}/refreshes")
    public void refresh(String owner, @RestQuery int threads, @RestQuery int each) throws InterruptedException,
            ExecutionException {
        DeviceAuthorization client = deviceAuthorization.forOwner(owner);
        Callable<Tokens> work = () -> {
            Tokens tokens = client.tokens();
            for (int i = 0; i < each; i++) {
                Tokens refused = tokens;
                tokens = client.refresh(refused);
                if (tokens.accessToken().equals(refused.accessToken())) {
                    throw new IllegalStateException("The tokens that were refused came again");
                }
            }
            return tokens;
        };
        ExecutorService crowd = Executors.newFixedThreadPool(threads);
        try {
            for (Future<Tokens> result : crowd.invokeAll(Collections.nCopies(threads, work))) {
                result.get();
            }
        } finally {
            crowd.shutdownNow();
        }
    }

    /** Names the kinds of events that there were, the first one first. */
    @GET
    @Path("{owner}/events")
    public List<String> events(String owner) {
        return events.of(owner);
    }

    /** Says what a person has to do. */
    @ServerExceptionMapper
    public RestResponse<String> personNeeded(AuthorizationRequiredException problem) {
        return RestResponse.status(RestResponse.Status.UNAUTHORIZED, problem.getMessage());
    }

    private UserInfoEndpoint.UserInfo ask(Tokens tokens) {
        return userInfo.get(tokens.authorizationHeader()).await().indefinitely();
    }
}

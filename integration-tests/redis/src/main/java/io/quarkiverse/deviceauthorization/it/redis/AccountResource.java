package io.quarkiverse.deviceauthorization.it.redis;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;

import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

import io.quarkiverse.deviceauthorization.AuthorizationInterruptedException;
import io.quarkiverse.deviceauthorization.DeviceAuthorizationException;
import io.quarkiverse.deviceauthorization.PendingAuthorization;
import io.quarkiverse.deviceauthorization.PollResult;
import io.quarkiverse.deviceauthorization.ReactiveDeviceAuthorization;
import io.quarkiverse.deviceauthorization.Tokens;
import io.quarkiverse.deviceauthorization.store.AuthorizationStoreException;
import io.smallrye.mutiny.Uni;

/** One node of a server whose many account holders each sign in on another device: any node goes on with what another began. */
@Path("/accounts/{account}")
public class AccountResource {

    private static final int WRONG_NODE = 503;
    private static final int REFUSED = 409;

    /** What a page shows of a sign-in. */
    public record SignIn(String id, String userCode) {
    }

    /** Which tokens they are, without giving them away. */
    public record Held(String accessToken, String refreshToken) {

        static Held of(Tokens tokens) {
            return new Held(digest(tokens.accessToken().value()),
                    tokens.refreshToken().map(token -> digest(token.value())).orElse(null));
        }
    }

    /** What went wrong. */
    public record Problem(String type, String error, String message) {
    }

    private final ReactiveDeviceAuthorization deviceAuthorization;

    AccountResource(ReactiveDeviceAuthorization deviceAuthorization) {
        this.deviceAuthorization = deviceAuthorization;
    }

    /** Starts a sign-in that is finished by whichever node lives. */
    @POST
    @Path("/sign-in")
    public Uni<SignIn> start(@RestPath String account) {
        ReactiveDeviceAuthorization client = deviceAuthorization.forOwner(account);
        return client.start().onItem().transformToUni(pending -> client.follow(pending)
                .replaceWith(() -> new SignIn(pending.id(), pending.userCode())));
    }

    /** What is known of a sign-in, by whichever node. */
    @GET
    @Path("/sign-in/{id}")
    public Uni<String> status(@RestPath String account, @RestPath String id) {
        ReactiveDeviceAuthorization client = deviceAuthorization.forOwner(account);
        return find(client, id).onItem().transformToUni(client::poll).onItem().transform(result -> {
            if (result instanceof PollResult.Granted) {
                return "approved";
            }
            return result instanceof PollResult.Refused refused ? refused.cause().getClass().getSimpleName() : "pending";
        });
    }

    /** Waits for the outcome. */
    @GET
    @Path("/sign-in/{id}/outcome")
    public Uni<Held> outcome(@RestPath String account, @RestPath String id) {
        ReactiveDeviceAuthorization client = deviceAuthorization.forOwner(account);
        return find(client, id).onItem().transformToUni(client::await).onItem().transform(Held::of);
    }

    @DELETE
    @Path("/sign-in/{id}")
    public Uni<Void> cancel(@RestPath String account, @RestPath String id) {
        ReactiveDeviceAuthorization client = deviceAuthorization.forOwner(account);
        return find(client, id).onItem().transformToUni(client::cancel);
    }

    @GET
    @Path("/tokens")
    public Uni<Held> tokens(@RestPath String account) {
        return deviceAuthorization.forOwner(account).tokens().onItem().transform(Held::of);
    }

    /** As if a protected resource had refused them. */
    @POST
    @Path("/tokens/refreshed")
    public Uni<Held> refresh(@RestPath String account) {
        ReactiveDeviceAuthorization client = deviceAuthorization.forOwner(account);
        return client.tokens().onItem().transformToUni(client::refresh).onItem().transform(Held::of);
    }

    private static Uni<PendingAuthorization> find(ReactiveDeviceAuthorization client, String id) {
        return client.resume(id).onItem().transform(found -> found.orElseThrow(NotFoundException::new));
    }

    /** Another node may know better, but only when this one is leaving, or doesn't reach the store. */
    @ServerExceptionMapper
    Response problem(DeviceAuthorizationException problem) {
        boolean elsewhere = problem instanceof AuthorizationInterruptedException
                || problem instanceof AuthorizationStoreException;
        return Response.status(elsewhere ? WRONG_NODE : REFUSED)
                .entity(new Problem(problem.getClass().getSimpleName(), problem.error().orElse(null), problem.getMessage()))
                .build();
    }

    private static String digest(String secret) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}

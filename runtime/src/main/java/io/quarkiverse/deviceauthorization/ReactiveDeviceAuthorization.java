package io.quarkiverse.deviceauthorization;

import java.util.Optional;
import java.util.Set;

import io.smallrye.mutiny.Uni;

/**
 * {@link DeviceAuthorization} without blocking, for event loops and reactive pipelines. Each method does what its namesake
 * there does, when the {@link Uni} is subscribed to, and fails with what that one throws. Cancelling a subscription stops
 * waiting; it doesn't cancel the flow. One that is made on an event loop gets its result in the same context of Vert.x, whoever
 * else waits for the same refresh or flow.
 */
public interface ReactiveDeviceAuthorization {

    /** @return as {@link DeviceAuthorization#start()} */
    Uni<PendingAuthorization> start();

    /**
     * @param request what differs from the configuration
     * @return as {@link DeviceAuthorization#start(AuthorizationRequest)}
     */
    Uni<PendingAuthorization> start(AuthorizationRequest request);

    /**
     * @param pending the flow
     * @return as {@link DeviceAuthorization#poll(PendingAuthorization)}
     */
    Uni<PollResult> poll(PendingAuthorization pending);

    /**
     * @param pending the flow
     * @return as {@link DeviceAuthorization#await(PendingAuthorization)}
     */
    Uni<Tokens> await(PendingAuthorization pending);

    /**
     * @param pending the flow
     * @return as {@link DeviceAuthorization#follow(PendingAuthorization)}
     */
    Uni<Void> follow(PendingAuthorization pending);

    /**
     * @param id the id of a flow
     * @return as {@link DeviceAuthorization#resume(String)}
     */
    Uni<Optional<PendingAuthorization>> resume(String id);

    /**
     * @param pending the flow
     * @return as {@link DeviceAuthorization#cancel(PendingAuthorization)}
     */
    Uni<Void> cancel(PendingAuthorization pending);

    /** @return as {@link DeviceAuthorization#login()} */
    Uni<Tokens> login();

    /** @return as {@link DeviceAuthorization#tokens()} */
    Uni<Tokens> tokens();

    /**
     * @param refused the tokens that a protected resource refused
     * @return as {@link DeviceAuthorization#refresh(Tokens)}
     */
    Uni<Tokens> refresh(Tokens refused);

    /** @return as {@link DeviceAuthorization#userInfo()} */
    Uni<UserInfo> userInfo();

    /** @return as {@link DeviceAuthorization#logout()} */
    Uni<Void> logout();

    /** @return as {@link DeviceAuthorization#owners()} */
    Uni<Set<String>> owners();

    /** @return as {@link DeviceAuthorization#logoutAll()} */
    Uni<Void> logoutAll();

    /**
     * @param owner any text that identifies the account holder in this application; not blank
     * @return as {@link DeviceAuthorization#forOwner(String)}
     */
    ReactiveDeviceAuthorization forOwner(String owner);
}

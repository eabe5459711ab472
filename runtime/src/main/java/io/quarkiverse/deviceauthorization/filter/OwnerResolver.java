package io.quarkiverse.deviceauthorization.filter;

import java.util.Optional;

import io.quarkiverse.deviceauthorization.AuthorizationRequiredException;
import io.quarkiverse.deviceauthorization.DeviceAuthorizationName;

/**
 * Says whose tokens go with a call. A CDI bean, for all clients, or for one if it has its {@link DeviceAuthorizationName}:
 *
 * <pre>
 * &#64;ApplicationScoped
 * public class SignedInUser implements OwnerResolver {
 *
 *     &#64;Inject
 *     SecurityIdentity identity; // of the request that is being served
 *
 *     &#64;Override
 *     public Optional&lt;String&gt; owner(RestCall call) {
 *         return identity.isAnonymous() ? Optional.empty() : Optional.of(identity.getPrincipal().getName());
 *     }
 * }
 * </pre>
 *
 * Without one, and without an {@link Owner} parameter, the tokens are those of the client's default owner.
 */
@FunctionalInterface
public interface OwnerResolver {

    /**
     * Called once for each call, in the CDI request context of the caller, and mostly on the caller's thread: it must not block
     * if that may be an event loop. The page of {@code quarkus-device-authorization-web} asks on an event loop, in the context
     * of the request that it serves, and without a call.
     *
     * @param call the call, as other filters have left it; without a request where there is none
     * @return the owner; empty when the call is nobody's: then it fails with an {@link AuthorizationRequiredException}, rather
     *         than with somebody else's tokens
     */
    Optional<String> owner(RestCall call);
}

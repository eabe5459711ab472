package io.quarkiverse.deviceauthorization.filter;

import java.util.Objects;
import java.util.Optional;

import jakarta.annotation.Priority;

import org.jboss.resteasy.reactive.client.spi.ResteasyReactiveClientRequestContext;
import org.jboss.resteasy.reactive.client.spi.ResteasyReactiveClientRequestFilter;

import io.quarkiverse.deviceauthorization.ReactiveDeviceAuthorization;
import io.quarkiverse.deviceauthorization.runtime.filter.Authorizer;

/**
 * {@link DeviceAuthorizationFilter} for REST clients that are built in code:
 *
 * <pre>{@code
 * YotoApi api = QuarkusRestClientBuilder.newBuilder()
 *         .baseUri(URI.create("https://api.yotoplay.com"))
 *         .register(new DeviceAuthorizationRequestFilter(deviceAuthorization))
 *         .build(YotoApi.class);
 * }</pre>
 *
 * It can serve several REST clients, and knows only those of Quarkus.
 */
@Priority(Integer.MIN_VALUE) // on the caller's thread: others may leave it
public final class DeviceAuthorizationRequestFilter implements ResteasyReactiveClientRequestFilter {

    private final Authorizer authorizer;

    /**
     * @param client the client whose tokens are sent: those of its owner, or of the one that an {@link Owner} parameter names
     */
    public DeviceAuthorizationRequestFilter(ReactiveDeviceAuthorization client) {
        this(client, Optional.empty());
    }

    /**
     * @param client the client whose tokens are sent
     * @param owners says whose
     */
    public DeviceAuthorizationRequestFilter(ReactiveDeviceAuthorization client, OwnerResolver owners) {
        this(client, Optional.of(owners));
    }

    private DeviceAuthorizationRequestFilter(ReactiveDeviceAuthorization client, Optional<OwnerResolver> owners) {
        Objects.requireNonNull(client, "client");
        this.authorizer = new Authorizer(() -> client, () -> owners);
    }

    @Override
    public void filter(ResteasyReactiveClientRequestContext request) {
        authorizer.prepare(request);
    }
}

package io.quarkiverse.deviceauthorization.web.runtime;

import java.lang.annotation.Annotation;
import java.util.List;
import java.util.Optional;

import jakarta.enterprise.inject.Default;
import jakarta.enterprise.inject.Instance;

import io.quarkiverse.deviceauthorization.DeviceAuthorizationName;
import io.quarkiverse.deviceauthorization.ReactiveDeviceAuthorization;
import io.quarkiverse.deviceauthorization.filter.OwnerResolver;
import io.quarkiverse.deviceauthorization.filter.RestCall;
import io.quarkus.arc.Arc;
import io.quarkus.arc.InstanceHandle;
import io.quarkus.arc.ManagedContext;
import io.quarkus.security.identity.CurrentIdentityAssociation;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;

/**
 * Whose sign-in a request is about: that of the owner whom the application's {@link OwnerResolver} names, as for its REST
 * clients; without one, that of the default owner. Nothing that a browser sends says so by itself.
 */
final class Visitors {

    private static final RestCall NO_CALL = new RestCall(Optional.empty(), Optional.empty(), List.of());

    private final Annotation name;
    private final Instance<ReactiveDeviceAuthorization> clients;
    private final Instance<OwnerResolver> owners;

    Visitors(String client, Instance<ReactiveDeviceAuthorization> clients, Instance<OwnerResolver> owners) {
        this.name = DeviceAuthorizationName.DEFAULT.equals(client) ? Default.Literal.INSTANCE
                : DeviceAuthorizationName.Literal.of(client);
        this.clients = clients;
        this.owners = owners;
    }

    /** @return the client for the owner; nothing when this is nobody's request */
    Uni<Optional<ReactiveDeviceAuthorization>> client(RoutingContext context) {
        return Uni.createFrom().deferred(() -> {
            ReactiveDeviceAuthorization client = clients.select(name).get();
            Instance<OwnerResolver> own = owners.select(name);
            Instance<OwnerResolver> resolver = own.isUnsatisfied() ? owners.select(Default.Literal.INSTANCE) : own;
            if (resolver.isUnsatisfied()) {
                return Uni.createFrom().item(Optional.of(client));
            }
            Context caller = Vertx.currentContext();
            return QuarkusHttpUser.getSecurityIdentity(context, null)
                    .emitOn(next -> caller.runOnContext(nothing -> next.run())) // who it is may be found out on another thread
                    .onItem().transform(identity -> owner(resolver.get(), context, identity).map(client::forOwner));
        });
    }

    /** As a resource method would be called: with the request, and with who sends it. */
    private static Optional<String> owner(OwnerResolver resolver, RoutingContext context, SecurityIdentity identity) {
        ManagedContext requestContext = Arc.container().requestContext();
        boolean begins = !requestContext.isActive();
        if (begins) {
            requestContext.activate();
        }
        try {
            Arc.container().instance(CurrentVertxRequest.class).get().setCurrent(context);
            InstanceHandle<CurrentIdentityAssociation> association = Arc.container().instance(CurrentIdentityAssociation.class);
            if (identity != null && association.isAvailable()) {
                association.get().setIdentity(identity);
            }
            Optional<String> owner = resolver.owner(NO_CALL);
            return owner == null ? Optional.empty() : owner.filter(text -> !text.isBlank());
        } finally {
            if (begins) {
                requestContext.terminate();
            }
        }
    }
}

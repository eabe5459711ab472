package io.quarkiverse.deviceauthorization.runtime.filter;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

import org.jboss.resteasy.reactive.client.impl.RestClientRequestContext;
import org.jboss.resteasy.reactive.client.spi.ResteasyReactiveClientRequestContext;

import io.quarkiverse.deviceauthorization.AuthorizationRequiredException;
import io.quarkiverse.deviceauthorization.ReactiveDeviceAuthorization;
import io.quarkiverse.deviceauthorization.filter.Owner;
import io.quarkiverse.deviceauthorization.filter.OwnerResolver;
import io.quarkiverse.deviceauthorization.filter.RestCall;
import io.quarkiverse.deviceauthorization.runtime.dpop.DpopNonces;

/** Authorizes calls of REST clients with the tokens of one client. */
public final class Authorizer {

    private final Supplier<ReactiveDeviceAuthorization> client;
    private final Supplier<Optional<OwnerResolver>> owners;
    private final DpopNonces nonces = new DpopNonces();
    private final RenewedTokens renewed = new RenewedTokens(Clock.systemUTC());

    /**
     * @param client whose tokens are sent
     * @param owners says of which owner, where no parameter does
     */
    public Authorizer(Supplier<ReactiveDeviceAuthorization> client, Supplier<Optional<OwnerResolver>> owners) {
        this.client = client;
        this.owners = owners;
    }

    /**
     * To be called by a request filter. The tokens come later, when all filters have done their work, just before the request
     * is sent; so a call that another filter answers costs no refresh, and a proof is made for where the request really goes.
     *
     * @param request the call
     */
    public void prepare(ResteasyReactiveClientRequestContext request) {
        new AuthorizedCall(this, request, CallerContext.current()).insert();
    }

    DpopNonces nonces() {
        return nonces;
    }

    RenewedTokens renewed() {
        return renewed;
    }

    /** @return the client for the owner of this call */
    ReactiveDeviceAuthorization clientFor(ResteasyReactiveClientRequestContext request) {
        Optional<Method> method = Optional
                .ofNullable((Method) request.getProperty(RestClientRequestContext.INVOKED_METHOD_PROP));
        List<Object> arguments = arguments(request);
        int parameter = method.map(Authorizer::ownerParameter).orElse(-1);
        if (parameter >= 0 && parameter < arguments.size()) {
            Object owner = arguments.get(parameter);
            return forOwner(
                    (owner instanceof Optional<?> optional ? optional : Optional.ofNullable(owner)).map(Object::toString),
                    method, "its @Owner parameter is empty");
        }
        return owners.get().map(resolver -> forOwner(resolver.owner(new RestCall(Optional.of(request), method, arguments)),
                method, "its OwnerResolver names nobody")).orElseGet(client);
    }

    /** @param owner null is easily returned by mistake, and names nobody */
    private ReactiveDeviceAuthorization forOwner(Optional<String> owner, Optional<Method> method, String otherwise) {
        if (owner == null || owner.filter(name -> !name.isBlank()).isEmpty()) {
            throw new AuthorizationRequiredException("The call of "
                    + method.map(called -> called.getDeclaringClass().getSimpleName() + "." + called.getName() + "()")
                            .orElse("a REST client")
                    + " has no owner, since " + otherwise, null);
        }
        return client.get().forOwner(owner.get());
    }

    @SuppressWarnings("unchecked")
    private static List<Object> arguments(ResteasyReactiveClientRequestContext request) {
        Object arguments = request.getProperty(RestClientRequestContext.INVOKED_METHOD_PARAMETERS_PROP);
        return arguments == null ? List.of() : (List<Object>) arguments;
    }

    private static int ownerParameter(Method method) {
        Annotation[][] parameters = method.getParameterAnnotations();
        for (int i = 0; i < parameters.length; i++) {
            for (Annotation annotation : parameters[i]) {
                if (annotation instanceof Owner) {
                    return i;
                }
            }
        }
        return -1;
    }
}

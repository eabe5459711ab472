package io.quarkiverse.deviceauthorization.filter;

import java.lang.reflect.Method;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

import jakarta.ws.rs.client.ClientRequestContext;

/**
 * A call that tokens are needed for. It has no request, no method and no arguments where an {@link OwnerResolver} is asked
 * without one: by a page on which somebody signs in.
 *
 * @param request what will be sent: its URI, its headers, its properties
 * @param method the method of the REST client interface, if there is one
 * @param arguments the arguments of the method, {@code null} among them
 */
public record RestCall(Optional<ClientRequestContext> request, Optional<Method> method, List<Object> arguments) {

    public RestCall {
        arguments = Collections.unmodifiableList(arguments);
    }

    /** Shows where the call goes, and nothing that may be a secret. */
    @Override
    public String toString() {
        return "RestCall[" + request.map(ClientRequestContext::getMethod).orElse("no request") + " "
                + method.map(called -> called.getDeclaringClass().getName() + "."
                        + called.getName()).orElse("without a method")
                + "]";
    }
}

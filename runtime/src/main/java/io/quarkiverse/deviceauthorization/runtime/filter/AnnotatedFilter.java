package io.quarkiverse.deviceauthorization.runtime.filter;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import org.jboss.resteasy.reactive.client.impl.RestClientRequestContext;
import org.jboss.resteasy.reactive.client.spi.ResteasyReactiveClientRequestContext;
import org.jboss.resteasy.reactive.client.spi.ResteasyReactiveClientRequestFilter;

import io.quarkiverse.deviceauthorization.filter.DeviceAuthorizationFilter;

/** The filter of a REST client with annotations. A subclass for each is made when the application is built. */
public abstract class AnnotatedFilter implements ResteasyReactiveClientRequestFilter {

    private final FilterClients clients;
    private final Class<?> restClient;
    private final Map<Method, Optional<String>> names = new ConcurrentHashMap<>();

    /**
     * @param clients the clients of the application
     * @param restClient the interface of the REST client
     */
    protected AnnotatedFilter(FilterClients clients, Class<?> restClient) {
        this.clients = clients;
        this.restClient = restClient;
    }

    @Override
    public void filter(ResteasyReactiveClientRequestContext request) {
        Method method = (Method) request.getProperty(RestClientRequestContext.INVOKED_METHOD_PROP);
        if (method != null) {
            names.computeIfAbsent(method, this::client).ifPresent(name -> clients.authorizer(name).prepare(request));
        }
    }

    /** A method of a sub-resource belongs to an interface of its own, whose annotation is nearer. */
    private Optional<String> client(Method method) {
        DeviceAuthorizationFilter own = method.getAnnotation(DeviceAuthorizationFilter.class);
        return Optional.ofNullable(own != null ? own : nearest(method.getDeclaringClass()))
                .map(DeviceAuthorizationFilter::value);
    }

    private DeviceAuthorizationFilter nearest(Class<?> declaring) {
        DeviceAuthorizationFilter own = declaring.isAssignableFrom(restClient) ? null : of(declaring);
        return own != null ? own : of(restClient);
    }

    private static DeviceAuthorizationFilter of(Class<?> type) {
        DeviceAuthorizationFilter own = type.getAnnotation(DeviceAuthorizationFilter.class);
        return own != null ? own
                : Arrays.stream(type.getInterfaces()).map(AnnotatedFilter::of).filter(Objects::nonNull).findFirst()
                        .orElse(null);
    }
}

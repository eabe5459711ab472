package io.quarkiverse.deviceauthorization.runtime.filter;

import java.lang.annotation.Annotation;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Default;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import io.quarkiverse.deviceauthorization.DeviceAuthorizationName;
import io.quarkiverse.deviceauthorization.ReactiveDeviceAuthorization;
import io.quarkiverse.deviceauthorization.filter.OwnerResolver;

/** What annotated REST clients use, each looked up when it is first needed. */
@Singleton
public class FilterClients {

    private final Instance<ReactiveDeviceAuthorization> clients;
    private final Instance<OwnerResolver> owners;
    private final Map<String, Authorizer> authorizers = new ConcurrentHashMap<>();

    @Inject
    FilterClients(@Any Instance<ReactiveDeviceAuthorization> clients, @Any Instance<OwnerResolver> owners) {
        this.clients = clients;
        this.owners = owners;
    }

    Authorizer authorizer(String client) {
        Authorizer known = authorizers.get(client);
        return known != null ? known : authorizers.computeIfAbsent(client, this::make);
    }

    private Authorizer make(String client) {
        Annotation name = DeviceAuthorizationName.DEFAULT.equals(client) ? Default.Literal.INSTANCE
                : DeviceAuthorizationName.Literal.of(client);
        return new Authorizer(new Once<>(() -> clients.select(name).get()), new Once<>(() -> owners(name)));
    }

    private Optional<OwnerResolver> owners(Annotation name) {
        Instance<OwnerResolver> own = owners.select(name);
        Instance<OwnerResolver> resolver = own.isUnsatisfied() ? owners.select(Default.Literal.INSTANCE) : own;
        return resolver.isUnsatisfied() ? Optional.empty() : Optional.of(resolver.get());
    }

    /** Looks up when it is first asked, and again if that has failed. */
    private static final class Once<T> implements Supplier<T> {

        private final Supplier<T> lookup;
        private volatile T found;

        private Once(Supplier<T> lookup) {
            this.lookup = lookup;
        }

        @Override
        public T get() {
            T known = found;
            if (known == null) {
                known = lookup.get();
                found = known;
            }
            return known;
        }
    }
}

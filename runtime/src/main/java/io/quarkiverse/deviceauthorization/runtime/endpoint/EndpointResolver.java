package io.quarkiverse.deviceauthorization.runtime.endpoint;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

import io.quarkiverse.deviceauthorization.AuthorizationServerException;
import io.quarkiverse.deviceauthorization.runtime.config.ClientSettings;
import io.quarkiverse.deviceauthorization.runtime.protocol.Step;
import io.quarkiverse.deviceauthorization.runtime.provider.Preset.Endpoint;
import io.smallrye.mutiny.Uni;

/**
 * Finds the endpoints: those that are configured, and for the others the server's metadata, which are read when they are first
 * needed, once if that goes well, and again if it doesn't, or when an endpoint has moved.
 */
final class EndpointResolver {

    private final ClientSettings settings;
    private final MetadataReader metadata;
    private final AtomicReference<Uni<Endpoints>> known = new AtomicReference<>();
    private volatile Endpoints last;
    private volatile Endpoints ready;

    EndpointResolver(ClientSettings settings, MetadataReader metadata) {
        this.settings = settings;
        this.metadata = metadata;
    }

    /**
     * @param outcome what it means that they can't be found
     * @param use takes the endpoints; at once when they are known, which they nearly always are
     * @return what it makes of them
     */
    <T> Uni<T> with(Outcome<T> outcome, Function<Endpoints, Uni<T>> use) {
        Endpoints found = ready;
        if (found == null) {
            return endpoints().onItem().transformToUni(use::apply).plug(made -> new Step<>(made, Function.identity(),
                    failure -> {
                        if (failure instanceof AuthorizationServerException reason) {
                            return outcome.ofNone(reason);
                        }
                        throw (RuntimeException) failure;
                    }));
        }
        try {
            return use.apply(found);
        } catch (AuthorizationServerException e) {
            return Uni.createFrom().item(() -> outcome.ofNone(e));
        }
    }

    Uni<Endpoints> endpoints() {
        Uni<Endpoints> current = known.get();
        if (current != null) {
            return current;
        }
        Uni<Endpoints> mine = (settings.discovery() ? metadata.read().onItem().transform(this::discovered)
                .onFailure().recoverWithUni(this::lastKnown)
                : Uni.createFrom().item(() -> ready = configured()))
                .onFailure().invoke(() -> known.set(null))
                .memoize().indefinitely();
        return known.compareAndSet(null, mine) ? mine : endpoints();
    }

    /** @return the endpoints that are in use, without asking anybody; they were found before */
    Endpoints known() {
        Endpoints found = ready;
        return found != null ? found : settings.discovery() ? last : configured();
    }

    /** Metadata that can't be read now take nothing away from what they said before. */
    private Uni<Endpoints> lastKnown(Throwable failure) {
        known.set(null);
        return last != null ? Uni.createFrom().item(last) : Uni.createFrom().failure(failure);
    }

    /** Where an endpoint is no longer there, the metadata may have changed, and are read again when they are next needed. */
    void notice(Answer answer) {
        if (settings.discovery() && answer.nothingThere()) {
            known.set(null);
            ready = null;
        }
    }

    private Endpoints discovered(Answer found) {
        last = metadata.endpoints(found);
        ready = last;
        return last;
    }

    private Endpoints configured() {
        return new Endpoints(settings.endpoint(Endpoint.DEVICE_AUTHORIZATION).orElseThrow(),
                settings.endpoint(Endpoint.TOKEN).orElseThrow(), settings.endpoint(Endpoint.REVOCATION),
                settings.endpoint(Endpoint.USER_INFO), settings.endpoint(Endpoint.JWKS), Optional.empty());
    }
}

package io.quarkiverse.deviceauthorization.runtime.endpoint;

import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;

import io.quarkiverse.deviceauthorization.runtime.config.ClientConfig;
import io.quarkiverse.deviceauthorization.runtime.config.ClientSettings;
import io.quarkiverse.deviceauthorization.runtime.config.ConfigKeys;
import io.quarkiverse.deviceauthorization.runtime.protocol.RecentAnswer;
import io.quarkiverse.deviceauthorization.runtime.provider.Preset.Endpoint;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;

/**
 * Asks whether the device authorization endpoint can be used, by requests that start nothing: with discovery it reads the
 * metadata, without it sends a {@code GET} to the endpoint, which issues codes for {@code POST} only (RFC 8628 §3.1).
 */
public final class EndpointProbe {

    /**
     * What came of it.
     *
     * @param up whether the endpoint can be used
     * @param probed the request
     * @param latency how long it took
     * @param cached whether it is the answer to an earlier probe
     * @param problem what is wrong, if something is
     */
    public record Result(boolean up, String probed, Duration latency, boolean cached, Optional<String> problem) {

        private Result remembered() {
            return new Result(up, probed, latency, true, problem);
        }
    }

    private final ClientSettings settings;
    private final MetadataReader metadata;
    private final Function<URI, Uni<Answer>> reader;
    private final ClientConfig.Health config;
    private final InstantSource clock;
    private final RecentAnswer<Result> recent;

    /** @param reader reads something from the server, without credentials */
    EndpointProbe(ClientSettings settings, MetadataReader metadata, Function<URI, Uni<Answer>> reader,
            InstantSource clock) {
        this.settings = settings;
        this.metadata = metadata;
        this.reader = reader;
        this.config = settings.config().health();
        this.clock = clock;
        this.recent = new RecentAnswer<>(config.cache(), clock);
    }

    /** @return the state of the endpoint; never fails. Callers at the same time share one request */
    public Uni<Result> probe() {
        return recent.get(this::ask, Result::remembered);
    }

    private Uni<Result> ask() {
        long start = clock.millis();
        String probed = "GET " + (settings.discovery()
                ? MetadataReader.locations(settings.authServerUrl().orElseThrow()).get(0)
                : settings.endpoint(Endpoint.DEVICE_AUTHORIZATION).orElseThrow());
        Uni<Optional<String>> problem = settings.discovery() ? metadata() : endpoint();
        return problem
                .ifNoItem().after(config.timeout()).recoverWithItem(() -> Optional.of("no answer within "
                        + config.timeout().toMillis() + " ms, as " + ConfigKeys.key(settings.name(), "health.timeout")
                        + " allows"))
                .onFailure().recoverWithItem(failure -> Optional.of(String.valueOf(failure.getMessage())))
                .onItem()
                .transform(found -> new Result(found.isEmpty(), probed, Duration.ofMillis(clock.millis() - start), false,
                        found))
                // making the REST client may read key stores, and the caller may be an event loop
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
    }

    private Uni<Optional<String>> metadata() {
        return metadata.read().onItem().transform(found -> {
            Optional<URI> discovered = metadata.named(found, Endpoint.DEVICE_AUTHORIZATION);
            if (discovered.isEmpty()) {
                return Optional.of("the metadata name no usable device_authorization_endpoint");
            }
            return settings.endpoint(Endpoint.DEVICE_AUTHORIZATION).filter(configured -> !configured.equals(discovered.get()))
                    .map(configured -> "the metadata name " + discovered.get() + " as device_authorization_endpoint, and "
                            + configured + " is configured");
        });
    }

    private Uni<Optional<String>> endpoint() {
        return reader.apply(settings.endpoint(Endpoint.DEVICE_AUTHORIZATION).orElseThrow())
                .onItem().transform(answer -> answer.status() < 500 ? Optional.empty()
                        : Optional.of("HTTP status " + answer.status()));
    }
}

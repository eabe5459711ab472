package io.quarkiverse.deviceauthorization.runtime;

import static jakarta.interceptor.Interceptor.Priority.LIBRARY_AFTER;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;

import jakarta.annotation.PreDestroy;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Reception;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Default;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.spi.BeanContainer;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import org.eclipse.microprofile.config.ConfigProvider;

import io.quarkiverse.deviceauthorization.DeviceAuthorizationName;
import io.quarkiverse.deviceauthorization.prompt.Prompt;
import io.quarkiverse.deviceauthorization.provider.ProviderAdapter;
import io.quarkiverse.deviceauthorization.runtime.config.ClientConfig;
import io.quarkiverse.deviceauthorization.runtime.config.ClientSettings;
import io.quarkiverse.deviceauthorization.runtime.config.DeviceAuthorizationRuntimeConfig;
import io.quarkiverse.deviceauthorization.runtime.credentials.ClientAuthentication;
import io.quarkiverse.deviceauthorization.runtime.endpoint.RestClientFactory;
import io.quarkiverse.deviceauthorization.runtime.logging.LoggedFlows;
import io.quarkiverse.deviceauthorization.runtime.prompt.ConfiguredPrompts;
import io.quarkiverse.deviceauthorization.runtime.protocol.Telemetries;
import io.quarkiverse.deviceauthorization.runtime.protocol.Telemetry;
import io.quarkiverse.deviceauthorization.store.AuthorizationStore;
import io.quarkus.credentials.runtime.CredentialsProviderFinder;
import io.quarkus.proxy.ProxyConfigurationRegistry;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.tls.TlsConfigurationRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.impl.ContextInternal;

/** The clients of the application, each made when it is first used. */
@Singleton
public class DeviceAuthorizationClients {

    /** How long a stop waits for answers that are under way. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    /** How much of that is for cancelling what a person at the terminal has begun. */
    private static final Duration FAREWELL = Duration.ofSeconds(1);

    private final DeviceAuthorizationRuntimeConfig config;
    private final TlsConfigurationRegistry tls;
    private final ProxyConfigurationRegistry proxies;
    private final Instance<Prompt> prompts;
    private final ConfiguredPrompts configuredPrompts;
    private final Instance<ProviderAdapter> adapters;
    private final Stores stores;
    private final VertxTimer timer;
    private final EventDispatcher events;
    private final Telemetry telemetry;
    private final Executor executor;
    private final Map<String, Client> clients = new ConcurrentHashMap<>();
    private final AtomicBoolean closed = new AtomicBoolean();

    @Inject
    DeviceAuthorizationClients(DeviceAuthorizationRuntimeConfig config, Vertx vertx, TlsConfigurationRegistry tls,
            ProxyConfigurationRegistry proxies, Instance<AuthorizationStore> stores, Instance<Prompt> prompts,
            @Any Instance<ProviderAdapter> adapters, @Any Instance<Telemetry> telemetries, BeanContainer beans,
            Event<Object> events,
            ExecutorService executor) {
        this.config = config;
        this.tls = tls;
        this.proxies = proxies;
        this.prompts = prompts;
        this.adapters = adapters;
        this.stores = new Stores(stores.isUnsatisfied() ? Optional.empty() : Optional.of(stores.get()),
                DeviceAuthorizationClients::application, CredentialsProviderFinder::find);
        this.timer = new VertxTimer(vertx);
        this.telemetry = telemetry(telemetries.stream().toList(), vertx);
        this.events = new EventDispatcher(beans, events, timer::apart, executor, telemetry);
        this.executor = executor;
        this.configuredPrompts = new ConfiguredPrompts(System.err, LaunchMode.current() == LaunchMode.NORMAL,
                Clock.systemUTC(), timer, executor);
    }

    /** @return all of them, and what lets log entries say which flow they are about, unless a trace does */
    private static Telemetry telemetry(List<Telemetry> beans, Vertx vertx) {
        List<Telemetry> all = new ArrayList<>(beans);
        if (all.stream().noneMatch(LoggedFlows.class::isInstance)) {
            all.add(new LoggedFlows(() -> (ContextInternal) vertx.getOrCreateContext()));
        }
        return Telemetries.of(all);
    }

    /**
     * @param name the name of a client
     * @return the client
     */
    public Client client(String name) {
        Client known = clients.get(name);
        return known != null ? known : clients.computeIfAbsent(name, this::make);
    }

    /** Goes on with followed flows that other processes leave, from now on, where the store of the client hands them over. */
    void takeOver(String name) {
        if (stores.handsOver(config.clients().get(name))) {
            client(name).flows().takeOver();
        }
    }

    private Client make(String name) {
        ClientConfig client = config.clients().get(name);
        ClientSettings preset = ClientSettings.of(name, client);
        ClientSettings settings = adapter(name).map(preset::with).orElse(preset);
        return new Client(settings, new RestClientFactory(settings, tls, proxies),
                ClientAuthentication.of(settings, CredentialsProviderFinder::find, Clock.systemUTC()), stores.of(settings),
                prompts.isUnsatisfied() ? configuredPrompts.of(client.prompt()) : prompts.get(), Clock.systemUTC(), timer,
                events, telemetry, executor);
    }

    private static String application() {
        return ConfigProvider.getConfig().getOptionalValue("quarkus.application.name", String.class).orElse("quarkus");
    }

    private Optional<ProviderAdapter> adapter(String name) {
        Instance<ProviderAdapter> named = adapters
                .select(DeviceAuthorizationName.DEFAULT.equals(name) ? Default.Literal.INSTANCE
                        : DeviceAuthorizationName.Literal.of(name));
        return named.isUnsatisfied() ? Optional.empty() : Optional.of(named.get());
    }

    /** Before the clients of databases are closed, which stores may need, and after whoever else has something to finish. */
    void stop(@Observes(notifyObserver = Reception.IF_EXISTS) @Priority(LIBRARY_AFTER) ShutdownEvent event) {
        close();
    }

    @PreDestroy
    void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        long end = System.nanoTime() + PATIENCE.toNanos();
        clients.values().forEach(client -> client.stop(FAREWELL));
        clients.values().forEach(client -> client.close(end));
        try {
            events.close(Duration.ofNanos(end - System.nanoTime()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

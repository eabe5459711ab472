package io.quarkiverse.deviceauthorization.runtime.endpoint;

import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jboss.resteasy.reactive.client.api.QuarkusRestClientProperties;

import io.quarkiverse.deviceauthorization.AuthorizationInterruptedException;
import io.quarkiverse.deviceauthorization.runtime.config.ClientConfig;
import io.quarkiverse.deviceauthorization.runtime.config.ClientSettings;
import io.quarkiverse.deviceauthorization.runtime.config.ConfigKeys;
import io.quarkiverse.deviceauthorization.runtime.provider.Preset.Endpoint;
import io.quarkus.proxy.ProxyConfiguration;
import io.quarkus.proxy.ProxyConfigurationRegistry;
import io.quarkus.rest.client.reactive.QuarkusRestClientBuilder;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.tls.TlsConfiguration;
import io.quarkus.tls.TlsConfigurationRegistry;

/** Makes the REST client of one client, once, when it is first needed. */
public final class RestClientFactory implements Supplier<AuthorizationServerApi>, Closeable {

    /** Connections that polls leave to whoever starts, refreshes or signs out. */
    private static final int NOT_FOR_POLLS = 50;

    /**
     * For how many seconds a connection is used again. Many servers close what has been idle for twenty or thirty: a request
     * that meets that on its way may have been carried out, and nobody hears the answer.
     */
    private static final int IDLE_SECONDS = 15;

    private final ClientSettings settings;
    private final TlsConfigurationRegistry tls;
    private final ProxyConfigurationRegistry proxies;
    private volatile AuthorizationServerApi api;

    public RestClientFactory(ClientSettings settings, TlsConfigurationRegistry tls, ProxyConfigurationRegistry proxies) {
        this.settings = settings;
        this.tls = tls;
        this.proxies = proxies;
    }

    @Override
    public AuthorizationServerApi get() {
        AuthorizationServerApi made = api;
        if (made == null) {
            synchronized (this) {
                made = api;
                if (made == null) {
                    made = apart(this::make);
                    api = made;
                }
            }
        }
        return made;
    }

    /**
     * Connections that are made in the context of a verticle end with it, and those of Quarkus' HTTP server are the first to go
     * when an application stops: before the answers are there that it waits for.
     */
    private static <T> T apart(Callable<T> work) {
        FutureTask<T> task = new FutureTask<>(work);
        Thread thread = new Thread(task, "device-authorization-rest-client");
        thread.setDaemon(true);
        thread.start();
        try {
            return task.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AuthorizationInterruptedException("The thread was interrupted while it prepared its first request");
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException problem ? problem : new IllegalStateException(e.getCause());
        }
    }

    private AuthorizationServerApi make() {
        ClientConfig config = settings.config();
        QuarkusRestClientBuilder builder = QuarkusRestClientBuilder.newBuilder()
                .baseUri(base())
                .connectTimeout(config.connectTimeout().toMillis(), TimeUnit.MILLISECONDS)
                .readTimeout(config.readTimeout().toMillis(), TimeUnit.MILLISECONDS)
                .followRedirects(false)
                .disableDefaultMapper(true)
                .enableCompression(false)
                .property(QuarkusRestClientProperties.CONNECTION_POOL_SIZE, config.polling().maxInFlight() + NOT_FOR_POLLS)
                .property(QuarkusRestClientProperties.CONNECTION_TTL, IDLE_SECONDS)
                .clientLogger(new RedactingClientLogger())
                .httpClientRequestCustomizer(new AnswerLimits(config.readTimeout()));
        builder.register(new RequestHeaders(config.headers()));
        checkTls();
        tlsConfiguration().ifPresent(builder::tlsConfiguration);
        config.proxyConfigurationName().flatMap(this::proxyConfiguration).ifPresent(proxy -> use(builder, proxy));
        return builder.build(AuthorizationServerApi.class);
    }

    private Optional<ProxyConfiguration> proxyConfiguration(String name) {
        try {
            return proxies.get(Optional.of(name)).map(ProxyConfiguration::assertHttpType);
        } catch (IllegalStateException e) {
            throw new ConfigurationException(ConfigKeys.key(settings.name(), "proxy-configuration-name")
                    + ": there is no proxy configuration '" + name + "' for HTTP. Define it under quarkus.proxy.\"" + name
                    + "\"");
        }
    }

    private Optional<TlsConfiguration> tlsConfiguration() {
        return settings.config().tlsConfigurationName().map(name -> tls.get(name)
                .orElseThrow(() -> new ConfigurationException(ConfigKeys.key(settings.name(), "tls-configuration-name")
                        + ": there is no TLS configuration '" + name + "'. Define it under quarkus.tls.\"" + name + "\"")));
    }

    private void checkTls() {
        boolean production = LaunchMode.current() == LaunchMode.NORMAL;
        Optional<String> problem = Optional.empty();
        if (settings.config().tlsConfigurationName().isPresent()) {
            problem = TlsRules.problem(settings.config().tlsConfigurationName().get(), tlsConfiguration().orElseThrow(),
                    production);
        } else if (production) {
            Config config = ConfigProvider.getConfig();
            problem = TlsRules.problem(config.getOptionalValue("quarkus.tls.trust-all", Boolean.class).orElse(false),
                    config.getOptionalValue("quarkus.rest-client.verify-host", Boolean.class).orElse(true));
        }
        problem.ifPresent(text -> {
            throw new ConfigurationException(ConfigKeys.key(settings.name(), "tls-configuration-name") + ": " + text);
        });
    }

    /** @return whether the client has a certificate of its own to show (RFC 8705) */
    public boolean mutualTls() {
        return tlsConfiguration().filter(found -> found.getKeyStoreOptions() != null).isPresent();
    }

    private static void use(QuarkusRestClientBuilder builder, ProxyConfiguration proxy) {
        builder.proxyAddress(proxy.host(), proxy.port());
        proxy.username().ifPresent(builder::proxyUser);
        proxy.password().ifPresent(builder::proxyPassword);
        proxy.nonProxyHosts().ifPresent(hosts -> builder.nonProxyHosts(String.join("|", hosts)));
        proxy.proxyConnectTimeout().ifPresent(builder::proxyConnectTimeout);
    }

    private URI base() {
        return settings.authServerUrl().or(() -> settings.endpoint(Endpoint.TOKEN)).orElseThrow();
    }

    @Override
    public synchronized void close() throws IOException {
        if (api instanceof Closeable closeable) {
            closeable.close();
        }
    }
}

package io.quarkiverse.deviceauthorization.runtime;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Executor;

import org.jboss.logging.Logger;

import io.quarkiverse.deviceauthorization.prompt.Prompt;
import io.quarkiverse.deviceauthorization.runtime.config.ClientConfig;
import io.quarkiverse.deviceauthorization.runtime.config.ClientSettings;
import io.quarkiverse.deviceauthorization.runtime.credentials.ClientAuthentication;
import io.quarkiverse.deviceauthorization.runtime.endpoint.HttpAuthorizationServer;
import io.quarkiverse.deviceauthorization.runtime.endpoint.RestClientFactory;
import io.quarkiverse.deviceauthorization.runtime.flow.Flows;
import io.quarkiverse.deviceauthorization.runtime.flow.PollingPolicy;
import io.quarkiverse.deviceauthorization.runtime.protocol.Events;
import io.quarkiverse.deviceauthorization.runtime.protocol.Telemetry;
import io.quarkiverse.deviceauthorization.runtime.protocol.Timer;
import io.quarkiverse.deviceauthorization.runtime.token.RefreshPolicy;
import io.quarkiverse.deviceauthorization.runtime.token.TokenVault;
import io.quarkiverse.deviceauthorization.store.AuthorizationStore;
import io.quarkiverse.deviceauthorization.store.StoredTokens;
import io.smallrye.mutiny.Uni;

/** Everything that belongs to one configured client, put together. */
public final class Client {

    private static final Logger LOG = Logger.getLogger(Client.class);

    /** Keys for ID tokens, metadata, and the refresh itself, twice because of a nonce. */
    private static final int REQUESTS_OF_A_REFRESH = 4;

    private final ClientSettings settings;
    private final RestClientFactory restClient;
    private final HttpAuthorizationServer server;
    private final AuthorizationStore store;
    private final TokenVault tokens;
    private final Flows flows;
    private final PromptedFlows prompted;
    private final SignIns signIns;

    Client(ClientSettings settings, RestClientFactory restClient, ClientAuthentication authentication, AuthorizationStore store,
            Prompt prompt, InstantSource clock, Timer timer, Events observers, Telemetry telemetry, Executor executor) {
        ClientConfig config = settings.config();
        this.settings = settings;
        this.restClient = restClient;
        this.prompted = new PromptedFlows(prompt, observers, executor);
        this.store = store;
        this.server = new HttpAuthorizationServer(settings, restClient, authentication, restClient::mutualTls, clock);
        this.tokens = new TokenVault(settings.name(), server, store, new RefreshPolicy(config.tokens().refreshSkew(),
                config.connectTimeout().plus(config.readTimeout()).multipliedBy(REQUESTS_OF_A_REFRESH)), clock, timer,
                observers, telemetry);
        this.flows = new Flows(settings.name(), server, store, tokens, new PollingPolicy(config.polling().maxInterval(),
                config.polling().maxBackoff(), config.polling().maxFailures(),
                config.connectTimeout().plus(config.readTimeout()), config.polling().maxInFlight(),
                config.polling().maxPending()), clock, timer, prompted, telemetry);
        this.signIns = new SignIns(flow -> !clock.instant().isBefore(flow.expiresAt()) || !flows.isActive(flow));
    }

    public ClientSettings settings() {
        return settings;
    }

    public HttpAuthorizationServer server() {
        return server;
    }

    /** @return the tokens of an owner as they are stored: whoever only looks refreshes nothing */
    public Uni<Optional<StoredTokens>> storedTokens(String owner) {
        return store.findTokens(settings.name(), owner);
    }

    TokenVault tokens() {
        return tokens;
    }

    Flows flows() {
        return flows;
    }

    PromptedFlows prompted() {
        return prompted;
    }

    SignIns signIns() {
        return signIns;
    }

    /**
     * Starts nothing any more.
     *
     * @param atMost how long may be waited for what a person at the terminal has begun, and ends with the program
     */
    void stop(Duration atMost) {
        prompted.cancelInteractive(flows::cancel, atMost);
        flows.stop();
        tokens.stop();
    }

    /**
     * Lets go of the server, once what is under way has ended: an answer that is not heard may be the only copy of tokens.
     *
     * @param end until when that is waited for, by {@link System#nanoTime()}
     */
    void close(long end) {
        try {
            boolean quiet = flows.underWay().awaitEnd(Duration.ofNanos(end - System.nanoTime()))
                    && tokens.underWay().awaitEnd(Duration.ofNanos(end - System.nanoTime()));
            if (!quiet) {
                LOG.debugf("The server of '%s' has not answered in time, and is not waited for", settings.name());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        try {
            restClient.close();
        } catch (Exception e) {
            LOG.debugf(e, "The REST client of '%s' did not close", settings.name());
        }
    }
}

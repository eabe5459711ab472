package io.quarkiverse.deviceauthorization.deployment.devservices;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import org.jboss.logging.Logger;

import com.fasterxml.jackson.databind.ObjectMapper;

import io.quarkiverse.deviceauthorization.devserver.DeviceAuthorizationServer;
import io.quarkus.deployment.builditem.Startable;
import io.quarkus.runtime.configuration.ConfigurationException;

/**
 * The development server of all applications of this machine that share it. Its address is known beforehand: whoever gets the
 * port runs the server, and the others watch the port, so that one of them takes over at the same address. What the server that
 * stopped knew is lost then: who has signed in there signs in again.
 */
final class SharedServer implements Startable {

    private static final Logger LOG = Logger.getLogger(SharedServer.class);
    private static final Duration WATCH_INTERVAL = Duration.ofSeconds(1);
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(5);
    private static final int ATTEMPTS = 5;

    private enum Neighbour {
        SAME_SERVICE,
        OTHER,
        GONE
    }

    private final int port;
    private final String serviceName;
    private final Supplier<DeviceAuthorizationServer> starter;
    private final Duration watchInterval;
    private DeviceAuthorizationServer server;
    private ScheduledExecutorService watcher;

    SharedServer(ServerSettings settings) {
        this(settings.port(), settings.serviceName(), settings.server()::start, WATCH_INTERVAL);
    }

    SharedServer(int port, String serviceName, Supplier<DeviceAuthorizationServer> starter, Duration watchInterval) {
        this.port = port;
        this.serviceName = serviceName;
        this.starter = starter;
        this.watchInterval = watchInterval;
    }

    @Override
    public synchronized void start() {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            if (runsHereNow()) {
                return;
            }
            Neighbour neighbour = neighbour();
            if (neighbour == Neighbour.SAME_SERVICE) {
                watch();
                return;
            }
            if (neighbour == Neighbour.OTHER) {
                throw new ConfigurationException("quarkus.device-authorization.devservices.port: at " + port
                        + " there is something else than the shared server '" + serviceName
                        + "'. Write a port that is free, the same one in all applications that share the server");
            }
        }
        throw new ConfigurationException("quarkus.device-authorization.devservices.port: this user can't listen on " + port
                + ". Write another port, the same one in all applications that share the server");
    }

    private boolean runsHereNow() {
        try {
            server = starter.get();
            return true;
        } catch (UncheckedIOException problem) {
            if (problem.getCause() instanceof BindException) {
                return false;
            }
            throw problem;
        }
    }

    private Neighbour neighbour() {
        HttpRequest request = HttpRequest.newBuilder(URI.create(getConnectionInfo() + "/dev/script")).timeout(ANSWER_TIMEOUT)
                .build();
        try {
            String state = HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
            boolean same = new ObjectMapper().readTree(state).path("service_name").asText().equals(serviceName);
            return same ? Neighbour.SAME_SERVICE : Neighbour.OTHER;
        } catch (ConnectException nobody) {
            return Neighbour.GONE;
        } catch (IOException noAnswerOfOurs) {
            return Neighbour.OTHER;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while looking for the shared server", e);
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // what ends it is the shutdown of its executor
    private void watch() {
        watcher = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "device-authorization-shared-server");
            thread.setDaemon(true);
            return thread;
        });
        watcher.scheduleWithFixedDelay(this::tryToTakeOver, watchInterval.toMillis(), watchInterval.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    /** What it throws would end the watching. */
    private void tryToTakeOver() {
        try {
            takeOver();
        } catch (RuntimeException e) {
            LOG.debugf(e, "The shared server '%s' can't be taken over now, which is tried again", serviceName);
        }
    }

    private synchronized void takeOver() {
        if (!watcher.isShutdown() && runsHereNow()) {
            watcher.shutdown();
            LOG.infof("The shared server '%s' has stopped in another application, and goes on in this one at %s. It has"
                    + " forgotten who had signed in", serviceName, getConnectionInfo());
        }
    }

    /** Whether the server runs in this application, and not in another one. */
    synchronized boolean runsHere() {
        return server != null;
    }

    @Override
    public String getConnectionInfo() {
        return "http://localhost:" + port;
    }

    /** There is no container. */
    @Override
    public String getContainerId() {
        return null;
    }

    @Override
    public synchronized void close() {
        if (watcher != null) {
            watcher.shutdown();
        }
        if (server != null) {
            server.close();
            server = null;
        }
    }
}

package io.quarkiverse.deviceauthorization.devserver;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;

/** Plain HTTP on a port of the loopback interface, with threads that keep no process alive. */
final class LoopbackListener implements AutoCloseable {

    private static final int THREADS = 32;

    /**
     * The JDK's server sends header and body apart; without this, a connection that is kept alive adds 40 ms to each answer.
     */
    private static final String NO_DELAY = "sun.net.httpserver.nodelay";

    private final HttpServer http;
    private final ExecutorService executor = Executors.newFixedThreadPool(THREADS, daemons());

    LoopbackListener(int port) {
        http = bind(port);
        http.setExecutor(executor);
    }

    private static HttpServer bind(int port) {
        if (System.getProperty(NO_DELAY) == null) {
            System.setProperty(NO_DELAY, "true");
        }
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        try {
            requireFree(address);
            return HttpServer.create(address, 0);
        } catch (IOException e) {
            throw new UncheckedIOException("Can't listen on port " + port + " of the loopback interface", e);
        }
    }

    /** The JDK's server never closes a socket that it can't bind, and who waits for a port tries again and again. */
    private static void requireFree(InetSocketAddress address) throws IOException {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(address);
        }
    }

    private static ThreadFactory daemons() {
        AtomicInteger number = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, "device-authorization-server-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    void start(HttpHandler handler) {
        http.createContext("/", handler);
        http.start();
    }

    int port() {
        return http.getAddress().getPort();
    }

    String origin() {
        return "http://localhost:" + port();
    }

    Executor executor() {
        return executor;
    }

    /** Stops at once; requests in flight lose their connection. */
    @Override
    public void close() {
        http.stop(0);
        executor.shutdownNow();
    }
}

package io.quarkiverse.deviceauthorization.redis.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A real {@code redis-server}, in a process of its own, on a free port of the loopback interface and in a directory that ends
 * with it. Everything here blocks.
 */
public final class RedisServer implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final List<String> FORGETFUL = List.of("--save", "", "--appendonly", "no");
    private static final List<String> DURABLE = List.of("--save", "", "--appendonly", "yes", "--appendfsync", "always");

    private final Path directory;
    private final List<String> settings;
    private final Thread end = new Thread(this::kill, "end of redis-server");
    private int port;
    private Process process;

    private RedisServer(List<String> persistence, String... settings) {
        this.settings = new ArrayList<>(persistence);
        this.settings.addAll(List.of(settings));
        try {
            this.directory = Files.createTempDirectory("redis-server");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Runtime.getRuntime().addShutdownHook(end);
    }

    /**
     * @param settings more of them, as on its command line: {@code "--requirepass", "secret"}
     * @return a server that answers, and forgets everything when it ends
     */
    public static RedisServer start(String... settings) {
        return new RedisServer(FORGETFUL, settings).onFreePort();
    }

    /**
     * @param settings more of them, as on its command line
     * @return a server that answers, and has written to the disk what it has acknowledged
     */
    public static RedisServer startDurable(String... settings) {
        return new RedisServer(DURABLE, settings).onFreePort();
    }

    /**
     * @param port where it has to listen, since somebody looks for it there
     * @param settings more of them, as on its command line
     * @return a server that answers, and forgets everything when it ends
     */
    public static RedisServer startOn(int port, String... settings) {
        RedisServer server = new RedisServer(FORGETFUL, settings);
        server.port = port;
        server.run();
        return server;
    }

    /** @return a port that nobody used a moment ago */
    public static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Between finding a free port and using it, another process may take it. */
    private RedisServer onFreePort() {
        for (int attempt = 1;; attempt++) {
            port = freePort();
            try {
                run();
                return this;
            } catch (IllegalStateException e) {
                if (attempt == 5) {
                    close();
                    throw e;
                }
            }
        }
    }

    private void run() {
        List<String> command = new ArrayList<>(List.of("redis-server", "--bind", "127.0.0.1", "--port", String.valueOf(port),
                "--dir", directory.toString(), "--daemonize", "no"));
        command.addAll(settings);
        try {
            process = new ProcessBuilder(command).redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile())).start();
        } catch (IOException e) {
            throw new UncheckedIOException("There is no redis-server on the PATH. Debian's package is redis-server", e);
        }
        awaitAnswer();
    }

    private void awaitAnswer() {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                if ("PONG".equals(command("PING"))) {
                    return;
                }
            } catch (RuntimeException e) { // not yet; or it is reading what it has stored
                if (process.isAlive() && System.nanoTime() > deadline) {
                    kill();
                }
            }
            try {
                if (process.waitFor(10, TimeUnit.MILLISECONDS)) {
                    throw new IllegalStateException("redis-server has ended, or does not answer: " + Files.readString(log()));
                }
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private Path log() {
        return directory.resolve("redis-server.log");
    }

    /** @return where it listens */
    public int port() {
        return port;
    }

    /** @return what {@code quarkus.redis.hosts} wants; without password */
    public String uri() {
        return "redis://127.0.0.1:" + port;
    }

    /** @return where it keeps what it stores */
    public Path directory() {
        return directory;
    }

    /** @return the id of its process, while it runs */
    public long pid() {
        return process.pid();
    }

    /**
     * Sends a command on a connection of its own, and with the password of {@code --requirepass}, if there is one.
     *
     * @return the answer: a text, a {@code Long}, a list, or null
     * @throws IllegalStateException if the server refuses it, with what it says
     */
    public Object command(String... command) {
        return command(port, setting("--requirepass"), command);
    }

    /**
     * Sends a command to a server that somebody else has started.
     *
     * @return the answer: a text, a {@code Long}, a list, or null
     * @throws IllegalStateException if the server refuses it, with what it says
     */
    public static Object command(int port, Optional<String> password, String... command) {
        try (RespConnection connection = new RespConnection(port, PATIENCE)) {
            if (password.isPresent()) {
                connection.send("AUTH", password.get());
            }
            return connection.send(command);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Optional<String> setting(String name) {
        int setting = settings.indexOf(name);
        return setting < 0 ? Optional.empty() : Optional.of(settings.get(setting + 1));
    }

    /** @return the port that the nodes of a cluster talk to each other by, of {@code --cluster-port} */
    public String clusterPort() {
        return setting("--cluster-port").orElseThrow();
    }

    /** Changes a setting while it runs, such as {@code maxmemory}; a restart takes it back. */
    public void configure(String setting, String value) {
        command("CONFIG", "SET", setting, value);
    }

    /** Ends it in good order, and waits for that. What is durable stays. */
    public void stop() {
        end(process.toHandle()::destroy);
    }

    /** Ends it as {@code kill -9} does, and waits for that. */
    public void kill() {
        if (process != null) {
            end(process.toHandle()::destroyForcibly);
        }
    }

    private void end(Runnable destroy) {
        destroy.run();
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.toHandle().destroyForcibly();
                process.waitFor();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Starts it again after it has ended, on the same port and with what it has kept, and waits until it answers. */
    public void startAgain() {
        if (process.isAlive()) {
            throw new IllegalStateException("It is running");
        }
        run();
    }

    /** Ends it in good order, and starts it again. */
    public void restart() {
        stop();
        startAgain();
    }

    /** Makes it hang: connections stay open, and nothing is answered (SIGSTOP). */
    public void pause() {
        signal("STOP");
    }

    /** Lets it go on after {@link #pause()} (SIGCONT). */
    public void resume() {
        signal("CONT");
    }

    private void signal(String signal) {
        try {
            int status = new ProcessBuilder("kill", "-" + signal, String.valueOf(process.pid())).inheritIO().start().waitFor();
            if (status != 0) {
                throw new IllegalStateException("kill -" + signal + " ended with " + status);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends it, and removes its directory. */
    @Override
    public void close() {
        kill();
        try {
            Runtime.getRuntime().removeShutdownHook(end);
        } catch (IllegalStateException e) {
            return; // this Java ends, and the hook does the same
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

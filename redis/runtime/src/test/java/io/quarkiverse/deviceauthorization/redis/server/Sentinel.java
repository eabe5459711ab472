package io.quarkiverse.deviceauthorization.redis.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A Redis Sentinel that decides alone, in a process of its own: two seconds after the primary has gone, it looks for another.
 */
public final class Sentinel implements AutoCloseable {

    /** What it calls the primary. */
    public static final String NAME = "primary";

    private final Path configuration;
    private final int port;
    private final Process process;

    private Sentinel(RedisServer primary) throws IOException {
        port = RedisServer.freePort();
        configuration = Files.createTempFile("sentinel", ".conf"); // it writes there, too
        Files.write(configuration, List.of("bind 127.0.0.1", "port " + port,
                "sentinel monitor " + NAME + " 127.0.0.1 " + primary.port() + " 1",
                "sentinel down-after-milliseconds " + NAME + " 2000", "sentinel failover-timeout " + NAME + " 10000"));
        process = new ProcessBuilder("redis-server", configuration.toString(), "--sentinel")
                .redirectOutput(ProcessBuilder.Redirect.DISCARD).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    }

    /**
     * @param primary the server that it watches at the beginning
     * @return a Sentinel that may not answer yet
     */
    public static Sentinel of(RedisServer primary) throws IOException {
        return new Sentinel(primary);
    }

    public String uri() {
        return "redis://127.0.0.1:" + port;
    }

    /** @return whether it answers, and has found a replica to go on with */
    public boolean knowsReplica() {
        try {
            return !((List<?>) command("SENTINEL", "REPLICAS", NAME)).isEmpty();
        } catch (UncheckedIOException e) {
            return false; // not yet
        }
    }

    /** @return the port of the primary, as it knows it */
    public int primary() {
        return Integer.parseInt(String.valueOf(((List<?>) command("SENTINEL", "GET-MASTER-ADDR-BY-NAME", NAME)).get(1)));
    }

    /** @return the answer to a command */
    public Object command(String... command) {
        return RedisServer.command(port, Optional.empty(), command);
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        Files.deleteIfExists(configuration);
    }
}

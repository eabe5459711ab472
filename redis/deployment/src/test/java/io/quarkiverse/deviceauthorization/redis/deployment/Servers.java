package io.quarkiverse.deviceauthorization.redis.deployment;

import java.util.List;
import java.util.Optional;
import java.util.function.IntSupplier;
import java.util.stream.Stream;

import io.quarkiverse.deviceauthorization.redis.server.RedisServer;

/**
 * Redis servers that end with this Java. The class of a test is loaded twice, by JUnit and with the application: both find the
 * same server, by a system property.
 */
final class Servers {

    private Servers() {
    }

    /** @return the port of a server that runs, the same one for the same name */
    static int running(String name) {
        return once(name, () -> RedisServer.start().port());
    }

    /** @return the port of a server that somebody may start, the same one for the same name */
    static int absent(String name) {
        return once(name, RedisServer::freePort);
    }

    private static int once(String name, IntSupplier port) {
        String property = Servers.class.getName() + "." + name;
        synchronized (System.getProperties()) {
            if (System.getProperty(property) == null) {
                System.setProperty(property, String.valueOf(port.getAsInt()));
            }
        }
        return Integer.getInteger(property);
    }

    static String uri(int port) {
        return "redis://127.0.0.1:" + port;
    }

    static Object command(int port, String... command) {
        return RedisServer.command(port, Optional.empty(), command);
    }

    static List<String> keys(int port) {
        return ((List<?>) command(port, "KEYS", "*")).stream().map(String::valueOf).sorted().toList();
    }

    /** @return everything that is stored, whatever it is called there */
    static String dump(int port) {
        return String.join("\n", keys(port).stream().flatMap(key -> Stream.of(key, switch (String.valueOf(
                command(port, "TYPE", key))) {
            case "hash" -> String.valueOf(command(port, "HGETALL", key));
            case "set" -> String.valueOf(command(port, "SMEMBERS", key));
            case "zset" -> String.valueOf(command(port, "ZRANGE", key, "0", "-1"));
            default -> String.valueOf(command(port, "GET", key));
        })).toList());
    }
}

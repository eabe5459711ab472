package io.quarkiverse.deviceauthorization.deployment.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayDeque;
import java.util.Deque;

import javax.net.ServerSocketFactory;

import io.quarkiverse.deviceauthorization.deployment.Http;

/**
 * The servers of {@link HostileServersTest}. They start before the application does, outside of its class loader, and are known
 * by system properties.
 */
final class HostileServers {

    private static final Deque<AutoCloseable> OPEN = new ArrayDeque<>();

    private HostileServers() {
    }

    static void start() {
        SelfSigned certificate = open(new SelfSigned());
        System.setProperty("wire.plain", port(new HostileServer(ServerSocketFactory.getDefault())));
        System.setProperty("wire.tls", port(new HostileServer(certificate.sockets())));
        System.setProperty("wire.elsewhere", port(new HostileServer(ServerSocketFactory.getDefault())));
        System.setProperty("wire.mute", String.valueOf(open(mute()).getLocalPort()));
        System.setProperty("wire.closed", String.valueOf(closedPort()));
        System.setProperty("wire.key-store", certificate.keyStore().toString());
    }

    private static String port(HostileServer server) {
        return String.valueOf(open(server).port());
    }

    private static <T extends AutoCloseable> T open(T resource) {
        OPEN.push(resource);
        return resource;
    }

    /** A port that nobody listens on, and that is taken, so that nobody else does. */
    private static int closedPort() {
        try {
            Socket socket = open(new Socket());
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A server that accepts connections, and then nothing. */
    private static ServerSocket mute() {
        try {
            return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a server has counted, as tests see it, which are loaded with the application. */
    static long counted(String server, String what, String path) {
        String counted = Http.get("http://localhost:" + System.getProperty("wire." + server) + "/counted/" + path).body();
        return Long.parseLong(counted.replaceFirst(".*\"" + what + "\":([0-9]+).*", "$1"));
    }

    static void stop() {
        System.getProperties().keySet().removeIf(name -> name.toString().startsWith("wire."));
        while (!OPEN.isEmpty()) {
            try {
                OPEN.pop().close();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }
}

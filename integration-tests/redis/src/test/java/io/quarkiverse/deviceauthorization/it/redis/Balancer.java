package io.quarkiverse.deviceauthorization.it.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Stands before the nodes: hands each connection to the one that is told, as a load balancer does. */
final class Balancer implements AutoCloseable {

    private final ServerSocket socket;
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private volatile URI target;

    Balancer(URI target) {
        this.target = target;
        try {
            this.socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        background("balancer", this::accept);
    }

    URI uri() {
        return URI.create("http://localhost:" + socket.getLocalPort());
    }

    /** Hands connections from now on to another node. */
    void leadTo(URI other) {
        target = other;
    }

    private void accept() throws IOException {
        while (true) {
            Socket client = socket.accept();
            connections.add(client);
            try {
                Socket node = new Socket(InetAddress.getLoopbackAddress(), target.getPort());
                connections.add(node);
                background("to node", () -> copy(client, node));
                background("from node", () -> copy(node, client));
            } catch (IOException gone) {
                client.close();
            }
        }
    }

    private static void copy(Socket from, Socket to) throws IOException {
        try (from; to) {
            from.getInputStream().transferTo(to.getOutputStream());
        }
    }

    private interface Work {

        void run() throws IOException;
    }

    private static void background(String name, Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException ended) {
                // one of both has gone
            }
        }, name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            socket.close();
            for (Socket connection : connections) {
                connection.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

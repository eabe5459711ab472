package io.quarkiverse.deviceauthorization.it.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Several nodes, and requests to any of them, as a load balancer would send them. */
final class Cluster implements AutoCloseable {

    /** How long to wait before somebody else is asked. */
    static final Duration PAUSE = Duration.ofMillis(50);

    private final List<Node> nodes = new ArrayList<>();
    private final Path directory;

    /** @param directory where the journals are */
    Cluster(int size, NodeProgram program, Path directory) {
        this.directory = directory;
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        for (int i = 1; i <= size; i++) {
            nodes.add(new Node("node" + i, program, directory));
        }
    }

    void start() {
        nodes.parallelStream().forEach(Node::start);
    }

    List<Node> nodes() {
        return nodes;
    }

    Path directory() {
        return directory;
    }

    List<Incarnation> incarnations() {
        return nodes.stream().flatMap(node -> node.incarnations().stream()).toList();
    }

    Incarnation incarnation(String name) {
        return incarnations().stream().filter(one -> one.name.equals(name)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no process " + name));
    }

    /** Asks one of the nodes; nothing if it doesn't answer, or has no answer now. */
    Optional<Http.Answer> tryOnce(String method, String path, Duration atMost, Consumer<Incarnation> asked) {
        Node node = nodes.get(ThreadLocalRandom.current().nextInt(nodes.size()));
        Incarnation process = node.current();
        Optional<URI> uri = process.uri();
        if (uri.isEmpty()) {
            return Optional.empty();
        }
        asked.accept(process);
        try {
            return Optional.of(Http.exchange(method, uri.get().resolve(path), atMost)).filter(Cluster::counts);
        } catch (IOException gone) {
            return Optional.empty();
        }
    }

    private static boolean counts(Http.Answer answer) {
        boolean elsewhere = answer.status() >= 500;
        return !elsewhere && !answer.text().contains("AuthorizationServerException");
    }

    /** Asks one node after another until one answers; nothing if none does before that time is over. */
    Optional<Http.Answer> ask(String method, String path, Duration atMost, Duration each, Consumer<Incarnation> asked) {
        long end = System.nanoTime() + atMost.toNanos();
        while (System.nanoTime() < end) {
            Optional<Http.Answer> answer = tryOnce(method, path, each, asked);
            if (answer.isPresent()) {
                return answer;
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
        return Optional.empty();
    }

    Optional<Http.Answer> ask(String method, String path, Duration atMost) {
        return ask(method, path, atMost, Duration.ofSeconds(3), any -> {
        });
    }

    /** Lets every node that lives end in good order, so that all that happened is in the journals. */
    void stop() {
        nodes.stream().map(Node::current).filter(last -> last.uri().isPresent()).toList().parallelStream()
                .forEach(Incarnation::stop);
    }

    /** What all processes have told. */
    Stream<String> outputs() {
        return incarnations().stream().map(one -> one.name + ":\n" + one.output());
    }

    /** Ends what is left. */
    @Override
    public void close() {
        incarnations().forEach(Incarnation::end);
    }
}

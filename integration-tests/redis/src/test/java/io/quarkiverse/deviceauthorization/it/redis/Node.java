package io.quarkiverse.deviceauthorization.it.redis;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** One node: a process after the other, each with a name and a journal of its own. */
final class Node {

    private final String name;
    private final NodeProgram program;
    private final Path directory;
    private final List<Incarnation> incarnations = new CopyOnWriteArrayList<>();

    Node(String name, NodeProgram program, Path directory) {
        this.name = name;
        this.program = program;
        this.directory = directory;
    }

    /** Starts the next process, and waits until it serves requests. */
    Incarnation start() {
        String run = name + "-" + (incarnations.size() + 1);
        Incarnation next = program.start(run, directory.resolve(run + ".journal"));
        incarnations.add(next);
        next.awaitStart();
        return next;
    }

    Incarnation current() {
        return incarnations.get(incarnations.size() - 1);
    }

    /** @return where to reach it now */
    Optional<URI> uri() {
        return incarnations.isEmpty() ? Optional.empty() : current().uri();
    }

    List<Incarnation> incarnations() {
        return incarnations;
    }

    @Override
    public String toString() {
        return name;
    }
}

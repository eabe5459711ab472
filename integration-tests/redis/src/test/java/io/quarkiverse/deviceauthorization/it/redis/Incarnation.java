package io.quarkiverse.deviceauthorization.it.redis;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

import io.quarkiverse.deviceauthorization.it.process.Run;

/** One process of a node, and what was done to it. */
final class Incarnation {

    private static final String LISTENING = "Listening on: ";

    final String name;
    final Path journal;
    private final long startedAt = Micros.now();
    private final Run run;
    private final List<Span> frozen = new CopyOnWriteArrayList<>();
    private volatile URI uri;
    private volatile long killedAt;
    private volatile long stoppedAt;

    Incarnation(String name, Path journal, Run run) {
        this.name = name;
        this.journal = journal;
        this.run = run;
    }

    /** Waits until it serves requests, or has ended. */
    void awaitStart() {
        String line = run.lineWith(LISTENING);
        uri = URI.create(line.substring(line.indexOf(LISTENING) + LISTENING.length()).trim());
    }

    /** @return where to reach it, if it has started */
    Optional<URI> uri() {
        return Optional.ofNullable(uri);
    }

    void kill() {
        uri = null;
        killedAt = Micros.now();
        run.kill();
    }

    /** Ends it, if it has not ended, when nothing of what it does matters any more. */
    void end() {
        uri = null;
        run.kill();
    }

    /** Ends it as an orchestrator does, and waits for its end. */
    void stop() {
        uri = null;
        stoppedAt = Micros.now();
        run.terminate();
        run.exitCode();
    }

    void freeze() {
        frozen.add(new Span(Micros.now(), Long.MAX_VALUE));
        run.freeze();
    }

    void thaw() {
        int last = frozen.size() - 1;
        run.thaw();
        frozen.set(last, new Span(frozen.get(last).from(), Micros.now()));
    }

    /** @return when it was killed; 0 if it was not */
    long killedAt() {
        return killedAt;
    }

    /** @return when it was asked to end; 0 if it was not */
    long stoppedAt() {
        return stoppedAt;
    }

    boolean killedWithin(long from, long to) {
        return killedAt >= from && killedAt <= to;
    }

    boolean frozenWithin(long from, long to) {
        return frozen.stream().anyMatch(span -> span.touches(from, to));
    }

    /** @return whether it was woken up in this time */
    boolean thawedWithin(long from, long to) {
        return frozen.stream().anyMatch(span -> span.to() >= from && span.to() <= to);
    }

    int freezes() {
        return frozen.size();
    }

    /** What it has told on its standard output and standard error. */
    String output() {
        return run.output();
    }

    @Override
    public String toString() {
        return name;
    }

    /** What was done to it, and when. */
    String history() {
        return name + ": started " + startedAt + (killedAt > 0 ? ", killed " + killedAt : "")
                + (stoppedAt > 0 ? ", stopped " + stoppedAt : "")
                + frozen.stream().map(span -> ", frozen " + span.from() + " to " + span.to()).collect(Collectors.joining());
    }
}

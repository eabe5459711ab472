package io.quarkiverse.deviceauthorization.it.redis;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

import io.quarkiverse.deviceauthorization.it.process.Run;

/** One process of a node, and what was done to it. */
final class Incarnation {

    /** What may lie between an answer and its place in the store, and then the event, on a machine that is busy. */
    private static final long SOON = Micros.of(Duration.ofSeconds(5));

    /** As many times its start, where a machine is so busy that this is more: within a second or two, others have started. */
    private static final int STARTS = 3;

    /** What comes to it while the store is away: as long as that, and until the node tries again. */
    private static final long STORE_AWAY = Micros.of(Duration.ofSeconds(5));
    private static final String LISTENING = "Listening on: ";

    final String name;
    final Path journal;
    private final long startedAt = Micros.now();
    private final Run run;
    private final List<Span> frozen = new CopyOnWriteArrayList<>();
    private volatile URI uri;
    private volatile long servesSince;
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
        servesSince = Micros.now();
        uri = URI.create(line.substring(line.indexOf(LISTENING) + LISTENING.length()).trim());
    }

    /** @return how long it took to start */
    Duration startTook() {
        return Duration.of(servesSince - startedAt, ChronoUnit.MICROS);
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

    /** Asks it to end, as an orchestrator does. */
    void askToStop() {
        uri = null;
        stoppedAt = Micros.now();
        run.terminate();
    }

    /** Ends it as an orchestrator does, and waits for its end. */
    void stop() {
        askToStop();
        run.exitCode();
    }

    void freeze() {
        frozen.add(new Span(Micros.now(), Long.MAX_VALUE));
        run.freeze();
    }

    void thaw() {
        int last = frozen.size() - 1;
        Span whole = new Span(frozen.get(last).from(), Micros.now()); // it may have asked for something before this goes on
        run.thaw();
        frozen.set(last, whole);
    }

    /** @return when it was killed; 0 if it was not */
    long killedAt() {
        return killedAt;
    }

    /** @return when it was asked to end; 0 if it was not */
    long stoppedAt() {
        return stoppedAt;
    }

    /**
     * Whether it was killed soon after it had asked for something, or before that was done, however long that took. It counts
     * by the time that it had to act: when it is frozen, it has none.
     *
     * @param at when what it asked for was done
     * @param storeAway whether it could not be stored at once
     */
    boolean killedSoonAfter(long at, boolean storeAway) {
        return killedAt > 0 && awake(at, killedAt) < soon(storeAway);
    }

    /**
     * Whether it was asked to end soon after that, or before it was done, and could not do the rest in the time that it then
     * has: the store was away, or the machine was slow.
     */
    boolean stoppedSoonAfter(long at, boolean storeAway) {
        return stoppedAt > 0 && (storeAway || soon(false) > SOON) && awake(at, stoppedAt) < soon(storeAway);
    }

    private long soon(boolean storeAway) {
        return Math.max(SOON, STARTS * Micros.of(startTook())) + (storeAway ? STORE_AWAY : 0);
    }

    /** Whether it has not been killed before this time. */
    boolean livedUntil(long at) {
        return killedAt == 0 || killedAt >= at;
    }

    /** @return how long after that it was killed or asked to end, by the time that it had to act, in microseconds */
    long livedAfter(long at) {
        return awake(at, killedAt > 0 ? killedAt : stoppedAt);
    }

    private long awake(long from, long to) {
        return to - from - frozen.stream().mapToLong(span -> Math.max(0, Math.min(to, span.to()) - Math.max(from, span.from())))
                .sum();
    }

    boolean frozenWithin(long from, long to) {
        return frozen.stream().anyMatch(span -> span.touches(from, to));
    }

    /** @return whether it was woken up in this time */
    boolean thawedWithin(long from, long to) {
        return frozen.stream().anyMatch(span -> span.to() >= from && span.to() <= to);
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

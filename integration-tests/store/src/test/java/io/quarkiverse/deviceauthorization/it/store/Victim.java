package io.quarkiverse.deviceauthorization.it.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;

import io.quarkiverse.deviceauthorization.devserver.DeviceAuthorizationServer;
import io.quarkiverse.deviceauthorization.devserver.Endpoint;
import io.quarkiverse.deviceauthorization.it.process.Directories;
import io.quarkiverse.deviceauthorization.it.process.Run;
import io.quarkiverse.deviceauthorization.it.store.StoredFiles.StoredRefresh;

/**
 * One sign-in whose processes are killed, one after the other, each while it refreshes as fast as it can. Each has a server and
 * a directory of its own.
 */
final class Victim implements AutoCloseable {

    private static final Duration LONGEST_LIFE = Duration.ofMillis(300);
    private static final Duration AFTER_ANSWER = Duration.ofMillis(12);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int FIRST_REFRESHES = 4;

    private final Journal journal = new Journal();
    private final DeviceAuthorizationServer server;
    private final String name;
    private final Random random;
    private final StoredFiles files;
    private final Program program;
    private final List<Kill> kills = new ArrayList<>();
    private final Map<String, Run> runs = new LinkedHashMap<>();
    private final List<Kill> losses = new ArrayList<>();

    /**
     * @param leeway for how long the server accepts a refresh token that was spent
     * @param seed decides when processes are killed
     */
    Victim(String name, Duration leeway, long seed) {
        this.name = name;
        this.random = new Random(seed);
        this.server = DeviceAuthorizationServer.builder().interval(Duration.ZERO).refreshTokenRotation(true)
                .refreshReuseLeeway(leeway).listener(journal).start();
        Path directory = Directories.fresh("kill-" + name);
        this.files = new StoredFiles(directory);
        this.program = Program.at(server).in(directory).with(Program.PREFIX + "polling.min-interval", "100ms")
                .with(Program.PREFIX + "polling.default-interval", "100ms")
                // Nothing but what is needed for a refresh: a process is to live through as many as it can
                .with(Program.PREFIX + "scopes", "offline_access").with(Program.PREFIX + "discovery-enabled", "false")
                .with(Program.PREFIX + "token-path", Endpoint.TOKEN.path())
                .with(Program.PREFIX + "device-authorization-path", Endpoint.DEVICE_AUTHORIZATION.path());
    }

    @Override
    public void close() {
        server.close();
    }

    /** Kills this many processes, and lets a last one go on undisturbed. */
    void suffer(int times) {
        program.signIn(server);
        while (kills.size() < times) {
            killOne();
        }
        journal.set(new Journal.Trap() {
        });
        Run last = start();
        if (last.nextOf("lost", "found").startsWith("lost")) {
            signIn(last);
        }
        last.next("refreshed");
        last.kill();
    }

    private Run start() {
        String run = runName(runs.size() + 1);
        Run process = program.with(Program.PREFIX + "headers." + Journal.RUN_HEADER, run).start("refresh-without-end");
        runs.put(run, process);
        return process;
    }

    private String runName(int number) {
        return name + "-" + number;
    }

    private void killOne() {
        String run = runName(runs.size() + 1);
        Optional<StoredRefresh> before = files.read();
        Ending ending = new Ending(run);
        journal.set(ending);
        Run process = start();
        int exitCode = ending.of(process);
        assertThat(ending.micros).as("when %s was killed, which ended with exit code %s and told:%n%s", run, exitCode,
                process.output()).isPositive();
        kills.add(new Kill(run, ending.micros, before, files.read()));
    }

    /** A process says that a person is needed: right, if one before it was killed with an answer that it could not store. */
    private void signIn(Run run) {
        String token = lastStored();
        losses.add(kills.stream().filter(kill -> kill.lostAnswer(journal) && !losses.contains(kill))
                .filter(kill -> kill.after().get().refreshToken().equals(token)).findFirst()
                .orElseThrow(() -> new AssertionError("A process has lost its sign-in although none before it was killed"
                        + " between the server's answer and its storage:\n" + run.output())));
        server.script().approve("alice");
        run.tell("Somebody is here to sign in");
        run.next("found");
    }

    /** A process may have been killed after it had forgotten the tokens, and before it said so. */
    private String lastStored() {
        return kills.stream().flatMap(kill -> kill.after().stream()).reduce((first, second) -> second).orElseThrow()
                .refreshToken();
    }

    Journal journal() {
        return journal;
    }

    List<Kill> kills() {
        return kills;
    }

    /** The kills that have cost a sign-in. */
    List<Kill> losses() {
        return losses;
    }

    /** All processes by their names, in their order. */
    Map<String, Run> runs() {
        return runs;
    }

    /** The process that came after this one. */
    String after(String run) {
        return runName(Integer.parseInt(run.substring(name.length() + 1)) + 1);
    }

    /** Kills one process, at a moment that chance has chosen. */
    private final class Ending implements Journal.Trap {

        private enum Kind {
            AT_ANY_TIME,
            REQUEST_ARRIVES,
            ANSWER_LEAVES
        }

        private final String name;
        private final Kind kind = Kind.values()[random.nextInt(Kind.values().length)];
        private final int number = 1 + random.nextInt(FIRST_REFRESHES);
        private final double delay = random.nextDouble();
        private final CompletableFuture<Run> run = new CompletableFuture<>();
        private volatile long micros;

        private Ending(String name) {
            this.name = name;
        }

        /** Waits for the end of this process, which is killed here if that is not for the server to do. */
        private int of(Run started) {
            run.complete(started);
            boolean anyTime = kind == Kind.AT_ANY_TIME;
            if (anyTime) {
                started.next("ready");
            }
            Optional<String> lost = started.next(anyTime ? share(LONGEST_LIFE) : PATIENCE, "lost");
            lost.ifPresent(message -> {
                assertThat(message).as("what %s says, which has lost its sign-in", name).containsAnyOf(
                        "no longer accepts the refresh token", "Nobody is signed in");
                signIn(started);
            });
            if (anyTime) {
                if (lost.isPresent()) {
                    LockSupport.parkNanos(share(LONGEST_LIFE).toNanos());
                }
                now();
            }
            return started.exitCode();
        }

        private Duration share(Duration most) {
            return Duration.ofNanos((long) (delay * most.toNanos()));
        }

        private void now() {
            micros = Journal.now();
            run.join().kill();
        }

        @Override
        public void received(String by, int count) {
            if (kind == Kind.REQUEST_ARRIVES && by.equals(name) && count == number) {
                now();
            }
        }

        @Override
        public void answered(String by, int count) {
            if (kind == Kind.ANSWER_LEAVES && by.equals(name) && count == number) {
                LockSupport.parkNanos(share(AFTER_ANSWER).toNanos());
                now();
            }
        }
    }
}

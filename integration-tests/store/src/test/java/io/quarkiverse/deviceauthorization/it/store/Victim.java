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
import io.quarkiverse.deviceauthorization.it.store.StoredFiles.StoredRefresh;

/**
 * One sign-in whose processes are killed, one after the other, each while it refreshes as fast as it can. Each has a server and
 * a directory of its own.
 */
final class Victim implements AutoCloseable {

    private static final String ENDLESS = "1000000";
    private static final Duration LONGEST_LIFE = Duration.ofMillis(300);
    private static final Duration AFTER_ANSWER = Duration.ofMillis(12);
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
    private int started;
    private Optional<StoredRefresh> stored = Optional.empty();

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
        signIn();
        while (kills.size() < times) {
            killOne();
        }
        journal.set(new Journal.Trap() {
        });
        Run last = start("refresh", "3");
        if (last.exitCode() == Run.AUTHORIZATION_REQUIRED) {
            lost(last);
            last = start("refresh", "3");
        }
        assertThat(last.exitCode()).as("exit code of the last process, which told:%n%s", last.output()).isZero();
    }

    private void signIn() {
        program.signIn(server);
        stored = files.read();
        assertThat(stored).as("what is stored after signing in").isPresent();
    }

    private Run start(String... arguments) {
        String run = runName(++started);
        Run process = program.with(Program.PREFIX + "headers." + Journal.RUN_HEADER, run).start(arguments);
        runs.put(run, process);
        return process;
    }

    private String runName(int number) {
        return name + "-" + number;
    }

    private void killOne() {
        Ending ending = new Ending(runName(started + 1));
        journal.set(ending);
        Run run = start("refresh", ENDLESS);
        int exitCode = ending.of(run);
        if (exitCode == Run.AUTHORIZATION_REQUIRED) {
            lost(run);
            return;
        }
        assertThat(ending.micros).as("when the process was killed that ended with exit code %s and told:%n%s", exitCode,
                run.output()).isPositive();
        Optional<StoredRefresh> left = files.read();
        kills.add(new Kill(runName(started), ending.micros, stored, left));
        stored = left;
    }

    /** A process says that a person is needed: right, if one before it was killed with an answer that it could not store. */
    private void lost(Run run) {
        assertThat(run.output()).as("what a process says that has lost its sign-in").containsAnyOf(
                "no longer accepts the refresh token", "Nobody is signed in");
        losses.add(kills.stream().filter(kill -> kill.lostAnswer(journal) && !losses.contains(kill))
                .filter(kill -> stored.isEmpty() || stored.get().refreshToken().equals(kill.after().get().refreshToken()))
                .reduce((first, second) -> second).orElseThrow(() -> new AssertionError("A process has lost its sign-in although "
                        + "none before it was killed between the server's answer and its storage:\n" + run.output())));
        signIn();
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

        /** Waits for the end of this process, which is killed if this is not for the server to do. */
        private int of(Run started) {
            run.complete(started);
            if (kind == Kind.AT_ANY_TIME) {
                started.next("ready");
                after(LONGEST_LIFE);
            }
            return started.exitCode();
        }

        private void after(Duration most) {
            LockSupport.parkNanos((long) (delay * most.toNanos()));
            now();
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
                after(AFTER_ANSWER);
            }
        }
    }
}

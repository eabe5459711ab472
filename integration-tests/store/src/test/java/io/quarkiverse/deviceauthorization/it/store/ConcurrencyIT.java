package io.quarkiverse.deviceauthorization.it.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import io.quarkiverse.deviceauthorization.devserver.DeviceAuthorizationServer;
import io.quarkiverse.deviceauthorization.it.process.Directories;
import io.quarkiverse.deviceauthorization.it.process.Run;

/** Counted by a server that takes each refresh token once, and ends the sign-in when one comes again. */
@DisplayName("Refreshing at the same time")
class ConcurrencyIT {

    private static final String REFRESH = "refresh_token";

    private final DeviceAuthorizationServer server = DeviceAuthorizationServer.builder().interval(Duration.ofSeconds(1))
            .refreshTokenRotation(true).start();

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    @DisplayName("64 threads on one bean spend each refresh token once")
    void threads() {
        int threads = 64;
        int times = 200;
        server.script().approve("alice");

        long begin = System.nanoTime();
        Run run = Program.at(server).finish("refresh-at-once", String.valueOf(threads), String.valueOf(times));

        tell(threads + " threads x " + times, run.told("refreshed").size(), begin);
        assertThat(run.told("refreshed")).as("refreshes that a thread got").hasSize(threads * times);
        assertThat(server.counters().refreshTokenReuses()).as("spent refresh tokens that came again").isZero();
        assertThat(server.counters().tokenRequests(REFRESH)).as("refreshes at the server").isBetween(times, threads * times);
    }

    @Test
    @DisplayName("8 processes on one file store spend each refresh token once")
    void processes() {
        int processes = 8;
        int times = 500;
        Path directory = Directories.fresh("concurrency");
        Program program = Program.at(server).in(directory);
        program.signIn(server);

        long begin = System.nanoTime();
        List<Run> runs = new ArrayList<>();
        for (int i = 0; i < processes; i++) {
            runs.add(program.start("refresh", String.valueOf(times)));
        }
        for (Run run : runs) {
            assertThat(run.exitCode()).as("exit code of a process, which told:%n%s", run.output()).isZero();
            assertThat(run.told("refreshed")).as("refreshes that a process got").hasSize(times);
        }

        tell(processes + " processes x " + times, processes * times, begin);
        assertThat(server.counters().refreshTokenReuses()).as("spent refresh tokens that came again").isZero();
        assertThat(server.counters().tokenRequests(REFRESH)).as("refreshes at the server").isBetween(times + 1,
                processes * times);
        program.finish("refresh", "1");
        assertThat(server.counters().refreshTokenReuses()).as("reuses after one more").isZero();
    }

    private void tell(String what, int refreshes, long begin) {
        System.out.printf("%s: %d refreshes asked for, %d at the server, %d reuses of a spent refresh token, in %.1f s%n",
                what, refreshes, server.counters().tokenRequests(REFRESH), server.counters().refreshTokenReuses(),
                (System.nanoTime() - begin) / 1e9);
    }
}

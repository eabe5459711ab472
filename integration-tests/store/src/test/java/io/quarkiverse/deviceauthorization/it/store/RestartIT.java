package io.quarkiverse.deviceauthorization.it.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import io.quarkiverse.deviceauthorization.devserver.DeviceAuthorizationServer;
import io.quarkiverse.deviceauthorization.devserver.ExchangeListener;
import io.quarkiverse.deviceauthorization.devserver.ReceivedRequest;
import io.quarkiverse.deviceauthorization.devserver.SentAnswer;
import io.quarkiverse.deviceauthorization.it.process.Directories;
import io.quarkiverse.deviceauthorization.it.process.Run;

/** A new process at every step of a sign-in; the server counts who asks too early. */
@DisplayName("A sign-in goes on in the next process")
class RestartIT {

    private static final String DEVICE_CODE = "urn:ietf:params:oauth:grant-type:device_code";
    private static final String REFRESH = "refresh_token";
    private static final String READ_TIMEOUT = Program.PREFIX + "read-timeout";

    /** Token requests by their grant type. */
    private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> answered = new LinkedBlockingQueue<>();
    private final AtomicReference<Run> killedByRequest = new AtomicReference<>();
    private final AtomicReference<Run> terminatedByRequest = new AtomicReference<>();
    private final DeviceAuthorizationServer server = server(Duration.ofSeconds(30));
    private final Program program = impatient(server);

    /** A request that nobody waits for any more is over after the time-out: only then the next process asks. */
    private static Program impatient(DeviceAuthorizationServer server) {
        return Program.at(server).in(Directories.fresh("restart")).with(READ_TIMEOUT, "2s");
    }

    /** The server keeps it waiting until it stops, which may take long on a busy machine. */
    private static Program patient(Program program) {
        return program.with(READ_TIMEOUT, "20s");
    }

    private DeviceAuthorizationServer server(Duration leeway) {
        return DeviceAuthorizationServer.builder().interval(Duration.ofSeconds(1)).refreshTokenRotation(true)
                .refreshReuseLeeway(leeway).listener(new ExchangeListener() {

                    @Override
                    public void received(ReceivedRequest request) {
                        request.parameter("grant_type").ifPresent(grant -> {
                            Run victim = killedByRequest.getAndSet(null);
                            if (victim != null) {
                                victim.kill();
                            }
                            Run leaving = terminatedByRequest.getAndSet(null);
                            if (leaving != null) {
                                leaving.terminate();
                                leaving.nextOf("stopping");
                            }
                            received.add(grant);
                        });
                    }

                    @Override
                    public void answered(ReceivedRequest request, SentAnswer answer) {
                        request.parameter("grant_type").ifPresent(answered::add);
                    }
                }).start();
    }

    @AfterEach
    void close() {
        server.close();
    }

    private static String take(BlockingQueue<String> queue) throws InterruptedException {
        return queue.poll(60, TimeUnit.SECONDS);
    }

    /** @return the id of a flow, and its user code */
    private String[] startAndEnd() {
        return program.finish("start").told("started").get(0).split(" ");
    }

    private void assertFinishes(Run run) {
        assertThat(run.exitCode()).as("exit code of the process that finishes, which told:%n%s", run.output()).isZero();
        program.finish("tokens");
        assertThat(server.counters().deviceAuthorizationRequests()).as("flows").isEqualTo(1);
        assertThat(server.counters().earlyPolls()).as("polls before the interval was over").isZero();
    }

    @Test
    @DisplayName("after start")
    void afterStart() throws InterruptedException {
        String[] flow = startAndEnd();
        Run run = program.start("await", flow[0]);
        assertThat(run.next("waiting")).as("user code of the flow that was found").isEqualTo(flow[1]);
        assertThat(take(answered)).as("the first poll").isEqualTo(DEVICE_CODE);
        server.script().approve(flow[1], "alice");
        assertFinishes(run);
    }

    @Test
    @DisplayName("killed while it waits between two polls")
    void killedWhilePending() throws InterruptedException {
        String[] flow = startAndEnd();
        Run killed = program.start("await", flow[0]);
        killed.next("event Pending");
        killed.kill();
        answered.clear();

        Run next = program.start("await", flow[0]);
        assertThat(take(answered)).as("the second poll").isEqualTo(DEVICE_CODE);
        server.script().approve(flow[1], "alice");
        assertFinishes(next);
    }

    @Test
    @DisplayName("killed while its poll is under way")
    void killedDuringPoll() throws InterruptedException {
        String[] flow = startAndEnd();
        Run killed = program.start("await", flow[0]);
        killedByRequest.set(killed);
        assertThat(take(received)).as("the first poll").isEqualTo(DEVICE_CODE);

        Run next = program.start("await", flow[0]);
        assertThat(take(received)).as("the second poll").isEqualTo(DEVICE_CODE);
        server.script().approve(flow[1], "alice");
        assertFinishes(next);
    }

    @Test
    @DisplayName("approved while no process lives")
    void approvedMeanwhile() {
        String[] flow = startAndEnd();
        server.script().approve(flow[1], "alice");
        assertFinishes(program.start("await", flow[0]));
        assertThat(server.counters().tokenRequests(DEVICE_CODE)).as("polls").isEqualTo(1);
    }

    @Test
    @DisplayName("killed after the approval, before it asked again")
    void killedAfterApproval() throws InterruptedException {
        String[] flow = startAndEnd();
        Run killed = program.start("await", flow[0]);
        killed.next("event Pending");
        server.script().approve(flow[1], "alice");
        killed.kill();
        assertThat(killed.told("tokens")).as("tokens of the process that was killed").isEmpty();

        assertFinishes(program.start("await", flow[0]));
        assertThat(server.counters().tokenRequests(DEVICE_CODE)).as("polls").isEqualTo(2);
    }

    @Test
    @DisplayName("killed while its refresh is under way, at a server that forgives")
    void killedDuringRefresh() throws InterruptedException {
        program.signIn(server);
        killRefresh(program);

        Run next = program.finish("refresh", "1");

        assertThat(next.told("found")).as("tokens of the next process").hasSize(1);
        assertThat(server.counters().refreshTokenReuses()).as("refresh tokens that came again, as they may").isEqualTo(1);
        assertThat(server.counters().deviceAuthorizationRequests()).as("flows").isEqualTo(1);
    }

    @Test
    @DisplayName("killed while its refresh is under way, at a server that forgives nothing: it says that a person is needed")
    void killedDuringUnforgivenRefresh() throws InterruptedException {
        try (DeviceAuthorizationServer strict = server(Duration.ZERO)) {
            Program there = impatient(strict);
            there.signIn(strict);
            killRefresh(there);

            Run next = there.start("tokens");

            assertThat(next.exitCode()).as("exit code").isEqualTo(Program.AUTHORIZATION_REQUIRED);
            assertThat(next.output()).as("what it says").contains("no longer accepts the refresh token",
                    "Ask the person to sign in again");
            assertThat(strict.counters().deviceAuthorizationRequests()).as("flows: none that nobody asked for").isEqualTo(1);
        }
    }

    @Test
    @DisplayName("stopped while its refresh is under way: it waits for the answer, also of a server that forgives nothing")
    void stoppedDuringRefresh() throws InterruptedException {
        try (DeviceAuthorizationServer strict = server(Duration.ZERO)) {
            Program there = impatient(strict);
            there.signIn(strict);
            received.clear();
            Run stopped = patient(there).start("refresh", "1");
            terminatedByRequest.set(stopped);
            assertThat(take(received)).as("the refresh").isEqualTo(REFRESH);
            stopped.exitCode();

            there.finish("refresh", "1");

            assertThat(strict.counters().refreshTokenReuses()).as("refresh tokens that came again").isZero();
            assertThat(strict.counters().deviceAuthorizationRequests()).as("flows").isEqualTo(1);
        }
    }

    @Test
    @DisplayName("stopped while the poll is under way that brings the tokens: it waits for the answer, and stores it")
    void stoppedDuringPoll() throws InterruptedException {
        String[] flow = startAndEnd();
        server.script().approve(flow[1], "alice");
        Run stopped = patient(program).start("await", flow[0]);
        terminatedByRequest.set(stopped);
        assertThat(take(received)).as("the poll").isEqualTo(DEVICE_CODE);
        stopped.exitCode();

        assertFinishes(program.start("await", flow[0]));
        assertThat(server.counters().tokenRequests(DEVICE_CODE)).as("polls").isEqualTo(1);
    }

    private void killRefresh(Program there) throws InterruptedException {
        received.clear();
        Run killed = there.start("refresh", "1");
        killedByRequest.set(killed);
        assertThat(take(received)).as("the refresh").isEqualTo(REFRESH);
        killed.exitCode();
    }

    @Test
    @DisplayName("login, killed while it waits, shows the same code again")
    void killedLogin() throws InterruptedException {
        Run killed = program.start("login");
        killed.next("event Pending");
        killed.kill();
        answered.clear();

        Run next = program.start("login");
        assertThat(take(answered)).as("the second poll").isEqualTo(DEVICE_CODE);
        server.script().approve("alice");
        assertFinishes(next);
        assertThat(userCode(next)).as("the code that the person sees").isEqualTo(userCode(killed));
    }

    /** Prompts show it on a line of its own. */
    private static String userCode(Run run) {
        return run.output().lines().map(String::trim).filter(line -> line.matches("[A-Z]{4}-[A-Z]{4}")).findFirst()
                .orElseThrow(() -> new AssertionError("No prompt:\n" + run.output()));
    }
}

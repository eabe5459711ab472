package io.quarkiverse.deviceauthorization.it.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.quarkiverse.deviceauthorization.devserver.DeviceAuthorizationServer;
import io.quarkiverse.deviceauthorization.it.process.Directories;
import io.quarkiverse.deviceauthorization.redis.server.RedisServer;

/** What users of an application see, and who asks for its health. */
@DisplayName("When Redis fails")
@Tag("redis")
class RedisFailuresIT {

    private static final String PASSWORD = "a-password-of-redis-that-nobody-sees";
    private static final String WRONG_PASSWORD = "another-password-that-nobody-sees";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final ServerJournal JOURNAL = new ServerJournal();
    private static final List<Incarnation> STARTED = new ArrayList<>();
    private static DeviceAuthorizationServer server;
    private static RedisServer redis;
    private static Path directory;

    /** One that most tests share, since it is as it was when Redis is well again. */
    private static Incarnation node;

    private record Flow(String id, String userCode) {
    }

    @BeforeAll
    static void start() throws IOException {
        server = DeviceAuthorizationServer.builder().interval(Duration.ofSeconds(1)).listener(JOURNAL).start();
        redis = RedisServer.startDurable();
        directory = Files.createDirectories(Directories.fresh("failures"));
        node = start(program());
        JOURNAL.secrets().add("password", PASSWORD);
        JOURNAL.secrets().add("password", WRONG_PASSWORD);
    }

    @AfterAll
    static void stop() {
        STARTED.forEach(Incarnation::end);
        redis.close();
        server.close();
    }

    private static NodeProgram program() {
        return NodeProgram.at(server).sharing(redis).with("quarkus.redis.timeout", "2S")
                .with(NodeProgram.PREFIX + "health.cache", "0S");
    }

    private static Incarnation start(NodeProgram program) {
        String name = "node" + (STARTED.size() + 1);
        Incarnation started = program.start(name, directory.resolve(name + ".journal"));
        STARTED.add(started);
        started.awaitStart();
        return started;
    }

    @AfterEach
    void noSecrets() {
        STARTED.forEach(one -> assertThat(JOURNAL.secrets().foundIn(one.output())).as("lines with a secret of %s", one)
                .isEmpty());
    }

    private static Http.Answer ask(Incarnation node, String method, String path) {
        try {
            return Http.exchange(method, node.uri().orElseThrow().resolve(path), PATIENCE);
        } catch (IOException e) {
            throw new UncheckedIOException("No answer to " + path + " from " + node + ":\n" + node.output(), e);
        }
    }

    private static Flow signIn(Incarnation node, String account) {
        Http.Answer answer = ask(node, "POST", "/accounts/" + account + "/sign-in");
        assertThat(answer.status()).as("status of %s", answer).isEqualTo(200);
        return new Flow(answer.json().get("id").textValue(), answer.json().get("userCode").textValue());
    }

    private static void assertEndsInTokens(Incarnation node, String account, Flow flow) {
        Http.Answer answer = ask(node, "GET", "/accounts/" + account + "/sign-in/" + flow.id + "/outcome");
        assertThat(answer.status()).as("status of %s", answer).isEqualTo(200);
        assertThat(JOURNAL.flow(flow.userCode).orElseThrow().issued(answer.json().get("accessToken").textValue(),
                answer.json().get("refreshToken").textValue())).as("tokens of this flow").isTrue();
        assertThat(server.counters().earlyPolls()).as("polls before the interval was over").isZero();
    }

    private static void assertNobodyCanSignIn(Incarnation node, String... why) {
        Http.Answer answer = ask(node, "POST", "/accounts/somebody/sign-in");
        assertThat(answer.status()).as("status of %s", answer).isEqualTo(503);
        assertThat(answer.json().get("type").textValue()).isEqualTo("AuthorizationStoreException");
        assertThat(answer.json().get("message").textValue()).contains(why);
        assertDown(node, why);
    }

    private static void assertDown(Incarnation node, String... why) {
        Http.Answer health = ask(node, "GET", "/q/health/ready");
        assertThat(health.status()).as("status of %s", health).isEqualTo(503);
        assertThat(health.text()).contains(why);
    }

    private static void awaitUp(Incarnation node) {
        await("the application is well").atMost(PATIENCE)
                .until(() -> ask(node, "GET", "/q/health/ready").status() == 200);
    }

    private static void assertSignsIn(Incarnation node, String account) {
        Flow flow = signIn(node, account);
        server.script().approve(flow.userCode, "alice");
        assertEndsInTokens(node, account, flow);
    }

    @Test
    @DisplayName("and is not there at the start: the application starts, says why nobody can sign in, and works when it comes")
    void downAtStart() {
        try (RedisServer late = RedisServer.startDurable()) {
            late.stop();
            Incarnation early = start(program().sharing(late));

            assertNobodyCanSignIn(early, "can't be reached", "quarkus.redis.hosts");
            late.startAgain();
            awaitUp(early);

            assertSignsIn(early, "late");
            early.stop();
        }
    }

    @Test
    @DisplayName("and goes away while a flow is pending: what is approved meanwhile ends in tokens when it is back")
    void goesAway() {
        Flow flow = signIn(node, "patient");

        redis.kill();
        server.script().approve(flow.userCode, "alice");
        assertDown(node, "can't be reached");
        redis.startAgain();

        assertEndsInTokens(node, "patient", flow);
        awaitUp(node);
    }

    @Test
    @DisplayName("and hangs for some seconds: health says so, and everything goes on afterwards")
    void hangs() {
        Flow flow = signIn(node, "slow");

        redis.pause();
        try {
            server.script().approve(flow.userCode, "alice");
            assertDown(node, "has not answered in time");
        } finally {
            redis.resume();
        }

        assertEndsInTokens(node, "slow", flow);
        awaitUp(node);
    }

    @Test
    @DisplayName("and is out of memory: nobody new can sign in, tokens that are there are used, and an approval is not lost")
    void outOfMemory() {
        assertSignsIn(node, "before");
        Flow flow = signIn(node, "full");

        redis.configure("maxmemory", "1");
        try {
            server.script().approve(flow.userCode, "alice");
            assertNobodyCanSignIn(node, "out of memory", "maxmemory");
            assertThat(ask(node, "GET", "/accounts/before/tokens").status()).as("of tokens that are there").isEqualTo(200);
        } finally {
            redis.configure("maxmemory", "0");
        }

        assertEndsInTokens(node, "full", flow);
    }

    @Test
    @DisplayName("and is a replica, which can't be written: nobody new can sign in, and an approval is not lost")
    void readOnly() {
        assertSignsIn(node, "reader");
        Flow flow = signIn(node, "writer");

        redis.command("REPLICAOF", "127.0.0.1", String.valueOf(RedisServer.freePort()));
        try {
            server.script().approve(flow.userCode, "alice");
            assertNobodyCanSignIn(node, "replica", "quarkus.redis.hosts");
            assertThat(ask(node, "GET", "/accounts/reader/tokens").status()).as("of tokens that are there").isEqualTo(200);
        } finally {
            redis.command("REPLICAOF", "NO", "ONE");
        }

        assertEndsInTokens(node, "writer", flow);
    }

    @Test
    @DisplayName("and wants another password: nobody can sign in, and nobody gets to see the password")
    void wrongPassword() {
        try (RedisServer locked = RedisServer.start("--requirepass", PASSWORD)) {
            Incarnation wrong = start(program().sharing(locked).with("quarkus.redis.password", WRONG_PASSWORD));
            assertNobodyCanSignIn(wrong, "password");
            assertThat(ask(wrong, "GET", "/q/health").text()).doesNotContain(WRONG_PASSWORD);
            wrong.stop();

            Incarnation right = start(program().sharing(locked).with("quarkus.redis.password", PASSWORD));
            assertSignsIn(right, "right");
            right.stop();
        }
    }
}

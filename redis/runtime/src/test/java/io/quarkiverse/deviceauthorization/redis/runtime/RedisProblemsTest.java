package io.quarkiverse.deviceauthorization.redis.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import io.quarkiverse.deviceauthorization.redis.server.RedisServer;
import io.quarkiverse.deviceauthorization.runtime.store.Encryption;
import io.quarkiverse.deviceauthorization.store.AuthorizationStore;
import io.quarkiverse.deviceauthorization.store.AuthorizationStoreException;
import io.quarkiverse.deviceauthorization.store.StoredFlow;
import io.quarkiverse.deviceauthorization.store.StoredFlow.Status;
import io.quarkiverse.deviceauthorization.store.StoredTokens;
import io.smallrye.mutiny.Uni;

@DisplayName("A store whose Redis server")
class RedisProblemsTest extends RedisFixture {

    /** Enough for an answer, or for the failure of a connection, on a busy machine. */
    private static final Duration SHORT = Duration.ofSeconds(2);

    @Test
    @DisplayName("is not there says so, and goes on when it comes")
    void absent() {
        RedisServer server = server();
        RedisAuthorizationStore store = store(server.uri(), SHORT);
        server.stop();
        assertProblem(write(store), "can't be reached", "quarkus.redis.hosts", "Connection refused");
        assertProblem(store.findTokens("tv", "alice"), "can't be reached", "quarkus.redis.hosts");

        server.startAgain();
        assertThat(done(write(store))).isTrue();
    }

    @Test
    @DisplayName("goes away and comes back loses nothing, and nobody notices if it is soon")
    void restarted() {
        RedisServer server = closed(RedisServer.startDurable());
        RedisAuthorizationStore store = store(server);
        assertThat(done(write(store))).isTrue();
        for (long version = 1; version < 4; version++) {
            server.kill();
            CompletableFuture<Boolean> answer = store.replaceTokens("tv", "alice", version,
                    Optional.of(Samples.tokens(version + 1))).subscribeAsCompletionStage();
            server.startAgain();
            assertThat(answer.join()).isTrue();
        }
        assertThat(done(store.findTokens("tv", "alice"))).get().extracting(StoredTokens::version).isEqualTo(4L);
    }

    @Test
    @DisplayName("hangs says so in a while, does what it had got, and is used again when it goes on")
    void paused() {
        RedisServer server = server();
        RedisAuthorizationStore store = store(server.uri(), SHORT);
        done(store.replaceTokens("tv", "bob", 0, Optional.of(Samples.tokens(1)))); // the script is known from now on
        server.pause();
        long start = System.nanoTime();
        assertProblem(write(store), "has not answered in time", "quarkus.redis.timeout");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).as("time until it was told").isLessThan(PATIENCE);

        server.resume();
        Awaitility.await().ignoreExceptions()
                .untilAsserted(() -> assertThat(done(store.findTokens("tv", "alice"))).isPresent());
        assertThat(done(write(store))).as("the same again").isFalse();
    }

    @Test
    @DisplayName("is slow is waited for")
    void slow() {
        RedisServer server = server();
        RedisAuthorizationStore store = store(server);
        server.pause();
        CompletableFuture<Boolean> answer = write(store).subscribeAsCompletionStage();
        CompletableFuture.delayedExecutor(500, TimeUnit.MILLISECONDS).execute(server::resume);
        assertThat(answer.join()).isTrue();
    }

    @Test
    @DisplayName("is out of memory says so, lets read and forget, and keeps what it has")
    void outOfMemory() {
        RedisServer server = server();
        RedisAuthorizationStore store = store(server);
        assertThat(done(write(store))).isTrue();
        done(store.replaceFlow(0, Samples.flow("id", 1)));
        server.configure("maxmemory", "1");

        assertProblem(store.replaceTokens("tv", "alice", 1, Optional.of(Samples.tokens(2))), "is out of memory", "maxmemory",
                "quarkus.redis.hosts (OOM)");
        assertProblem(store.replaceFlow(1, Samples.flow("id", 2)), "is out of memory");
        assertProblem(store.leaseRefresh("tv", "alice", LONG), "is out of memory");
        assertThat(done(store.findTokens("tv", "alice"))).contains(done(store.findTokens("tv", "alice")).orElseThrow())
                .get().extracting(StoredTokens::version).isEqualTo(1L);
        assertThat(done(store.findFlows("tv", "alice"))).hasSize(1);
        assertThat(done(store.replaceTokens("tv", "alice", 1, Optional.empty()))).isTrue();
    }

    @Test
    @DisplayName("is a replica says so, and lets read")
    void readOnly() {
        RedisServer primary = server();
        RedisServer replica = server("--replicaof", "127.0.0.1 " + primary.port());
        assertThat(done(write(store(primary)))).isTrue();
        RedisAuthorizationStore store = store(replica);
        Awaitility.await().atMost(LONG).untilAsserted(() -> assertThat(done(store.findTokens("tv", "alice"))).isPresent());

        assertProblem(store.replaceTokens("tv", "alice", 1, Optional.of(Samples.tokens(2))), "is a replica",
                "quarkus.redis.hosts (READONLY)");
        assertProblem(store.replaceTokens("tv", "alice", 1, Optional.empty()), "is a replica");
        assertThat(done(store.findOwners("tv"))).containsExactly("alice");
    }

    @Test
    @DisplayName("wants a password says so, if there is none or another one")
    void password() {
        RedisServer server = server("--requirepass", "the-right-password");
        assertProblem(write(store(server)), "wants another user name or password", "quarkus.redis.password");
        assertProblem(write(store("redis://:the-wrong-password@127.0.0.1:" + server.port(), SHORT)),
                "wants another user name or password", "quarkus.redis.password (WRONGPASS)");
        assertThat(done(write(store("redis://:the-right-password@127.0.0.1:" + server.port(), PATIENCE)))).isTrue();
    }

    @Test
    @DisplayName("refuses its user says so, and is used when it doesn't any more")
    void userThatIsMadeLater() {
        RedisServer server = server();
        RedisAuthorizationStore store = store("redis://late:the-right-password@127.0.0.1:" + server.port(), PATIENCE);
        assertProblem(write(store), "wants another user name or password", "quarkus.redis.password (WRONGPASS)");

        server.command("ACL", "SETUSER", "late", "on", ">the-right-password", "~*", "+@all");
        assertThat(done(write(store))).isTrue();
    }

    @Test
    @DisplayName("forbids its user what is needed says so")
    void forbidden() {
        RedisServer server = server();
        server.command("ACL", "SETUSER", "limited", "on", ">the-right-password", "~other:*", "+@all");
        // what the documentation says
        server.command(("ACL SETUSER allowed on >the-right-password ~app:* -@all +hello +auth +ping +select +cluster +eval"
                + " +evalsha +hget +hmget +hset +exists +del +expire +pexpire +pttl +get +set +sadd +srem +scard +sscan +zadd"
                + " +zrem +zcard +zrange +zremrangebyscore").split(" "));
        assertProblem(write(store("redis://limited:the-right-password@127.0.0.1:" + server.port(), PATIENCE)),
                "does not let this user do all that is needed", "(NOPERM)");
        RedisAuthorizationStore allowed = store("redis://allowed:the-right-password@127.0.0.1:" + server.port(), PATIENCE);
        assertThat(done(write(allowed))).isTrue();
        assertThat(done(allowed.findTokens("tv", "alice"))).isPresent();
        assertThat(done(allowed.findOwners("tv"))).containsExactly("alice");
        assertThat(done(allowed.replaceTokens("tv", "alice", 1, Optional.empty()))).isTrue();
        StoredFlow flow = Samples.flow("id", 1).followed(true);
        assertThat(done(allowed.replaceFlow(0, flow))).isTrue();
        assertThat(done(allowed.findFlow("tv", "id"))).isPresent();
        assertThat(done(allowed.findFlows("tv", "alice"))).hasSize(1);
        assertThat(done(allowed.findAbandoned("tv", Instant.now().plusSeconds(60), 1))).hasSize(1);
        assertThat(done(allowed.replaceFlow(1, flow.ended(Status.CANCELLED, Optional.empty()).replacing(1)))).isTrue();
        done(done(allowed.leaseRefresh("tv", "alice", LONG)).orElseThrow().release());
        assertThat(done(allowed.probe("tv", PATIENCE, PATIENCE, Clock.systemUTC()).probe()).problem()).isEmpty();
    }

    @Test
    @DisplayName("has something else under one of the keys says so, and changes nothing")
    void foreignKeys() {
        for (String key : new String[] { "app:{tv}:tokens:alice", "app:{tv}:owners", "app:{tv}:flow:id",
                "app:{tv}:pending:alice", "app:{tv}:followed" }) {
            RedisServer server = server();
            RedisAuthorizationStore store = store(server);
            server.command("SET", key, "something");
            if (key.contains("tokens") || key.contains("owners")) {
                assertProblem(write(store), "has something else under a key of the store",
                        "quarkus.device-authorization-redis.prefix", "(WRONGTYPE)");
                assertProblem(store.replaceTokens("tv", "alice", 0, Optional.empty()), "has something else under a key");
            } else {
                assertProblem(store.replaceFlow(0, Samples.flow("id", 1)), "has something else under a key of the store");
            }
            assertThat(server.command("DBSIZE")).as("number of keys when %s is something else", key).isEqualTo(1L);
        }
    }

    @Test
    @DisplayName("is a node of a cluster, and the client no cluster client, says so")
    void cluster() {
        RedisServer node = clusterNode();
        RedisServer owner = clusterNode();
        RedisAuthorizationStore store = store(node.uri(), SHORT);
        assertProblem(write(store), "is not ready", "(CLUSTERDOWN)");

        owner.command("CLUSTER", "ADDSLOTSRANGE", "0", "16383");
        node.command("CLUSTER", "MEET", "127.0.0.1", String.valueOf(owner.port()), owner.clusterPort());
        Awaitility.await().atMost(LONG)
                .until(() -> String.valueOf(node.command("CLUSTER", "INFO")).contains("cluster_state:ok"));
        assertProblem(write(store), "is a node of a Redis Cluster", "quarkus.redis.client-type (MOVED)");
    }

    private RedisServer clusterNode() {
        return server("--cluster-enabled", "yes", "--cluster-port", String.valueOf(RedisServer.freePort()));
    }

    @Test
    @DisplayName("has forgotten the scripts learns them again")
    void forgottenScripts() {
        RedisServer server = server();
        RedisAuthorizationStore store = store(server);
        assertThat(done(write(store))).isTrue();
        server.command("SCRIPT", "FLUSH");
        assertThat(done(store.findTokens("tv", "alice"))).isPresent();
        assertThat(done(store.replaceTokens("tv", "alice", 1, Optional.empty()))).isTrue();
    }

    @Test
    @DisplayName("takes no more connections says so, and is used again when it does")
    void tooManyConnections() throws IOException {
        RedisServer server = server();
        RedisAuthorizationStore store = store(server.uri(), SHORT);
        try (Socket first = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            first.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.UTF_8));
            assertThat(first.getInputStream().read()).as("the beginning of +PONG").isEqualTo('+');
            server.configure("maxclients", "1");
            assertProblem(write(store), "The server of the default Redis client ", "takes more connections (maxclients)",
                    "quarkus.redis.");
        }
        Awaitility.await().ignoreExceptions().untilAsserted(() -> assertThat(done(write(store))).isTrue());
    }

    @Test
    @DisplayName("has broken content says under which key, and shows nothing of it")
    void brokenContent() {
        RedisServer server = server();
        RedisAuthorizationStore store = store(server);
        done(write(store));
        done(store.replaceFlow(0, Samples.flow("good", 1)));
        done(store.replaceFlow(0, Samples.flow("bad", 1).followed(true)));
        server.command("HSET", "app:{tv}:tokens:alice", "data", "{\"format\":1," + Samples.SECRET);
        server.command("HSET", "app:{tv}:flow:bad", "data", Samples.SECRET);

        assertProblem(store.findTokens("tv", "alice"), "under the key app:{tv}:tokens:alice is broken", "delete the key");
        assertProblem(store.findFlow("tv", "bad"), "under the key app:{tv}:flow:bad is broken");
        assertThat(done(store.findFlows("tv", "alice"))).as("the others").hasSize(1);
        assertThat(done(store.findAbandoned("tv", Clock.systemUTC().instant().plusSeconds(60), 1))).isEmpty();
    }

    @Test
    @DisplayName("has somebody else's tokens under a key doesn't get them used")
    void exchangedContent() {
        RedisServer server = server();
        RedisAuthorizationStore store = store(server);
        done(write(store));
        done(store.replaceFlow(0, Samples.flow("id", 1)));
        server.command("COPY", "app:{tv}:tokens:alice", "app:{tv}:tokens:bob");
        server.command("COPY", "app:{tv}:tokens:alice", "app:{radio}:tokens:alice");
        server.command("COPY", "app:{tv}:flow:id", "app:{tv}:flow:other");

        assertProblem(store.findTokens("tv", "bob"), "app:{tv}:tokens:bob belongs to somebody else");
        assertProblem(store.findTokens("radio", "alice"), "app:{radio}:tokens:alice belongs to somebody else");
        assertProblem(store.findFlow("tv", "other"), "app:{tv}:flow:other belongs to somebody else");
    }

    @Test
    @DisplayName("has what another key encrypted says so")
    void otherKey() {
        RedisServer server = server();
        AuthorizationStore one = store(server.uri(), PATIENCE, Clock.systemUTC(),
                Optional.of(Encryption.withKey("1".repeat(32))));
        AuthorizationStore two = store(server.uri(), PATIENCE, Clock.systemUTC(),
                Optional.of(Encryption.withKey("2".repeat(32))));
        done(one.replaceTokens("tv", "alice", 0, Optional.of(Samples.tokens(1))));

        assertProblem(two.findTokens("tv", "alice"), "app:{tv}:tokens:alice was encrypted with another key",
                "quarkus.device-authorization.\"tv\".tokens.encryption.key");
        assertProblem(store(server).findTokens("tv", "alice"), "app:{tv}:tokens:alice is encrypted");
        assertThat(done(one.findTokens("tv", "alice"))).isPresent();
    }

    @Test
    @DisplayName("has what is not encrypted, although there is a key, doesn't get it used, unless it is from before")
    void plain() {
        RedisServer server = server();
        Encryption key = Encryption.withKey("1".repeat(32));
        AuthorizationStore before = store(server);
        AuthorizationStore now = store(server.uri(), PATIENCE, Clock.systemUTC(), Optional.of(key));
        AuthorizationStore migrating = store(server.uri(), PATIENCE, Clock.systemUTC(), Optional.of(key.acceptingPlain()));
        done(write(before));
        done(before.replaceFlow(0, Samples.flow("id", 1)));

        assertProblem(now.findTokens("tv", "alice"), "app:{tv}:tokens:alice is not encrypted", "is left as it is",
                "quarkus.device-authorization.\"tv\".tokens.encryption.accept-plain=true");
        assertProblem(now.findFlow("tv", "id"), "app:{tv}:flow:id is not encrypted");
        assertThat(done(now.findFlows("tv", "alice"))).isEmpty();
        assertThat(done(before.findTokens("tv", "alice"))).as("what is left as it is").isPresent();

        assertThat(done(migrating.findFlows("tv", "alice"))).hasSize(1);
        assertThat(done(migrating.findTokens("tv", "alice"))).isPresent();
        assertThat(done(migrating.replaceTokens("tv", "alice", 1, Optional.of(Samples.tokens(2))))).isTrue();
        assertThat(done(now.findTokens("tv", "alice"))).as("once it has been written again").isPresent();
    }

    private static Uni<Boolean> write(AuthorizationStore store) {
        return store.replaceTokens("tv", "alice", 0, Optional.of(Samples.tokens(1)));
    }

    private static void assertProblem(Uni<?> operation, String... parts) {
        Throwable problem = catchThrowable(() -> done(operation));
        assertThat(problem).isInstanceOf(AuthorizationStoreException.class).message().contains(parts);
        StringWriter all = new StringWriter();
        problem.printStackTrace(new PrintWriter(all));
        assertThat(all.toString()).as("what a log would show").doesNotContain(Samples.SECRET, "-password");
    }
}

package io.quarkiverse.deviceauthorization.redis.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import io.quarkiverse.deviceauthorization.redis.server.RedisServer;
import io.quarkiverse.deviceauthorization.redis.server.Sentinel;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisClientType;
import io.vertx.redis.client.RedisOptions;

@DisplayName("A store that finds its server by Redis Sentinel")
class SentinelTest extends RedisFixture {

    /** Sentinel waits for half a minute when it has stood still itself. */
    private static final Duration FAILOVER = Duration.ofSeconds(120);

    private RedisServer primary;
    private RedisServer replica;
    private Sentinel sentinel;
    private RedisAuthorizationStore store;

    @BeforeEach
    void connect() throws IOException {
        primary = server();
        replica = server("--replicaof", "127.0.0.1", String.valueOf(primary.port()));
        sentinel = closed(Sentinel.of(primary));
        Awaitility.await().atMost(FAILOVER).until(() -> sentinel.knowsReplica() && isReplicated());
        Redis redis = Redis.createClient(vertx, new RedisOptions().setType(RedisClientType.SENTINEL)
                .setMasterName(Sentinel.NAME).addConnectionString(sentinel.uri()));
        closed(redis::close);
        store = new RedisAuthorizationStore(
                new RedisCommands(() -> redis, new RedisFailures("<default>"), FAILOVER, UNANSWERED), "app",
                Duration.ofDays(90), client -> Optional.empty(), Clock.systemUTC());
        done(store.replaceTokens("tv", "alice", 0, Optional.of(Samples.tokens(1))));
        Awaitility.await().atMost(FAILOVER).until(() -> replica.command("HGET", "app:{tv}:tokens:alice", "version") != null);
    }

    private boolean isReplicated() {
        return String.valueOf(replica.command("INFO", "replication")).contains("master_link_status:up");
    }

    private boolean isDemoted() {
        return String.valueOf(primary.command("INFO", "replication")).contains("role:slave");
    }

    @Test
    @DisplayName("goes on with the replica when the primary is killed, and nobody notices but that it takes a while")
    void killed() {
        primary.kill();

        assertThat(done(store.replaceTokens("tv", "alice", 1, Optional.of(Samples.tokens(2))))).isTrue();
        assertThat(replica.command("HGET", "app:{tv}:tokens:alice", "version")).isEqualTo("2");
    }

    @Test
    @DisplayName("follows a failover that somebody asks for, while the former primary lives on as a replica")
    void asked() {
        sentinel.command("SENTINEL", "FAILOVER", Sentinel.NAME);
        // until then it acknowledges writes that the new primary will never see
        Awaitility.await().atMost(FAILOVER).until(() -> sentinel.primary() == replica.port() && isDemoted());

        assertThat(done(store.replaceTokens("tv", "alice", 1, Optional.of(Samples.tokens(2))))).isTrue();
        assertThat(replica.command("HGET", "app:{tv}:tokens:alice", "version")).isEqualTo("2");
    }
}

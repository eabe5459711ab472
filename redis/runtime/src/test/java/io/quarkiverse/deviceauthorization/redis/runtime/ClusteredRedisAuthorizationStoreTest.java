package io.quarkiverse.deviceauthorization.redis.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import io.quarkiverse.deviceauthorization.redis.server.RedisServer;
import io.quarkiverse.deviceauthorization.store.AuthorizationStore;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisClientType;
import io.vertx.redis.client.RedisOptions;

@DisplayName("A store in a Redis Cluster of three nodes")
class ClusteredRedisAuthorizationStoreTest extends RedisStoreContract {

    private static final int SLOTS = 16_384;

    @Override
    List<RedisServer> start() {
        List<RedisServer> servers = Stream.generate(() -> {
            int bus = RedisServer.freePort(); // by default it is 10,000 above the other one, where there may be none
            return RedisServer.start("--cluster-enabled", "yes", "--cluster-port", String.valueOf(bus));
        }).limit(3).toList();
        for (int i = 0; i < servers.size(); i++) {
            servers.get(i).command("CLUSTER", "ADDSLOTSRANGE", String.valueOf(i * SLOTS / servers.size()),
                    String.valueOf((i + 1) * SLOTS / servers.size() - 1));
        }
        for (RedisServer server : servers) {
            servers.get(0).command("CLUSTER", "MEET", "127.0.0.1", String.valueOf(server.port()), server.clusterPort());
        }
        Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> servers.stream().allMatch(server -> {
            String state = String.valueOf(server.command("CLUSTER", "INFO"));
            return state.contains("cluster_state:ok") && state.contains("cluster_known_nodes:3");
        }));
        return servers;
    }

    @Override
    Redis connect(Vertx vertx, List<RedisServer> servers) {
        RedisOptions options = new RedisOptions().setType(RedisClientType.CLUSTER);
        servers.forEach(server -> options.addConnectionString(server.uri()));
        return Redis.createClient(vertx, options);
    }

    @Test
    @DisplayName("Clients are on different nodes")
    void spread() {
        useAll(create(Clock.systemUTC()));
        assertThat(servers).allSatisfy(server -> assertThat((Long) server.command("DBSIZE")).as("keys of a node").isPositive());
    }

    @Test
    @DisplayName("A node that is restarted is used again")
    void restarted() {
        AuthorizationStore store = create(Clock.systemUTC());
        for (RedisServer server : servers) {
            useAll(store);
            server.kill();
            server.startAgain();
            servers.forEach(each -> each.command("FLUSHALL"));
        }
        useAll(store);
    }

    private static void useAll(AuthorizationStore store) {
        for (int i = 0; i < 30; i++) {
            assertThat(store.leaseRefresh("client " + i, "alice", Duration.ofMinutes(1)).await().indefinitely()).isPresent();
        }
    }
}

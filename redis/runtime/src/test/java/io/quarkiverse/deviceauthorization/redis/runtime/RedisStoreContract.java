package io.quarkiverse.deviceauthorization.redis.runtime;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;

import io.quarkiverse.deviceauthorization.redis.server.RedisServer;
import io.quarkiverse.deviceauthorization.runtime.store.Encryption;
import io.quarkiverse.deviceauthorization.store.AuthorizationStore;
import io.quarkiverse.deviceauthorization.store.contract.AuthorizationStoreContract;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Redis;

/** Runs the suite for stores against real servers, with a Redis client for each store, as each node has its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("redis")
abstract class RedisStoreContract extends AuthorizationStoreContract {

    final List<RedisServer> servers = new ArrayList<>();
    private final List<Redis> clients = new ArrayList<>();
    private Vertx vertx;

    abstract List<RedisServer> start();

    abstract Redis connect(Vertx vertx, List<RedisServer> servers);

    Optional<Encryption> encryption() {
        return Optional.empty();
    }

    @BeforeAll
    void startServers() {
        vertx = Vertx.vertx();
        servers.addAll(start());
    }

    @AfterAll
    void stopServers() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
        servers.forEach(RedisServer::close);
    }

    @AfterEach
    void closeClients() {
        clients.forEach(Redis::close);
        clients.clear();
    }

    @Override
    protected AuthorizationStore create(InstantSource clock) {
        servers.forEach(server -> server.command("FLUSHALL"));
        return another(clock);
    }

    @Override
    protected AuthorizationStore another(InstantSource clock) {
        Redis redis = connect(vertx, servers);
        clients.add(redis);
        return new RedisAuthorizationStore(
                new RedisCommands(() -> redis, new RedisFailures("<default>"), Duration.ofSeconds(30), 1024),
                "device-authorization", Duration.ofDays(90), client -> encryption(), clock);
    }

    @Override
    protected Optional<AuthorizationStore> reopened(InstantSource clock) {
        return Optional.of(another(clock));
    }

    /** Leases run out by the clock of Redis. */
    @Override
    protected void letTimePass(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        Awaitility.await().atMost(time.plusSeconds(60)).until(() -> System.nanoTime() - end > 0);
        super.letTimePass(time);
    }
}

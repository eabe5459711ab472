package io.quarkiverse.deviceauthorization.redis.runtime;

import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

import io.quarkiverse.deviceauthorization.redis.server.RedisServer;
import io.quarkiverse.deviceauthorization.runtime.store.Encryption;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Redis;

/** A Redis server for each test that wants one, and stores that use it. */
@Tag("redis")
abstract class RedisFixture {

    /** How long the stores wait for Redis, unless they are told otherwise. */
    static final Duration PATIENCE = Duration.ofSeconds(20);
    static final int UNANSWERED = 50;
    static final Duration LONG = Duration.ofSeconds(120);

    static Vertx vertx;

    private final List<AutoCloseable> open = new ArrayList<>();

    @BeforeAll
    static void startVertx() {
        // several threads can't be the first at once to ask for contexts to propagate; Quarkus does that when it starts
        Uni.createFrom().deferred(() -> Uni.createFrom().voidItem());
        vertx = Vertx.vertx();
    }

    @AfterAll
    static void stopVertx() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : open) {
            each.close();
        }
    }

    <T extends AutoCloseable> T closed(T later) {
        open.add(0, later);
        return later;
    }

    RedisServer server(String... settings) {
        return closed(RedisServer.start(settings));
    }

    RedisAuthorizationStore store(RedisServer server) {
        return store(server.uri(), PATIENCE);
    }

    RedisAuthorizationStore store(String uri, Duration patience) {
        return store(uri, patience, Clock.systemUTC(), Optional.empty());
    }

    RedisAuthorizationStore store(String uri, Duration patience, InstantSource clock, Optional<Encryption> encryption) {
        Redis redis = Redis.createClient(vertx, uri);
        closed(redis::close);
        return new RedisAuthorizationStore(new RedisCommands(() -> redis, new RedisFailures("<default>"), patience, UNANSWERED),
                "app",
                Duration.ofDays(90), client -> encryption, clock);
    }

    static <T> T done(Uni<T> operation) {
        return operation.await().atMost(LONG);
    }
}

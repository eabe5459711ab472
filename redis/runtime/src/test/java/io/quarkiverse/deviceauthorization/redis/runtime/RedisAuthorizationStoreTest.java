package io.quarkiverse.deviceauthorization.redis.runtime;

import java.util.List;

import org.junit.jupiter.api.DisplayName;

import io.quarkiverse.deviceauthorization.redis.server.RedisServer;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Redis;

@DisplayName("A store in Redis")
class RedisAuthorizationStoreTest extends RedisStoreContract {

    @Override
    List<RedisServer> start() {
        return List.of(RedisServer.start());
    }

    @Override
    Redis connect(Vertx vertx, List<RedisServer> servers) {
        return Redis.createClient(vertx, servers.get(0).uri());
    }
}

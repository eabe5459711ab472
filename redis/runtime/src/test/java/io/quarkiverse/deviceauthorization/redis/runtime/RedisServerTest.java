package io.quarkiverse.deviceauthorization.redis.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.quarkiverse.deviceauthorization.redis.server.RedisServer;

@DisplayName("The Redis servers of the tests")
@Tag("redis")
class RedisServerTest {

    @Test
    @DisplayName("One that is durable keeps what it acknowledged, also when it is killed; another one forgets it")
    void restarts() {
        try (RedisServer durable = RedisServer.startDurable(); RedisServer forgetful = RedisServer.start()) {
            for (RedisServer server : List.of(durable, forgetful)) {
                server.command("SET", "key", "ä value\n");
                int port = server.port();
                server.kill();
                server.startAgain();
                assertThat(server.port()).isEqualTo(port);
            }
            assertThat(durable.command("GET", "key")).isEqualTo("ä value\n");
            assertThat(forgetful.command("GET", "key")).isNull();
            durable.restart();
            assertThat(durable.command("GET", "key")).isEqualTo("ä value\n");
        }
    }

    @Test
    @DisplayName("One that is paused answers when it goes on, and not before")
    void pauses() throws Exception {
        try (RedisServer server = RedisServer.start()) {
            server.pause();
            CompletableFuture<Object> answer = CompletableFuture.supplyAsync(() -> server.command("PING"));
            assertThatThrownBy(() -> answer.get(200, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
            server.resume();
            assertThat(answer.get(20, TimeUnit.SECONDS)).isEqualTo("PONG");
        }
    }

    @Test
    @DisplayName("One can be configured at its start and later, and its directory ends with it")
    void configured() {
        RedisServer server = RedisServer.start("--requirepass", "secret");
        try (server) {
            server.configure("maxmemory", "3000000");
            assertThat(server.command("CONFIG", "GET", "maxmemory")).isEqualTo(List.of("maxmemory", "3000000"));
            assertThatThrownBy(() -> server.command("NONSENSE")).hasMessageStartingWith("ERR unknown command");
        }
        assertThat(server.directory()).doesNotExist();
    }
}

package io.quarkiverse.deviceauthorization.redis.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import io.quarkiverse.deviceauthorization.Secret;
import io.quarkiverse.deviceauthorization.redis.server.RedisServer;
import io.quarkiverse.deviceauthorization.store.StoredFlow;
import io.quarkiverse.deviceauthorization.store.StoredFlow.Status;

@DisplayName("What is stored in Redis expires")
class ExpiryTest extends RedisFixture {

    private static final Duration TOLERANCE = Duration.ofSeconds(30);
    private static final Duration IDLE = Duration.ofDays(90);

    private RedisServer server;
    private RedisAuthorizationStore store;

    @BeforeEach
    void start() {
        server = server();
        store = store(server);
    }

    @Test
    @DisplayName("every key, whatever was stored")
    void everything() {
        done(store.replaceFlow(0, Samples.flow("id", 1).followed(true)));
        done(store.replaceTokens("tv", "alice", 0, Optional.of(Samples.tokens(1))));
        done(store.leaseRefresh("tv", "alice", LONG));
        done(store.probe("tv", PATIENCE, PATIENCE, Clock.systemUTC()).probe());

        assertThat(keys()).containsExactlyInAnyOrder("app:{tv}:flow:id", "app:{tv}:pending:alice", "app:{tv}:followed",
                "app:{tv}:tokens:alice", "app:{tv}:owners", "app:{tv}:lease:alice", "app:{tv}:probe");
        assertThat(keys()).allSatisfy(key -> assertThat(lifetime(key)).as(key).isPositive());
    }

    @Test
    @DisplayName("a lease when its time is over")
    void leases() {
        done(store.leaseRefresh("tv", "alice", Duration.ofHours(1)));
        assertThat(lifetime("app:{tv}:lease:alice")).isCloseTo(Duration.ofHours(1), TOLERANCE);
    }

    @Test
    @DisplayName("a flow ten minutes after its codes ended, or after it was last written if that was later")
    void flows() {
        done(store.replaceFlow(0, Samples.flow("id", Instant.now(), Duration.ofMinutes(20), 1).followed(true)));
        assertThat(lifetime("app:{tv}:flow:id")).isCloseTo(Duration.ofMinutes(30), TOLERANCE);
        assertThat(lifetime("app:{tv}:pending:alice")).isCloseTo(Duration.ofMinutes(30), TOLERANCE);
        assertThat(lifetime("app:{tv}:followed")).isCloseTo(Duration.ofMinutes(30), TOLERANCE);

        Instant longAgo = Instant.now().minus(Duration.ofDays(1));
        done(store.replaceFlow(0, Samples.flow("old", longAgo, Duration.ofMinutes(5), 1).followed(true)));
        assertThat(lifetime("app:{tv}:flow:old")).isCloseTo(Duration.ofMinutes(10), TOLERANCE);
        assertThat(lifetime("app:{tv}:followed")).as("the list of both").isCloseTo(Duration.ofMinutes(30), TOLERANCE);
    }

    @Test
    @DisplayName("tokens that can be refreshed when they were not used for as long as configured")
    void idleTokens() {
        done(store.replaceTokens("tv", "alice", 0, Optional.of(Samples.tokens(1))));
        assertThat(lifetime("app:{tv}:tokens:alice")).isCloseTo(IDLE, TOLERANCE);
        assertThat(lifetime("app:{tv}:owners")).isCloseTo(IDLE, TOLERANCE);

        for (String key : List.of("app:{tv}:tokens:alice", "app:{tv}:owners")) {
            server.command("PEXPIRE", key, "3600000");
        }
        done(store.findTokens("tv", "alice"));
        assertThat(lifetime("app:{tv}:tokens:alice")).as("after reading").isCloseTo(IDLE, TOLERANCE);
        assertThat(lifetime("app:{tv}:owners")).as("the list, after reading").isCloseTo(IDLE, TOLERANCE);

        server.command("PEXPIRE", "app:{tv}:tokens:alice", "3600000");
        done(store.replaceTokens("tv", "alice", 1, Optional.of(Samples.tokens(2))));
        assertThat(lifetime("app:{tv}:tokens:alice")).as("after writing").isCloseTo(IDLE, TOLERANCE);
    }

    @Test
    @DisplayName("tokens of which nobody knows when they end in the same way")
    void endlessTokens() {
        done(store.replaceTokens("tv", "alice", 0, Optional.of(Samples.tokens(1, Optional.empty(), Optional.empty()))));
        assertThat(lifetime("app:{tv}:tokens:alice")).isCloseTo(IDLE, TOLERANCE);
    }

    @Test
    @DisplayName("tokens that can't be refreshed ten minutes after they ended, whether they are read or not")
    void plainTokens() {
        done(store.replaceTokens("tv", "alice", 0,
                Optional.of(Samples.tokens(1, Optional.empty(), Optional.of(Instant.now().plusSeconds(300))))));
        assertThat(lifetime("app:{tv}:tokens:alice")).isCloseTo(Duration.ofMinutes(15), TOLERANCE);
        done(store.findTokens("tv", "alice"));
        assertThat(lifetime("app:{tv}:tokens:alice")).isCloseTo(Duration.ofMinutes(15), TOLERANCE);

        done(store.replaceTokens("tv", "alice", 1, Optional
                .of(Samples.tokens(2, Optional.of(Secret.of("refresh")), Optional.of(Instant.now().plusSeconds(300))))));
        assertThat(lifetime("app:{tv}:tokens:alice")).as("once they can be refreshed").isCloseTo(IDLE, TOLERANCE);

        done(store.replaceTokens("tv", "bob", 0,
                Optional.of(Samples.tokens(1, Optional.empty(), Optional.of(Instant.MAX)))));
        assertThat(done(store.findTokens("tv", "bob"))).as("tokens that never end").isPresent();
    }

    @Test
    @DisplayName("owners leave the list with their tokens")
    void owners() {
        for (String owner : List.of("alice", "bob {}", "")) {
            done(store.replaceTokens("tv", owner, 0, Optional.of(Samples.tokens(1))));
        }
        server.command("DEL", "app:{tv}:tokens:alice"); // as if it had expired
        assertThat(done(store.findOwners("tv"))).containsExactlyInAnyOrder("bob {}", "");
        assertThat(server.command("SCARD", "app:{tv}:owners")).isEqualTo(2L);
    }

    @Test
    @DisplayName("flows leave the lists with them, and are in nobody's way there")
    void lists() {
        Instant past = Instant.now().minusSeconds(60);
        for (int i = 0; i < 250; i++) {
            done(store.replaceFlow(0, Samples.flow("gone " + i, 1).followed(true).claimed(past)));
            server.command("DEL", "app:{tv}:flow:gone%20" + i);
        }
        StoredFlow there = Samples.flow("there", 1).followed(true).claimed(past.plusSeconds(1));
        done(store.replaceFlow(0, there));

        assertThat(done(store.findAbandoned("tv", Instant.now(), 1))).containsExactly(there);
        assertThat(done(store.findFlows("tv", "alice"))).containsExactly(there);
        assertThat(server.command("ZCARD", "app:{tv}:followed")).isEqualTo(1L);
        assertThat(server.command("ZCARD", "app:{tv}:pending:alice")).isEqualTo(1L);
        done(store.replaceFlow(1, there.ended(Status.EXPIRED, Optional.empty()).replacing(1)));
        assertThat(keys()).as("empty lists are no keys").containsExactly("app:{tv}:flow:there");
    }

    @Test
    @DisplayName("more flows than are read at once are all found")
    void manyFlows() {
        for (int i = 0; i < 250; i++) {
            done(store.replaceFlow(0, Samples.flow("flow " + i, 1).followed(true).claimed(Instant.now().minusSeconds(1))));
        }
        assertThat(done(store.findFlows("tv", "alice"))).hasSize(250);
        assertThat(done(store.findAbandoned("tv", Instant.now(), 220))).hasSize(220);
        assertThat(done(store.findAbandoned("tv", Instant.now(), 1000))).hasSize(250);
    }

    private List<String> keys() {
        return ((List<?>) server.command("KEYS", "*")).stream().map(String::valueOf).toList();
    }

    private Duration lifetime(String key) {
        return Duration.ofMillis((Long) server.command("PTTL", key));
    }
}

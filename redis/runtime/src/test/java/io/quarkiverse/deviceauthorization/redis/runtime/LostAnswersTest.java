package io.quarkiverse.deviceauthorization.redis.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import io.quarkiverse.deviceauthorization.redis.server.RedisServer;
import io.quarkiverse.deviceauthorization.store.RefreshLease;
import io.quarkiverse.deviceauthorization.store.StoredFlow;
import io.quarkiverse.deviceauthorization.store.StoredTokens;

@DisplayName("When Redis did something, and its answer is lost")
class LostAnswersTest extends RedisFixture {

    private LossyProxy proxy;
    private RedisAuthorizationStore store;
    private RedisAuthorizationStore other;

    @BeforeEach
    void connect() throws IOException {
        RedisServer server = server();
        proxy = closed(new LossyProxy(server.port()));
        store = store(proxy.uri(), PATIENCE);
        other = store(server);
        done(store.findOwners("tv")); // is connected from now on
        // else the first answer of a script is that it is not known
        done(other.replaceTokens("tv", "bob", 0, Optional.of(Samples.tokens(1))));
        done(other.findOwners("tv"));
        done(other.findTokens("tv", "bob"));
        done(other.replaceTokens("tv", "bob", 1, Optional.empty()));
        StoredFlow flow = Samples.flow("known", 1);
        done(other.replaceFlow(0, flow));
        done(other.findFlows("tv", "alice"));
        done(other.replaceFlow(1, flow.ended(StoredFlow.Status.CANCELLED, Optional.empty()).replacing(1)));
        done(done(other.leaseRefresh("tv", "bob", LONG)).orElseThrow().release());
    }

    @Test
    @DisplayName("tokens were replaced, once, by whoever wanted it")
    void tokens() {
        proxy.loseAnswer();
        assertThat(done(store.replaceTokens("tv", "alice", 0, Optional.of(Samples.tokens(7))))).isTrue();
        proxy.loseAnswer();
        assertThat(done(store.replaceTokens("tv", "alice", 7, Optional.of(Samples.tokens(8))))).isTrue();

        assertThat(proxy.lost()).isEqualTo(2);
        assertThat(done(other.findTokens("tv", "alice"))).get().extracting(StoredTokens::version).isEqualTo(8L);
        assertThat(done(store.replaceTokens("tv", "alice", 7, Optional.of(Samples.tokens(8)))))
                .as("the same content by somebody else").isFalse();
    }

    @Test
    @DisplayName("tokens were forgotten by whoever wanted it")
    void forgottenTokens() {
        done(other.replaceTokens("tv", "alice", 0, Optional.of(Samples.tokens(1))));
        proxy.loseAnswer();

        assertThat(done(store.replaceTokens("tv", "alice", 1, Optional.empty()))).isTrue();
        assertThat(done(store.replaceTokens("tv", "alice", 1, Optional.empty()))).as("again, by somebody else").isFalse();
    }

    @Test
    @DisplayName("who wasn't the first to replace is still told so")
    void loser() {
        done(other.replaceTokens("tv", "alice", 0, Optional.of(Samples.tokens(1))));
        done(other.replaceFlow(0, Samples.flow("id", 1)));
        proxy.loseAnswer();
        assertThat(done(store.replaceTokens("tv", "alice", 0, Optional.of(Samples.tokens(1))))).isFalse();
        proxy.loseAnswer();
        assertThat(done(store.replaceTokens("tv", "alice", 2, Optional.empty()))).isFalse();
        proxy.loseAnswer();
        assertThat(done(store.replaceFlow(0, Samples.flow("id", 1)))).isFalse();
        assertThat(proxy.lost()).isEqualTo(3);
    }

    @Test
    @DisplayName("a flow was replaced, once, by whoever wanted it")
    void flow() {
        StoredFlow flow = Samples.flow("id", 1);
        proxy.loseAnswer();
        assertThat(done(store.replaceFlow(0, flow))).isTrue();
        proxy.loseAnswer();
        assertThat(done(store.replaceFlow(1, flow.slowedDown(Duration.ofSeconds(10)).replacing(1)))).isTrue();

        assertThat(done(other.findFlows("tv", "alice"))).singleElement().extracting(StoredFlow::version).isEqualTo(2L);
        assertThat(done(store.replaceFlow(0, flow))).isFalse();
    }

    @Test
    @DisplayName("a lease is held by whoever wanted it, and by nobody after its release")
    void lease() {
        proxy.loseAnswer();
        RefreshLease lease = done(store.leaseRefresh("tv", "alice", LONG)).orElseThrow();
        assertThat(done(other.leaseRefresh("tv", "alice", LONG))).isEmpty();
        proxy.loseAnswer();
        done(lease.release());
        assertThat(done(other.leaseRefresh("tv", "alice", LONG))).isPresent();
        assertThat(proxy.lost()).isEqualTo(2);
    }

    @Test
    @DisplayName("what is read is read again")
    void reading() {
        done(other.replaceTokens("tv", "alice", 0, Optional.of(Samples.tokens(1))));
        done(other.replaceFlow(0, Samples.flow("id", 1)));
        proxy.loseAnswer();
        assertThat(done(store.findTokens("tv", "alice"))).isPresent();
        proxy.loseAnswer();
        assertThat(done(store.findFlow("tv", "id"))).isPresent();
        proxy.loseAnswer();
        assertThat(done(store.findOwners("tv"))).containsExactly("alice");
        proxy.loseAnswer();
        assertThat(done(store.findFlows("tv", "alice"))).hasSize(1);
        assertThat(proxy.lost()).isEqualTo(4);
    }

    @Test
    @DisplayName("others whose answers were lost with it get theirs too")
    void many() {
        List<Boolean> answers = IntStream.range(0, 200).boxed().map(i -> {
            if (i == 100) {
                proxy.loseAnswer();
            }
            return store.replaceFlow(0, Samples.flow("flow " + i, 1)).subscribeAsCompletionStage();
        }).toList().stream().map(CompletableFuture::join).toList();

        assertThat(answers).containsOnly(true);
        assertThat(proxy.lost()).isEqualTo(1);
        assertThat(done(other.findFlows("tv", "alice"))).hasSize(200);
    }
}

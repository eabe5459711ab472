package io.quarkiverse.deviceauthorization.runtime.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import io.quarkiverse.deviceauthorization.Tokens;
import io.quarkiverse.deviceauthorization.runtime.ScriptedServer;
import io.quarkiverse.deviceauthorization.runtime.VirtualTime;
import io.quarkiverse.deviceauthorization.runtime.protocol.Telemetry;
import io.quarkiverse.deviceauthorization.runtime.store.MemoryAuthorizationStore;
import io.quarkiverse.deviceauthorization.store.AuthorizationStore;
import io.quarkiverse.deviceauthorization.store.RefreshLease;
import io.quarkiverse.deviceauthorization.store.StoredTokens;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;

@DisplayName("Tokens that a resource refused")
class RefusedTokensTest {

    private final VirtualTime time = new VirtualTime();
    private final ScriptedServer server = new ScriptedServer(time);
    private final AuthorizationStore store = shared(new MemoryAuthorizationStore(time));
    private final OwnerTokens tokens = new TokenVault("tv", server, store, new RefreshPolicy(Duration.ofSeconds(30),
            Duration.ofMinutes(1)), time, time, event -> {
            }, Telemetry.NONE).of("alice");

    /** Whether reading tokens from the store takes its time, and what ends it. */
    private boolean slow;
    private final List<Runnable> slowly = new ArrayList<>();

    @Test
    @DisplayName("don't come back from memory after newer ones, which another process is about to replace")
    void noWayBack() {
        Tokens first = server.tokens("a", Duration.ofHours(1));
        tokens.granted(first, "flow-1").await().indefinitely();
        RefreshLease other = store.leaseRefresh("tv", "alice", Duration.ofMinutes(1)).await().indefinitely().orElseThrow();
        store("b", Optional.of(time.instant()));
        Tokens second = otherThan(first).getItem();
        assertThat(second.accessToken().value()).isEqualTo("access-b");

        assertThat(tokens.get().await().indefinitely()).as("valid tokens").isEqualTo(second);
        UniAssertSubscriber<Tokens> third = otherThan(second);
        third.assertNotTerminated();
        store("c", Optional.empty());
        other.release().await().indefinitely();
        time.advance(1);

        assertThat(third.getItem().accessToken().value()).isEqualTo("access-c");
        assertThat(server.refreshed).isEmpty();
    }

    @Test
    @DisplayName("don't come back to who has joined others that want them, however many there are one after another")
    void joinedTwice() {
        Tokens first = server.tokens("a", Duration.ofHours(1));
        tokens.granted(first, "flow-1").await().indefinitely();
        RefreshLease other = store.leaseRefresh("tv", "alice", Duration.ofMinutes(1)).await().indefinitely().orElseThrow();
        store("b", Optional.of(time.instant()));
        Tokens second = otherThan(first).getItem();
        slow = true;
        tokens.otherThan(first).subscribe().with(found -> otherThan(first));
        UniAssertSubscriber<Tokens> third = otherThan(second);
        slowly.remove(0).run(); // the first one has what it wants, and the next one asks before we do
        assertThat(slowly).as("who asks the store").hasSize(1);
        slow = false;
        slowly.remove(0).run();
        third.assertNotTerminated();
        store("c", Optional.empty());
        other.release().await().indefinitely();
        time.advance(1);

        assertThat(third.getItem().accessToken().value()).isEqualTo("access-c");
    }

    @Test
    @DisplayName("are all that there is when the server answers with the same access token again: it is asked once")
    void sameAgain() {
        Tokens first = server.tokens("a", Duration.ofHours(1));
        tokens.granted(first, "flow-1").await().indefinitely();
        for (int i = 0; i < 5; i++) {
            server.answer(server.granted("a"));
        }

        assertThat(otherThan(first).getItem().accessToken().value()).isEqualTo("access-a");
        assertThat(server.refreshed).hasSize(1);
        assertThat(tokens.get().await().indefinitely().accessToken().value()).isEqualTo("access-a");
        assertThat(server.refreshed).as("for whoever doesn't refuse it").hasSize(1);
    }

    /** As another process does. */
    private void store(String name, Optional<Instant> refreshStarted) {
        long version = store.findTokens("tv", "alice").await().indefinitely().orElseThrow().version();
        store.replaceTokens("tv", "alice", version, Optional.of(
                new StoredTokens(server.tokens(name, Duration.ofHours(1)), version + 1, refreshStarted, Optional.empty())))
                .await()
                .indefinitely();
    }

    private UniAssertSubscriber<Tokens> otherThan(Tokens refused) {
        Uni<Tokens> others = tokens.otherThan(refused);
        return others.subscribe().withSubscriber(UniAssertSubscriber.create());
    }

    private AuthorizationStore shared(AuthorizationStore memory) {
        return (AuthorizationStore) Proxy.newProxyInstance(AuthorizationStore.class.getClassLoader(),
                new Class<?>[] { AuthorizationStore.class },
                (proxy, method, arguments) -> {
                    if (method.getName().equals("shared")) {
                        return true;
                    }
                    Object answer = method.invoke(memory, arguments);
                    return slow && method.getName().equals("findTokens") ? slowly((Uni<?>) answer) : answer;
                });
    }

    private Uni<?> slowly(Uni<?> answer) {
        return Uni.createFrom().emitter(waiting -> slowly.add(() -> answer.subscribe().with(waiting::complete, waiting::fail)));
    }
}

package io.quarkiverse.deviceauthorization.runtime.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import io.quarkiverse.deviceauthorization.Tokens;
import io.quarkiverse.deviceauthorization.runtime.ScriptedServer;
import io.quarkiverse.deviceauthorization.runtime.VirtualTime;
import io.quarkiverse.deviceauthorization.store.AuthorizationStore;
import io.quarkiverse.deviceauthorization.store.MemoryAuthorizationStore;
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
            }).of("alice");

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

    private static AuthorizationStore shared(AuthorizationStore memory) {
        return (AuthorizationStore) Proxy.newProxyInstance(AuthorizationStore.class.getClassLoader(),
                new Class<?>[] { AuthorizationStore.class },
                (proxy, method, arguments) -> method.getName().equals("shared") ? true : method.invoke(memory, arguments));
    }
}

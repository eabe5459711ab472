package io.quarkiverse.deviceauthorization.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.deviceauthorization.AccessDeniedException;
import io.quarkiverse.deviceauthorization.AuthorizationInterruptedException;
import io.quarkiverse.deviceauthorization.DeviceAuthorization;
import io.quarkiverse.deviceauthorization.PendingAuthorization;
import io.quarkiverse.deviceauthorization.Tokens;
import io.quarkiverse.deviceauthorization.deployment.store.ForwardingStore;
import io.quarkiverse.deviceauthorization.event.Approved;
import io.quarkiverse.deviceauthorization.event.Denied;
import io.quarkiverse.deviceauthorization.event.DeviceAuthorizationEvent;
import io.quarkiverse.deviceauthorization.event.SignedOut;
import io.quarkiverse.deviceauthorization.event.Started;
import io.quarkiverse.deviceauthorization.prompt.Prompt;
import io.quarkiverse.deviceauthorization.store.StoredFlow;
import io.quarkiverse.deviceauthorization.store.StoredTokens;
import io.quarkus.runtime.BlockingOperationControl;
import io.quarkus.test.QuarkusUnitTest;
import io.smallrye.mutiny.Uni;

@DisplayName("An application with a prompt, a store and observers of its own")
class CustomBeansTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClasses(Http.class, ForwardingStore.class))
            .overrideConfigKey("quarkus.device-authorization.scopes", "openid,offline_access");

    /** The person who reads it approves at once. */
    @Singleton
    static class OwnPrompt implements Prompt {

        final List<PendingAuthorization> shown = new CopyOnWriteArrayList<>();

        volatile boolean approves = true;

        @ConfigProperty(name = "quarkus.device-authorization.auth-server-url")
        String server;

        @Override
        public void show(PendingAuthorization pending) {
            shown.add(pending);
            if (approves) {
                Http.decide(server, "approve", pending.userCode());
            }
        }
    }

    @ApplicationScoped
    static class OwnStore extends ForwardingStore {

        final AtomicInteger flows = new AtomicInteger();
        final AtomicInteger tokens = new AtomicInteger();

        @Override
        public Uni<Boolean> replaceFlow(long expectedVersion, StoredFlow replacement) {
            flows.incrementAndGet();
            return super.replaceFlow(expectedVersion, replacement);
        }

        @Override
        public Uni<Boolean> replaceTokens(String client, String owner, long expectedVersion,
                Optional<StoredTokens> replacement) {
            tokens.incrementAndGet();
            return super.replaceTokens(client, owner, expectedVersion, replacement);
        }

        int flows() {
            return flows.get();
        }

        int tokens() {
            return tokens.get();
        }
    }

    @Singleton
    static class Observer {

        final List<DeviceAuthorizationEvent> all = new CopyOnWriteArrayList<>();
        final List<String> kinds = new CopyOnWriteArrayList<>();
        final List<String> threads = new CopyOnWriteArrayList<>();

        void any(@Observes DeviceAuthorizationEvent event) {
            if (!BlockingOperationControl.isBlockingAllowed()) {
                threads.add(Thread.currentThread().getName());
            }
            all.add(event);
        }

        void started(@Observes Started event) {
            kinds.add("started " + event.owner());
        }

        void approved(@ObservesAsync Approved event) {
            kinds.add("approved " + event.owner());
        }

        void denied(@Observes Denied event) {
            kinds.add("denied " + event.owner());
            throw new IllegalStateException("An observer that fails disturbs nobody");
        }

        void signedOut(@Observes SignedOut event) {
            kinds.add("signed out " + event.owner());
        }
    }

    @Inject
    DeviceAuthorization client;

    @Inject
    OwnPrompt prompt;

    @Inject
    OwnStore store;

    @Inject
    Observer observer;

    @BeforeEach
    void forget() {
        prompt.shown.clear();
        observer.all.clear();
        observer.kinds.clear();
    }

    @Test
    @Timeout(60)
    void thePersonSignsInAndOut() {
        DeviceAuthorization alice = client.forOwner("alice");
        int flowsBefore = store.flows();
        int tokensBefore = store.tokens();

        Tokens tokens = alice.login();
        alice.logout();

        assertThat(prompt.shown).singleElement().extracting(PendingAuthorization::owner).isEqualTo("alice");
        assertThat(store.flows()).isGreaterThan(flowsBefore);
        assertThat(store.tokens()).isGreaterThan(tokensBefore);
        Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(observer.kinds)
                .containsExactlyInAnyOrder("started alice", "approved alice", "signed out alice"));
        assertThat(observer.threads).as("event loops that called an observer").isEmpty();
        assertThat(observer.all.toString()).doesNotContain(prompt.shown.get(0).deviceCode().value(),
                tokens.accessToken().value(), tokens.refreshToken().orElseThrow().value(),
                tokens.idToken().orElseThrow().value());
        assertThat(tokens.toString() + prompt.shown).doesNotContain(prompt.shown.get(0).deviceCode().value(),
                tokens.accessToken().value(), tokens.refreshToken().orElseThrow().value());
    }

    @Test
    @Timeout(60)
    void whoLogsInAgainIsShownTheSameCodeUntilTheFlowEnds() throws Exception {
        DeviceAuthorization carol = client.forOwner("carol");
        prompt.approves = false;
        Thread impatient = new Thread(() -> assertThatThrownBy(carol::login)
                .isInstanceOf(AuthorizationInterruptedException.class)
                .hasMessageContaining("interrupted while it waited in login()"));
        impatient.start();
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> prompt.shown.size() == 1);
        impatient.interrupt();
        impatient.join();
        prompt.approves = true;

        carol.login();

        assertThat(prompt.shown).extracting(PendingAuthorization::userCode).hasSize(2)
                .containsOnly(prompt.shown.get(0).userCode());
        carol.logout();
        carol.login();
        assertThat(prompt.shown).extracting(PendingAuthorization::userCode).as("a new flow")
                .hasSize(3).element(2).isNotEqualTo(prompt.shown.get(0).userCode());
    }

    @Test
    void thePersonSaysNo() {
        DeviceAuthorization bob = client.forOwner("bob");
        PendingAuthorization pending = bob.start();
        Http.decide(prompt.server, "deny", pending.userCode());

        assertThatThrownBy(() -> bob.await(pending)).isInstanceOf(AccessDeniedException.class)
                .satisfies(denied -> assertThat(denied).message().doesNotContain(pending.deviceCode().value()));

        Awaitility.await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(observer.kinds).containsExactly("started bob", "denied bob"));
        assertThat(observer.all.toString()).doesNotContain(pending.deviceCode().value());
    }
}

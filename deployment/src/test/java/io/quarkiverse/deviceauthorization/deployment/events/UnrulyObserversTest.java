package io.quarkiverse.deviceauthorization.deployment.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logmanager.ExtLogRecord;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.deviceauthorization.DeviceAuthorization;
import io.quarkiverse.deviceauthorization.PendingAuthorization;
import io.quarkiverse.deviceauthorization.deployment.Http;
import io.quarkiverse.deviceauthorization.event.Approved;
import io.quarkiverse.deviceauthorization.event.DeviceAuthorizationEvent;
import io.quarkiverse.deviceauthorization.event.Pending;
import io.quarkiverse.deviceauthorization.event.SignedOut;
import io.quarkiverse.deviceauthorization.event.Started;
import io.quarkus.test.QuarkusUnitTest;

@DisplayName("A sign-in goes on, and observers hear of it,")
@Timeout(120)
class UnrulyObserversTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClasses(Http.class, Recorder.class, Unruly.class))
            .overrideConfigKey("quarkus.device-authorization.scopes", "openid,offline_access")
            .setLogRecordPredicate(entry -> entry.getLoggerName().endsWith(".EventDispatcher"))
            .assertLogRecords(entries -> assertThat(entries).allMatch(entry -> entry.getThrown() != null)
                    .extracting(entry -> entry.getLevel() + " " + ExtLogRecord.wrap(entry).getFormattedMessage())
                    .contains("ERROR An observer of Started failed", "ERROR An observer of Pending failed",
                            "ERROR An asynchronous observer of Approved failed"));

    private static final Duration PATIENCE = Duration.ofSeconds(40);

    @Singleton
    static class Recorder {

        final List<DeviceAuthorizationEvent> events = new CopyOnWriteArrayList<>();

        /** Before those that throw: they keep later observers from this event, as always in CDI. */
        void record(@Observes @Priority(1) DeviceAuthorizationEvent event) {
            events.add(event);
        }

        List<String> kindsOf(String owner) {
            return events.stream().filter(event -> event.owner().equals(owner)).map(event -> event.getClass().getSimpleName())
                    .toList();
        }
    }

    @Singleton
    static class Unruly {

        final CountDownLatch blocks = new CountDownLatch(1);
        final List<String> asynchronous = new CopyOnWriteArrayList<>();

        void started(@Observes Started event) {
            if (event.owner().equals("thrower")) {
                throw new IllegalStateException("An observer fails");
            }
        }

        void pending(@Observes Pending event) {
            if (event.owner().equals("thrower")) {
                throw new AssertionError("An observer fails badly");
            }
        }

        void approved(@ObservesAsync Approved event) {
            asynchronous.add(event.owner());
            throw new IllegalStateException("An asynchronous observer fails");
        }

        void blocked(@Observes Pending event) throws InterruptedException {
            if (event.owner().equals("blocker")) {
                blocks.await();
            }
        }
    }

    @Inject
    DeviceAuthorization client;

    @Inject
    Recorder recorder;

    @Inject
    Unruly unruly;

    @ConfigProperty(name = "quarkus.device-authorization.auth-server-url")
    String server;

    @Test
    @DisplayName("although an observer throws")
    void anObserverThrows() {
        DeviceAuthorization owner = client.forOwner("thrower");
        PendingAuthorization flow = owner.start();
        Http.script(server, "action=pending");
        Http.script(server, "action=approve&user=alice");
        owner.await(flow);
        owner.logout();

        Awaitility.await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(recorder.kindsOf("thrower")).containsExactly("Started", "Pending", "Approved", "SignedOut");
            assertThat(unruly.asynchronous).contains("thrower");
        });
    }

    @Test
    @DisplayName("although an observer blocks: later, and in the order in which it happened")
    void anObserverBlocks() {
        DeviceAuthorization owner = client.forOwner("blocker");
        PendingAuthorization flow = owner.start();
        Http.script(server, "action=pending");
        Http.script(server, "action=approve&user=alice");
        owner.await(flow);
        owner.logout();
        Awaitility.await().atMost(PATIENCE).untilAsserted(() -> assertThat(recorder.kindsOf("blocker"))
                .as("while an observer blocks").containsExactly("Started", "Pending"));

        unruly.blocks.countDown();

        Awaitility.await().atMost(PATIENCE).untilAsserted(() -> assertThat(recorder.kindsOf("blocker"))
                .containsExactly("Started", "Pending", "Approved", "SignedOut"));
        assertThat(recorder.events).filteredOn(event -> event.owner().equals("blocker")).last()
                .isInstanceOf(SignedOut.class);
    }
}

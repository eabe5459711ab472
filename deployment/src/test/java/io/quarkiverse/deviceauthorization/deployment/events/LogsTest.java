package io.quarkiverse.deviceauthorization.deployment.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

import org.assertj.core.api.Condition;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logmanager.ExtLogRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.deviceauthorization.DeviceAuthorization;
import io.quarkiverse.deviceauthorization.PendingAuthorization;
import io.quarkiverse.deviceauthorization.Tokens;
import io.quarkiverse.deviceauthorization.deployment.Http;
import io.quarkiverse.deviceauthorization.event.Approved;
import io.quarkiverse.deviceauthorization.event.Started;
import io.quarkus.test.QuarkusUnitTest;
import io.quarkus.test.common.http.TestHTTPResource;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;

@DisplayName("What is logged for a flow says which one, in the MDC:")
@Timeout(120)
class LogsTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClasses(Http.class, Observer.class, Others.class, Entry.class))
            .overrideConfigKey("quarkus.device-authorization.prompt", "log")
            .overrideConfigKey("quarkus.rest-client.logging.scope", "request-response")
            .overrideConfigKey("quarkus.log.category.\"org.jboss.resteasy.reactive.client.logging\".level", "DEBUG");

    private static final Duration PATIENCE = Duration.ofSeconds(40);

    /** What a handler sees. */
    record Entry(String message, String client, String flow) {

        static Entry of(LogRecord entry) {
            ExtLogRecord known = ExtLogRecord.wrap(entry);
            return new Entry(known.getFormattedMessage(), known.getMdc("deviceAuthorization.client"),
                    known.getMdc("deviceAuthorization.flow"));
        }
    }

    @Singleton
    static class Observer {

        private static final org.jboss.logging.Logger LOG = org.jboss.logging.Logger.getLogger(Observer.class);

        void started(@Observes Started event) {
            LOG.infof("Heard of %s", event.id());
        }

        void startedAsync(@ObservesAsync Started event) {
            LOG.infof("Heard later of %s", event.id());
        }

        void approved(@Observes Approved event) {
            LOG.infof("Welcome %s", event.id());
            throw new IllegalStateException("Not welcome");
        }
    }

    /** What has nothing to do with flows. */
    @Path("others")
    public static class Others {

        private static final org.jboss.logging.Logger LOG = org.jboss.logging.Logger.getLogger(Others.class);

        @GET
        public String get() {
            LOG.info("Something else");
            return "";
        }
    }

    private final List<Entry> log = new CopyOnWriteArrayList<>();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord entry) {
            log.add(Entry.of(entry));
        }

        @Override
        public void flush() {
            // nothing is buffered
        }

        @Override
        public void close() {
            // nothing is open
        }
    };

    @Inject
    DeviceAuthorization client;

    @ConfigProperty(name = "quarkus.device-authorization.auth-server-url")
    String server;

    @TestHTTPResource("others")
    String others;

    @BeforeEach
    void listen() {
        Logger.getLogger("").addHandler(handler);
    }

    @AfterEach
    void tidyUp() {
        Logger.getLogger("").removeHandler(handler);
    }

    @Test
    @DisplayName("requests of the REST client, observers, and what goes wrong in them, each of its own flow")
    void ofEachFlow() {
        List<PendingAuthorization> flows = List.of(client.forOwner("ada").start(), client.forOwner("bob").start());
        flows.forEach(flow -> client.forOwner(flow.owner()).follow(flow));
        flows.forEach(flow -> Http.decide(server, "approve", flow.userCode()));
        Awaitility.await().atMost(PATIENCE).untilAsserted(() -> assertThat(flows).allSatisfy(flow -> {
            assertThat(of(flow)).haveExactly(1, starting("Heard of " + flow.id()))
                    .haveExactly(1, starting("Heard later of " + flow.id())).haveExactly(1, starting("Welcome " + flow.id()))
                    .haveExactly(1, starting("An observer of Approved failed"))
                    .haveAtLeast(1, starting("Request: POST " + server + "/oauth/token"))
                    .haveAtLeast(1, starting("Response: POST " + server + "/oauth/token"));
        }));
        for (int i = 0; i < 20; i++) {
            Http.get(others);
        }

        assertThat(log).filteredOn(entry -> entry.message().contains(server + "/oauth/token")).as("requests of polls")
                .allMatch(entry -> entry.flow() != null && entry.client().equals("<default>"));
        assertThat(log).filteredOn(entry -> entry.message().equals("Something else")).hasSize(20)
                .allMatch(entry -> entry.flow() == null && entry.client() == null);
        assertThat(flows).allSatisfy(flow -> assertThat(of(flow)).allMatch(
                entry -> flows.stream().noneMatch(other -> other != flow && entry.message().contains(other.id()))));
    }

    @Test
    @DisplayName("prompts")
    void prompts() {
        CompletableFuture<Tokens> login = Uni.createFrom().item(client.forOwner("cleo")::login)
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool()).subscribeAsCompletionStage();
        Awaitility.await().atMost(PATIENCE).until(() -> log.stream().anyMatch(entry -> entry.message().contains("/activate")));
        Entry shown = log.stream().filter(entry -> entry.message().contains("/activate")).findFirst().orElseThrow();
        assertThat(shown.flow()).isNotNull();
        PendingAuthorization flow = client.forOwner("cleo").resume(shown.flow()).orElseThrow();
        assertThat(shown.message()).contains(flow.userCode());
        Http.decide(server, "approve", flow.userCode());
        assertThat(login.join()).isNotNull();
    }

    private List<Entry> of(PendingAuthorization flow) {
        return log.stream().filter(entry -> flow.id().equals(entry.flow())).toList();
    }

    private static Condition<Entry> starting(String text) {
        return new Condition<>(entry -> entry.message().startsWith(text), "an entry that starts with %s",
                text);
    }
}

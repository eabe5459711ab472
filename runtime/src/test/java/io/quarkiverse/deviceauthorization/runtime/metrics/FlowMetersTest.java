package io.quarkiverse.deviceauthorization.runtime.metrics;

import static io.quarkiverse.deviceauthorization.runtime.ScriptedServer.error;
import static io.quarkiverse.deviceauthorization.runtime.ScriptedServer.pending;
import static io.quarkiverse.deviceauthorization.runtime.ScriptedServer.slowDown;
import static io.quarkiverse.deviceauthorization.runtime.ScriptedServer.unreachable;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import io.quarkiverse.deviceauthorization.AuthorizationServerException;
import io.quarkiverse.deviceauthorization.InvalidScopeException;
import io.quarkiverse.deviceauthorization.PendingAuthorization;
import io.quarkiverse.deviceauthorization.runtime.ForwardingStore;
import io.quarkiverse.deviceauthorization.runtime.protocol.TokenAnswer;
import io.quarkiverse.deviceauthorization.runtime.protocol.TokenAnswer.Meaning;
import io.quarkiverse.deviceauthorization.store.AuthorizationStoreException;
import io.quarkiverse.deviceauthorization.store.StoredFlow;
import io.smallrye.mutiny.Uni;

@DisplayName("The meters of a client's flows")
class FlowMetersTest {

    private final MeteredClient client = new MeteredClient();

    @Test
    @DisplayName("are all there before anything happens, at zero")
    void beginAtZero() {
        assertThat(client.counters("starts")).containsOnlyKeys("started", "refused", "unavailable", "not_stored", "too_many");
        assertThat(client.counters("polls")).containsOnlyKeys("pending", "slow_down", "granted", "denied", "expired", "refused",
                "unavailable");
        assertThat(client.counters("flows.ended")).containsOnlyKeys("approved", "denied", "expired", "cancelled", "failed");
        assertThat(client.counters("refreshes")).containsOnlyKeys("refreshed", "rejected", "refused", "unavailable");
        assertThat(client.counted("starts")).isEmpty();
        assertThat(client.counted("polls")).isEmpty();
        assertThat(client.counted("flows.ended")).isEmpty();
        assertThat(client.counted("refreshes")).isEmpty();
        assertThat(client.active()).isZero();
        assertThat(approvalTime().count()).isZero();
    }

    @Test
    @DisplayName("tell the client and what happened, and nothing of a person or a flow")
    void tags() {
        client.server.answer(client.server.granted("a"));
        client.follow();
        client.time.advance(5);

        assertThat(client.registry.getMeters()).filteredOn(meter -> meter.getId().syntheticAssociation() == null)
                .hasSizeGreaterThan(20).allSatisfy(meter -> {
                    assertThat(meter.getId().getTags()).extracting(Tag::getKey).isSubsetOf("client", "outcome", "operation");
                    assertThat(meter.getId().getTag("client")).isEqualTo(MeteredClient.NAME);
                    assertThat(meter.getId().getDescription()).isNotBlank();
                });
        assertThat(client.registry.getMeters()).extracting(Meter::getId).extracting(Meter.Id::getName)
                .allMatch(name -> name.startsWith("device.authorization."));
    }

    @Test
    @DisplayName("follow a flow from its start to its approval")
    void approved() {
        client.server.answer(pending(), pending(), client.server.granted("a"));

        client.follow();
        assertThat(client.counted("starts")).isEqualTo(Map.of("started", 1));
        assertThat(client.active()).isEqualTo(1);
        client.time.advance(60);

        assertThat(client.counted("polls")).isEqualTo(Map.of("pending", 2, "granted", 1));
        assertThat(client.counted("flows.ended")).isEqualTo(Map.of("approved", 1));
        assertThat(client.active()).isZero();
        assertThat(approvalTime().count()).isEqualTo(1);
        assertThat(approvalTime().totalTime(TimeUnit.SECONDS)).isEqualTo(15);
    }

    @ParameterizedTest(name = "{2}")
    @DisplayName("count what each answer is, and how the flow ends by it")
    @CsvSource({ "DENIED, access_denied, denied, denied", "EXPIRED, expired_token, expired, expired",
            "REFUSED, invalid_client, refused, failed" })
    void refused(Meaning meaning, String code, String polled, String ended) {
        client.server.answer(slowDown(), unreachable(), error(meaning, code));
        client.follow();
        client.time.advance(120);

        assertThat(client.counted("polls")).isEqualTo(Map.of("slow_down", 1, "unavailable", 1, polled, 1));
        assertThat(client.counted("flows.ended")).isEqualTo(Map.of(ended, 1));
        assertThat(client.active()).isZero();
        assertThat(approvalTime().count()).as("approvals").isZero();
    }

    @Test
    @DisplayName("count a poll that fails in another way, or is not answered in time, as one that was not answered")
    void unanswered() {
        client.server.lifespan = Duration.ofSeconds(90);
        client.server.answer(Uni.createFrom().failure(new IllegalStateException("?")));
        client.server.answer(Uni.createFrom().<TokenAnswer> nothing());
        client.follow();
        client.time.advance(80);

        assertThat(client.counted("polls")).containsEntry("unavailable", 2).containsKey("pending");
    }

    @Test
    @DisplayName("count a flow that the application cancels, and no poll that was under way then")
    void cancelled() {
        client.server.answer(Uni.createFrom().<TokenAnswer> nothing());
        PendingAuthorization flow = client.follow();
        client.time.advance(6);
        client.flows.cancel(flow).await().indefinitely();
        client.flows.cancel(flow).await().indefinitely();

        assertThat(client.counted("flows.ended")).isEqualTo(Map.of("cancelled", 1));
        assertThat(client.counted("polls")).isEmpty();
        assertThat(client.active()).isZero();
    }

    @Test
    @DisplayName("count a flow that nobody decides about as expired, without a request")
    void expired() {
        client.follow();
        client.time.advance(client.server.lifespan.plusSeconds(1));

        assertThat(client.counted("flows.ended")).isEqualTo(Map.of("expired", 1));
        assertThat(client.counted("polls")).containsOnlyKeys("pending");
    }

    @Test
    @DisplayName("don't count a flow as active that nobody has asked for until a minute after its end")
    void forgotten() {
        client.start();
        client.time.advance(client.server.lifespan.plusSeconds(30));
        assertThat(client.active()).isEqualTo(1);
        client.time.advance(31);

        assertThat(client.active()).isZero();
        assertThat(client.counted("flows.ended")).isEmpty();
    }

    @Test
    @DisplayName("tell why no flow was started")
    void notStarted() {
        client.server.startsHeld.add(Uni.createFrom().failure(new AuthorizationServerException("away", 503, null)));
        client.server.startsHeld.add(Uni.createFrom().failure(new InvalidScopeException("no such scope", null)));
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(client::start).isNotNull();
        }
        for (int i = 0; i < MeteredClient.MAX_PENDING; i++) {
            client.start();
        }
        assertThatThrownBy(client::start).hasMessageContaining("are pending in this process");

        assertThat(client.counted("starts"))
                .isEqualTo(Map.of("unavailable", 1, "refused", 1, "started", MeteredClient.MAX_PENDING, "too_many", 1));
        assertThat(client.active()).isEqualTo(MeteredClient.MAX_PENDING);
    }

    @Test
    @DisplayName("tell that a flow could not be stored")
    void notStored() {
        MeteredClient client = new MeteredClient(new ForwardingStore() {
            @Override
            public Uni<Boolean> replaceFlow(long expectedVersion, StoredFlow replacement) {
                return Uni.createFrom().failure(new AuthorizationStoreException("full", null));
            }
        });
        assertThatThrownBy(client::start).hasMessage("full");

        assertThat(client.counted("starts")).isEqualTo(Map.of("not_stored", 1));
        assertThat(client.active()).isZero();
    }

    @Test
    @DisplayName("count the end of a flow in the process that ends it, and how long it took where it was started")
    void severalProcesses() {
        MeteredClient here = new MeteredClient(new ForwardingStore());
        MeteredClient there = here.elsewhere();
        PendingAuthorization flow = here.follow();
        here.server.answer(pending());
        here.time.advance(5);
        here.flows.stop();
        assertThat(here.active()).as("after a stop").isZero();

        here.server.answer(here.server.granted("a"));
        there.flows.follow(flow).await().indefinitely();
        assertThat(there.active()).isEqualTo(1);
        here.time.advance(120);

        assertThat(here.counted("starts")).isEqualTo(Map.of("started", 1));
        assertThat(here.counted("flows.ended")).isEmpty();
        assertThat(there.counted("starts")).isEmpty();
        assertThat(there.counted("flows.ended")).isEqualTo(Map.of("approved", 1));
        assertThat(there.active()).isZero();
        assertThat(there.registry.get("device.authorization.flows.approval.time").timer().count()).isZero();
    }

    @Test
    @DisplayName("count the flows of each client")
    void severalClients() {
        client.telemetry.client("radio", () -> 7);
        client.start();

        assertThat(client.active()).isEqualTo(1);
        assertThat(client.registry.get("device.authorization.flows.active").tag("client", "radio").gauge().value())
                .isEqualTo(7);
        assertThat(client.registry.get("device.authorization.starts").tag("client", "radio").tag("outcome", "started").counter()
                .count()).isZero();
    }

    private Timer approvalTime() {
        return client.registry.get("device.authorization.flows.approval.time").tag("client", MeteredClient.NAME).timer();
    }
}

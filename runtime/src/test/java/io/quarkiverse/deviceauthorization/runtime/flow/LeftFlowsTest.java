package io.quarkiverse.deviceauthorization.runtime.flow;

import static io.quarkiverse.deviceauthorization.runtime.ScriptedServer.error;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import io.quarkiverse.deviceauthorization.AuthorizationInterruptedException;
import io.quarkiverse.deviceauthorization.AuthorizationRequest;
import io.quarkiverse.deviceauthorization.InvalidGrantException;
import io.quarkiverse.deviceauthorization.PendingAuthorization;
import io.quarkiverse.deviceauthorization.PollResult;
import io.quarkiverse.deviceauthorization.Tokens;
import io.quarkiverse.deviceauthorization.event.Failed;
import io.quarkiverse.deviceauthorization.runtime.LoggedWarnings;
import io.quarkiverse.deviceauthorization.runtime.NodeTime;
import io.quarkiverse.deviceauthorization.runtime.protocol.TokenAnswer.Meaning;
import io.quarkiverse.deviceauthorization.store.StoredFlow;
import io.quarkiverse.deviceauthorization.store.StoredFlow.Status;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;

@DisplayName("Processes that look for what others have left")
class LeftFlowsTest {

    private final HandingOverStore store = new HandingOverStore();
    private final FlowFixture fixture = new FlowFixture(store);
    private final NodeTime time = new NodeTime(fixture.time);
    private final Flows here = fixture.engine(time);

    @Test
    @DisplayName("rest between two looks while nothing that they find can be claimed, however many there are")
    void readOnly() {
        Stream.generate(this::followed).limit(1000).toList();
        time.kill();
        fixture.time.advance(60);
        store.readOnly = true;
        fixture.engine().takeOver();
        store.looks = 0;
        fixture.time.advance(60);

        assertThat(store.looks).isBetween(5, 20);
        assertThat(fixture.server.requests).isEmpty();
    }

    @Test
    @DisplayName("warn once when the store is away, and again when it is away again")
    void storeIsAway() {
        try (LoggedWarnings logged = new LoggedWarnings("io.quarkiverse.deviceauthorization.runtime.flow.TakeOver")) {
            here.takeOver();
            for (int outage = 1; outage <= 2; outage++) {
                store.down = true;
                fixture.time.advance(60);
                store.down = false;
                fixture.time.advance(60);

                assertThat(logged.messages).hasSize(outage)
                        .containsOnly("Flows of client 'tv' that other processes have left are"
                                + " not found: The store is not there");
            }
        }
    }

    @Test
    @DisplayName("go on with all of them without resting in between when there are more than they can take over at once")
    void thousands() {
        List<PendingAuthorization> flows = Stream.generate(this::followed).limit(2500).toList();
        time.kill();
        fixture.time.advance(60);
        Flows there = fixture.engine();
        Flows elsewhere = fixture.engine();
        there.takeOver();
        elsewhere.takeOver();
        fixture.time.advance(1);

        assertThat(flows).allMatch(flow -> there.isActive(flow) != elsewhere.isActive(flow));
        fixture.time.advance(6);
        assertThat(fixture.server.asked).hasSizeGreaterThanOrEqualTo(2500).doesNotHaveDuplicates();
    }

    @Test
    @DisplayName("Promise 9: go on within the interval with thousands that a process lets go of when it stops")
    void thousandsOfOneThatStops() {
        List<PendingAuthorization> flows = Stream.generate(this::followed).limit(2500).toList();
        UniAssertSubscriber<Tokens> waiter = here.await(flows.get(0)).subscribe().withSubscriber(UniAssertSubscriber.create());
        Flows there = fixture.engine();
        there.takeOver();
        here.stop();

        assertThat(waiter.getFailure()).isInstanceOf(AuthorizationInterruptedException.class);
        assertThat(flows).noneMatch(here::isActive);
        fixture.time.advance(20);
        assertThat(flows).allMatch(there::isActive);
        assertThat(fixture.server.asked).containsAll(flows.stream().map(PendingAuthorization::id).toList());
    }

    @Test
    @DisplayName("Promise 2: leave those alone whose codes were issued to another client, or by another server")
    void otherRegistration() {
        PendingAuthorization flow = followed();
        fixture.time.advance(1);
        here.stop();
        Optional<String> before = fixture.server.registration;
        fixture.server.registration = Optional.of("client-2 at https://login.example.com");
        fixture.server.answer(error(Meaning.REFUSED, "invalid_grant"));
        Flows there = fixture.engine();
        there.takeOver();
        fixture.time.advance(60);

        assertThat(fixture.server.requests).isEmpty();
        assertThat(fixture.events(Failed.class)).isEmpty();
        assertThat(there.poll(flow).await().indefinitely()).isInstanceOfSatisfying(PollResult.Refused.class,
                refused -> assertThat(refused.cause()).isInstanceOf(InvalidGrantException.class)
                        .hasMessageContaining("client-1 at https://login.example.com")
                        .hasMessageContaining("client-2 at https://login.example.com"));
        assertThat(there.await(flow).subscribe().withSubscriber(UniAssertSubscriber.create()).getFailure())
                .isInstanceOf(InvalidGrantException.class);
        assertThat(there.follow(flow).subscribe().withSubscriber(UniAssertSubscriber.create()).getFailure())
                .isInstanceOf(InvalidGrantException.class);
        assertThat(stored(flow).status()).isEqualTo(Status.PENDING);
        fixture.server.registration = before;
        assertThat(there.poll(flow).await().indefinitely()).isInstanceOf(PollResult.Refused.class); // takes the answer
    }

    @Test
    void whatWasIssuedToAnotherClientCanBeCancelled() {
        PendingAuthorization flow = followed();
        here.stop();
        fixture.server.registration = Optional.of("client-2 at https://login.example.com");
        fixture.engine().cancel(flow).await().indefinitely();

        assertThat(stored(flow).status()).isEqualTo(Status.CANCELLED);
    }

    private PendingAuthorization followed() {
        PendingAuthorization flow = here.start(FlowFixture.OWNER,
                AuthorizationRequest.defaults()).await().indefinitely();
        here.follow(flow).await().indefinitely();
        return flow;
    }

    private StoredFlow stored(PendingAuthorization flow) {
        return store.findFlow(FlowFixture.CLIENT, flow.id()).await().indefinitely().orElseThrow();
    }
}

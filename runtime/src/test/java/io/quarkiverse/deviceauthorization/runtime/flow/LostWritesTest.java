package io.quarkiverse.deviceauthorization.runtime.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import io.quarkiverse.deviceauthorization.PendingAuthorization;
import io.quarkiverse.deviceauthorization.event.Approved;
import io.quarkiverse.deviceauthorization.event.Cancelled;
import io.quarkiverse.deviceauthorization.runtime.LoggedWarnings;
import io.quarkiverse.deviceauthorization.store.StoredFlow;
import io.quarkiverse.deviceauthorization.store.StoredFlow.Status;

@DisplayName("When writes or their answers get lost")
class LostWritesTest {

    private final HandingOverStore store = new HandingOverStore();
    private final FlowFixture here = new FlowFixture(store);
    private final PendingAuthorization flow = here.start();

    @Test
    @DisplayName("an end that was written after another write had failed is told, once, by who wrote it")
    void unsureTwice() {
        follow();
        here.time.advance(4);
        store.down = true;
        here.time.advance(2);
        store.down = false;
        store.answersGetLost = true;
        here.flows.cancel(flow).subscribe().with(nothing -> {
        }, problem -> {
        });
        assertThat(stored().status()).isEqualTo(Status.CANCELLED);
        store.answersGetLost = false;
        here.time.advance(30);

        assertThat(here.events(Cancelled.class)).hasSize(1);
        assertThat(here.flows.isActive(flow)).isFalse();
    }

    @Test
    @DisplayName("Promise 3: a primary that didn't know of the last requests makes nobody ask too early")
    void claimsLostInAFailover() {
        Flows there = here.engine();
        here.flows.takeOver();
        there.takeOver();
        follow();
        here.time.advance(6);
        Runnable failover = store.checkpoint(FlowFixture.CLIENT, FlowFixture.OWNER);
        here.time.advance(5);
        failover.run();
        here.time.advance(60);

        List<Double> requests = here.server.requests;
        assertThat(requests).hasSizeGreaterThan(8);
        for (int index = 1; index < requests.size(); index++) {
            assertThat(requests.get(index) - requests.get(index - 1)).as("%s", requests).isGreaterThan(5 - 1e-6);
        }
        here.server.answer(here.server.granted("a"));
        here.time.advance(10);
        assertThat(stored().status()).isEqualTo(Status.APPROVED);
        assertThat(here.events(Approved.class)).hasSize(1);
    }

    @Test
    @DisplayName("Promise 2: a primary that didn't know how a flow has ended gets it anew, and nobody asks with the spent code")
    void endLostInAFailover() {
        here.flows.takeOver();
        follow();
        here.server.answer(here.server.granted("a"));
        store.slow = true;
        here.time.advance(5);
        Runnable failover = store.checkpoint(FlowFixture.CLIENT, FlowFixture.OWNER);
        store.slow = false;
        store.slowly.forEach(Runnable::run);
        assertThat(stored().status()).isEqualTo(Status.APPROVED);
        failover.run();
        assertThat(stored().status()).isEqualTo(Status.PENDING);
        here.time.advance(60);

        assertThat(stored().status()).isEqualTo(Status.APPROVED);
        assertThat(here.server.requests).hasSize(1);
        assertThat(store.findTokens(FlowFixture.CLIENT, FlowFixture.OWNER).await().indefinitely()).isPresent();
    }

    @Test
    @DisplayName("that is said at once, and once a minute while it lasts, however many flows it happens to")
    void warnings() {
        Stream.generate(here::start).limit(200).forEach(each -> here.flows.follow(each).await().indefinitely());
        store.readOnly = true;
        try (LoggedWarnings logged = new LoggedWarnings("io.quarkiverse.deviceauthorization.runtime.flow")) {
            here.time.advance(6);
            assertThat(logged.messages).containsExactly(
                    "A sign-in of client 'tv' can't go on, and is tried again: The store is not there");
            here.time.advance(180);
            assertThat(logged.messages).hasSizeBetween(3, 4).last().asString()
                    .matches(".*The store is not there. The same was to be said \\d{3} times since it was last said");
            store.readOnly = false;
        }
        here.time.advance(120);
        assertThat(here.server.asked).hasSizeGreaterThan(199);
    }

    private void follow() {
        here.flows.follow(flow).await().indefinitely();
    }

    private StoredFlow stored() {
        return store.findFlow(FlowFixture.CLIENT, flow.id()).await().indefinitely().orElseThrow();
    }
}

package io.quarkiverse.deviceauthorization.runtime.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.deviceauthorization.PendingAuthorization;
import io.quarkiverse.deviceauthorization.Tokens;
import io.quarkiverse.deviceauthorization.runtime.protocol.Telemetry;
import io.quarkiverse.deviceauthorization.runtime.token.RefreshPolicy;
import io.quarkiverse.deviceauthorization.runtime.token.TokenVault;
import io.quarkiverse.deviceauthorization.store.StoredFlow.Status;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;

@DisplayName("Processes whose clocks disagree")
class ClocksTest {

    private final HandingOverStore store = new HandingOverStore();
    private final FlowFixture fixture = new FlowFixture(store);

    @ParameterizedTest(name = "{0} seconds")
    @ValueSource(longs = { -3600, -120, -30, 30, 120 })
    @DisplayName("Promise 3: keep the interval although the clock of another process is ahead or behind, when both wait")
    void clocksOfTwoThatWait(long ahead) {
        PendingAuthorization flow = fixture.start();
        UniAssertSubscriber<Tokens> first = fixture.await(flow);
        fixture.time.advance(3);
        UniAssertSubscriber<Tokens> second = engine(ahead).await(flow).subscribe()
                .withSubscriber(UniAssertSubscriber.create());
        fixture.time.advance(300);
        assertIntervals();
        fixture.server.answer(fixture.server.granted("a"));
        fixture.time.advance(60);

        assertThat(first.getItem().accessToken().value()).isEqualTo("access-a");
        assertThat(second.getItem().accessToken().value()).isEqualTo("access-a");
    }

    @ParameterizedTest(name = "{0} seconds")
    @ValueSource(longs = { -3600, -120, -30, 30, 120 })
    @DisplayName("Promise 3: keep the interval although the clock of another process is ahead or behind, when it takes over")
    void clocksOfFollowers(long ahead) {
        PendingAuthorization flow = fixture.start();
        fixture.flows.follow(flow).await().indefinitely();
        fixture.flows.takeOver();
        fixture.time.advance(3);
        engine(ahead).takeOver();
        fixture.time.advance(300);
        assertIntervals();
        fixture.server.answer(fixture.server.granted("a"));
        fixture.time.advance(60);

        assertThat(store.findFlow(FlowFixture.CLIENT, flow.id()).await().indefinitely().orElseThrow().status())
                .isEqualTo(Status.APPROVED);
    }

    private void assertIntervals() {
        List<Double> requests = fixture.server.requests;
        assertThat(requests).hasSizeBetween(25, 62);
        for (int index = 1; index < requests.size(); index++) {
            assertThat(requests.get(index) - requests.get(index - 1)).as("%s", requests).isGreaterThan(5 - 1e-6);
        }
    }

    /** Another process, whose clock is ahead. */
    private Flows engine(long ahead) {
        InstantSource clock = () -> fixture.time.instant().plusSeconds(ahead);
        TokenVault tokens = new TokenVault(FlowFixture.CLIENT, fixture.server, store,
                new RefreshPolicy(Duration.ofSeconds(30), Duration.ofMinutes(1)), clock, fixture.time, fixture.events::add,
                Telemetry.NONE);
        return new Flows(FlowFixture.CLIENT, fixture.server, store, tokens, fixture.policy, clock, fixture.time,
                fixture.events::add, Telemetry.NONE);
    }
}

package io.quarkiverse.deviceauthorization.store.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import io.quarkiverse.deviceauthorization.store.AuthorizationStore;
import io.quarkiverse.deviceauthorization.store.StoredFlow;
import io.quarkiverse.deviceauthorization.store.StoredFlow.Status;

/** What the engine relies on where a store hands over followed flows. One that doesn't has none to go on with. */
abstract class HandOverContract extends FlowContract {

    private static final int MANY = 1000;
    private static final Duration TURN = Duration.ofSeconds(1);

    @Test
    @DisplayName("A followed flow whose turn has passed is abandoned; one that is claimed, or not followed, is not")
    void abandoned() {
        StoredFlow followed = put("followed", Duration.ofSeconds(-1), true);
        put("claimed", Duration.ofSeconds(1), true);
        put("now", Duration.ZERO, true);
        put("alone", Duration.ofSeconds(-1), false);

        assertAbandoned(followed);
    }

    @Test
    @DisplayName("A flow is not abandoned any more when it is claimed, not followed any more, or has ended")
    void notAbandonedAnyMore() {
        StoredFlow claimed = put("claimed", Duration.ofSeconds(-1), true);
        StoredFlow left = put("left", Duration.ofSeconds(-2), true);
        StoredFlow ended = put("ended", Duration.ofSeconds(-3), true);
        assertAbandoned(claimed, left, ended);

        replace(claimed, claimed.claimed(clock.instant().plusSeconds(20)));
        replace(left, left.followed(false));
        replace(ended, ended.ended(Status.CANCELLED, Optional.empty()));
        assertAbandoned();
    }

    @Test
    @DisplayName("A flow is abandoned when its claim has run out, also when its codes have ended, or tokens are granted")
    void claimRunsOut() {
        StoredFlow flow = put("id", TURN, true);
        StoredFlow granted = Samples.fullFlow(clock.instant(), 1).followed(true).claimed(clock.instant().plus(TURN));
        put(granted);
        assertAbandoned();
        letTimePass(TURN.plusMillis(1));
        assertAbandoned(flow, granted);
        letTimePass(Samples.LIFE);
        assertAbandoned(flow, granted);
    }

    @Test
    @DisplayName("Only so many are found as were asked for, those that have waited for longest")
    void longestFirst() {
        StoredFlow second = put("second", Duration.ofMillis(-2001), true);
        StoredFlow first = put("first", Duration.ofMillis(-2002), true);
        put("third", Duration.ofMillis(-2000), true);

        assertThat(done(this.second.findAbandoned("tv", clock.instant(), 2)))
                .containsExactlyInAnyOrderElementsOf(store.handsOver() ? List.of(first, second) : List.of());
    }

    @Test
    @DisplayName("Abandoned flows are those of one client, whosever they are")
    void ofOneClient() {
        StoredFlow one = put("one", Duration.ofSeconds(-1), true);
        StoredFlow other = following(Samples.flow("tv", "neighbour", "other", clock.instant(), 1), Duration.ofSeconds(-1));
        put(other);
        put(following(Samples.flow("radio", "family", "radio", clock.instant(), 1), Duration.ofSeconds(-1)));

        assertAbandoned(one, other);
    }

    private void assertAbandoned(StoredFlow... expected) {
        for (AuthorizationStore reader : everybody()) {
            assertThat(done(reader.findAbandoned("tv", clock.instant(), MANY)))
                    .containsExactlyInAnyOrder(reader.handsOver() ? expected : new StoredFlow[0]);
        }
    }

    private StoredFlow put(String id, Duration due, boolean followed) {
        StoredFlow flow = following(Samples.flow("tv", "family", id, clock.instant(), 1), due).followed(followed);
        put(flow);
        return flow;
    }

    private StoredFlow following(StoredFlow flow, Duration due) {
        return flow.followed(true).claimed(clock.instant().plus(due));
    }

    private void replace(StoredFlow flow, StoredFlow by) {
        assertThat(done(second.replaceFlow(flow.version(), by.replacing(flow.version())))).isTrue();
    }
}

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

/** What the engine relies on where flows are stored. */
abstract class FlowContract extends ContractFixture {

    @Test
    @DisplayName("An empty store has no flow")
    void noFlow() {
        for (AuthorizationStore reader : everybody()) {
            assertThat(done(reader.findFlow("tv", "id"))).isEmpty();
            assertThat(done(reader.findFlows("tv", "family"))).isEmpty();
        }
    }

    @Test
    @DisplayName("A flow is read as it was written, with every part, by every process and after a restart")
    void wholeFlow() {
        StoredFlow full = Samples.fullFlow(clock.instant(), 1);
        put(full);

        for (AuthorizationStore reader : everybody()) {
            StoredFlow found = done(reader.findFlow("tv", "full")).orElseThrow();
            assertThat(found).isEqualTo(full);
            assertThat(found.request().scopes().orElseThrow()).as("scopes in their order").containsExactly("openid", "b", "a");
            assertThat(done(reader.findFlows("tv", "family"))).containsExactly(full);
        }
    }

    @Test
    @DisplayName("An ended flow is found, with how it ended, until its codes would have ended; it is in no list")
    void endedFlow() {
        List<StoredFlow> ended = List.of(Status.values()).stream().filter(status -> status != Status.PENDING)
                .map(status -> Samples.endedFlow(status, clock.instant(), 3)).toList();
        ended.forEach(this::put);
        letTimePass(Samples.LIFE.minusMillis(500));
        put(Samples.flow("tv", "neighbour", "later", clock.instant(), 1));

        for (AuthorizationStore reader : everybody()) {
            assertThat(ended).allSatisfy(flow -> assertThat(done(reader.findFlow("tv", flow.pending().id()))).contains(flow));
            assertThat(done(reader.findFlows("tv", "family"))).isEmpty();
        }
    }

    @Test
    @DisplayName("A flow can be continued until its codes end, whatever else is stored meanwhile")
    void livingFlow() {
        StoredFlow flow = Samples.flow("tv", "family", "id", clock.instant(), 1);
        put(flow);
        letTimePass(Samples.LIFE.minusMillis(500));
        put(Samples.flow("tv", "neighbour", "later", clock.instant(), 1));

        for (AuthorizationStore reader : everybody()) {
            assertThat(done(reader.findFlow("tv", "id"))).contains(flow);
            assertThat(done(reader.findFlows("tv", "family"))).containsExactly(flow);
        }
    }

    @Test
    @DisplayName("A flow whose codes have ended is in no list")
    void expiredFlow() {
        put(Samples.flow("tv", "family", "id", clock.instant(), 1));
        letTimePass(Samples.LIFE);

        for (AuthorizationStore reader : everybody()) {
            assertThat(done(reader.findFlows("tv", "family"))).isEmpty();
        }
    }

    @Test
    @DisplayName("A list has all flows of one owner at one client, and nobody else's")
    void flowsOfAnOwner() {
        StoredFlow one = Samples.flow("tv", "family", "one", clock.instant(), 1);
        StoredFlow two = Samples.flow("tv", "family", "two", clock.instant(), 1);
        put(one);
        put(two);
        put(Samples.flow("tv", "Family", "three", clock.instant(), 1));
        put(Samples.flow("radio", "family", "four", clock.instant(), 1));

        for (AuthorizationStore reader : everybody()) {
            assertThat(done(reader.findFlows("tv", "family"))).containsExactlyInAnyOrder(one, two);
        }
    }

    @Test
    @DisplayName("A flow leaves the list when it ends")
    void flowEnds() {
        StoredFlow flow = Samples.flow("tv", "family", "id", clock.instant(), 1);
        put(flow);
        StoredFlow ended = flow.ended(Status.CANCELLED, Optional.empty()).replacing(1);

        assertThat(done(second.replaceFlow(1, ended))).isTrue();
        for (AuthorizationStore reader : everybody()) {
            assertThat(done(reader.findFlow("tv", "id"))).contains(ended);
            assertThat(done(reader.findFlows("tv", "family"))).isEmpty();
        }
    }

    @Test
    @DisplayName("A flow is replaced only by who knows its version")
    void flowVersion() {
        StoredFlow flow = Samples.flow("tv", "family", "id", clock.instant(), 7);
        StoredFlow next = flow.slowedDown(Duration.ofSeconds(10)).replacing(7);

        assertThat(done(store.replaceFlow(7, flow))).as("nothing is there to replace").isFalse();
        assertThat(done(store.findFlow("tv", "id"))).isEmpty();
        put(flow);
        for (long wrong : new long[] { 0, 1, 6, 8, -7, Long.MAX_VALUE }) {
            assertThat(done(second.replaceFlow(wrong, next))).as("expected version %d", wrong).isFalse();
        }
        assertThat(done(store.findFlow("tv", "id"))).contains(flow);
        assertThat(done(second.replaceFlow(7, next))).isTrue();
        assertThat(done(store.findFlow("tv", "id"))).contains(next);
        assertThat(done(store.replaceFlow(7, flow))).as("the same again").isFalse();
    }

    @Test
    @DisplayName("Of many who replace a flow at the same time, one does it")
    void flowRace() throws Exception {
        put(Samples.flow("tv", "family", "id", clock.instant(), 1));
        for (long version = 1; version < 11; version++) {
            long expected = version;
            StoredFlow before = done(store.findFlow("tv", "id")).orElseThrow();
            List<Boolean> done = together(THREADS, i -> () -> done((i % 2 == 0 ? store : second)
                    .replaceFlow(expected, before.slowedDown(Duration.ofSeconds(expected * 100 + i)).replacing(expected))));

            assertThat(done).as("who replaced version %d", version).containsOnlyOnce(true);
            for (AuthorizationStore reader : everybody()) {
                assertThat(done(reader.findFlow("tv", "id")).orElseThrow().interval()).as("what the winner wrote")
                        .isEqualTo(Duration.ofSeconds(expected * 100 + done.indexOf(true)));
            }
        }
    }

    @Test
    @DisplayName("Flows don't meet, however much their ids look like each other or like something else")
    void flowIds() {
        for (String name : Samples.names()) {
            put(Samples.flow("tv", "family", name, clock.instant(), 1));
        }
        for (List<String> pair : Samples.confusable()) {
            put(Samples.flow("#" + pair.get(0), "family", pair.get(1), clock.instant(), 1));
        }

        assertThat(Samples.names()).allSatisfy(name -> assertThat(done(second.findFlow("tv", name)))
                .contains(Samples.flow("tv", "family", name, clock.instant(), 1)));
        assertThat(Samples.confusable()).allSatisfy(pair -> assertThat(done(second.findFlow("#" + pair.get(0), pair.get(1))))
                .contains(Samples.flow("#" + pair.get(0), "family", pair.get(1), clock.instant(), 1)));
    }
}

package io.quarkiverse.deviceauthorization.it.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.quarkiverse.deviceauthorization.it.redis.Judgement.Telling;
import io.quarkiverse.deviceauthorization.it.redis.Judgement.Verdict;

/** One node after the other is stopped in good order and started again, as when a new version is rolled out. */
@DisplayName("A rolling restart of three nodes")
@Tag("redis")
class RollingRestartIT {

    private static final int FLOWS = 90;
    private static final Duration LATEST_APPROVAL = Duration.ofSeconds(15);

    /**
     * A node looks for flows that are left every five seconds or so, and asks within the interval then. It may be stopped
     * itself before it asks, and a busy machine adds to it.
     */
    private static final Duration LONGEST_TAKEOVER = Duration.ofSeconds(25);
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final long seed = Long.getLong("flows.seed", System.nanoTime());
    private final Stage stage = new Stage("rolling-restart", 3, Plan.approvals(FLOWS, LATEST_APPROVAL, new Random(seed)));

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    @DisplayName("loses nothing, tells every end once, and leaves no flow alone for long")
    void rollingRestart() {
        stage.begin();
        await("all flows are polled").atMost(PATIENCE).until(() -> stage.people().signIns().stream().allMatch(this::isPolled));
        for (Node node : stage.cluster().nodes()) {
            node.current().stop();
            node.start();
        }
        stage.people().finish();

        Judgement judgement = stage.judgement(List.of());
        Traffic traffic = stage.traffic(judgement);
        new Report(String.format("A rolling restart of 3 nodes with %d sign-ins, with seed %d", FLOWS, seed))
                .row("flows taken over", traffic.afterStop().size())
                .row("after how long: median", Micros.seconds(traffic.afterStop(), 0.5))
                .row("after how long: longest", Micros.seconds(traffic.afterStop(), 1))
                .row("polls at the server", traffic.polls())
                .row("too early, as the server counts them", stage.server().counters().earlyPolls())
                .tell("rolling-restart.md");
        String where = String.format("(seed %d, journals in %s)", seed, stage.cluster().directory());
        assertThat(judgement.wrong()).as("flows that did not end as they had to %s", where).isEmpty();
        assertThat(judgement.count(Verdict.TOKENS)).as("flows that ended in tokens %s", where).isEqualTo(FLOWS);
        assertThat(judgement.count(Telling.ONCE)).as("ends that were told once %s", where).isEqualTo(FLOWS);
        assertThat(stage.server().counters().earlyPolls()).as("polls before the interval was over %s", where).isZero();
        assertThat(traffic.afterStop()).as("takeovers, in microseconds %s", where).isNotEmpty()
                .allMatch(micros -> micros < Micros.of(LONGEST_TAKEOVER));
    }

    private boolean isPolled(SignIn signIn) {
        return Optional.ofNullable(signIn.userCode()).flatMap(stage.journal()::flow).filter(flow -> !flow.polls.isEmpty())
                .isPresent();
    }
}

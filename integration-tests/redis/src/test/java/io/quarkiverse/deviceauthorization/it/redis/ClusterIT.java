package io.quarkiverse.deviceauthorization.it.redis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.quarkiverse.deviceauthorization.it.redis.Judgement.Telling;
import io.quarkiverse.deviceauthorization.it.redis.Judgement.Verdict;

/**
 * Nodes are killed, stopped and frozen, and so is Redis, while people sign in. How many is said by the system property
 * {@code flows}; {@code flows.seed} repeats what was planned, though not what came of it.
 */
@DisplayName("Three nodes and one Redis, while nodes are killed, stopped and frozen and Redis is killed once")
@Tag("redis")
class ClusterIT {

    private static final int FLOWS = Integer.getInteger("flows", 200);
    private static final Duration SHORTEST = Duration.ofSeconds(15);
    private static final Duration FOR_EACH = Duration.ofMillis(60);
    private static final Duration OUTAGE = Duration.ofSeconds(2);

    /** Less than the time that many a node is frozen: what it answers then, nobody hears. */
    private static final Duration ONE_ANSWER = Duration.ofSeconds(3);

    private final long seed = Long.getLong("flows.seed", System.nanoTime());
    private final Stage stage = new Stage("cluster", 3, Plan.make(FLOWS, time(), new Random(seed)), ONE_ANSWER);
    private final List<Span> outages = new ArrayList<>();

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    @DisplayName("every approved flow ends in tokens, once, and every end is told once, but for what dies with a process")
    void mishaps() throws InterruptedException {
        long begin = System.nanoTime();
        Mishaps mishaps = new Mishaps(stage.cluster().nodes(), stage.journal(), seed);
        stage.begin();
        mishaps.begin();
        outage();
        stage.people().finish();
        mishaps.end();

        Judgement judgement = stage.judgement(outages);
        Traffic traffic = stage.traffic(judgement);
        tell(mishaps, judgement, traffic, (System.nanoTime() - begin) / 1e9);
        assertRight(judgement, traffic);
    }

    private static Duration time() {
        Duration all = FOR_EACH.multipliedBy(FLOWS);
        return all.compareTo(SHORTEST) < 0 ? SHORTEST : all;
    }

    /** In the middle, Redis is killed, and comes back some time later. */
    private void outage() throws InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        never.await(time().dividedBy(2).toMillis(), TimeUnit.MILLISECONDS);
        long from = Micros.now();
        stage.redis().kill();
        never.await(OUTAGE.toMillis(), TimeUnit.MILLISECONDS);
        stage.redis().startAgain();
        outages.add(new Span(from, Micros.now()));
    }

    private void assertRight(Judgement judgement, Traffic traffic) {
        SoftAssertions all = new SoftAssertions();
        all.assertThat(judgement.wrong()).as("flows that did not end as they had to").isEmpty();
        all.assertThat(traffic.early()).as("polls before the interval was over").isEmpty();
        all.assertThat(stage.server().counters().earlyPolls()).as("the same, as the server counts them")
                .isLessThanOrEqualTo(traffic.thawed().size());
        all.assertThat(traffic.reused()).as("refresh tokens that came again").isEmpty();
        all.assertThat(stage.server().counters().refreshTokenReuses()).as("the same, as the server counts them")
                .isLessThanOrEqualTo(traffic.reusedAfterKill().size());
        all.assertThat(stage.linesWithSecrets()).as("lines with a secret").isEmpty();
        if (!all.errorsCollected().isEmpty()) {
            all.fail("Seed %d. What the processes and Redis have written: %s%n%s", seed, stage.keepEverything(),
                    stage.history());
        }
        all.assertAll();
    }

    private void tell(Mishaps mishaps, Judgement judgement, Traffic traffic, double seconds) {
        Report report = new Report(String.format("%d sign-ins on 3 nodes, with seed %d, in %.0f s", FLOWS, seed, seconds));
        report.row("processes", stage.cluster().incarnations().size());
        mishaps.counts().forEach((kind, count) -> report.row(kind.text, count));
        report.row("Redis killed and started again", outages.size());
        report.row("starts that were repeated, since no answer came",
                stage.people().signIns().stream().mapToInt(SignIn::repetitions).sum());
        for (Verdict verdict : Verdict.values()) {
            report.row("sign-ins: " + verdict.text, judgement.count(verdict));
        }
        report.row("how long such a process still had: median", Micros.seconds(judgement.livedAfterTokens(), 0.5));
        report.row("how long such a process still had: longest", Micros.seconds(judgement.livedAfterTokens(), 1));
        for (Telling telling : Telling.values()) {
            report.row("ends: " + telling.text, judgement.count(telling));
        }
        report.row("how long such a process still had: median", Micros.seconds(judgement.livedAfterEnd(), 0.5));
        report.row("how long such a process still had: longest", Micros.seconds(judgement.livedAfterEnd(), 1));
        report.row("polls at the server", traffic.polls());
        report.row("too early, as the server counts them", stage.server().counters().earlyPolls());
        report.row("too early, by a process that was frozen between its turn and its request", traffic.thawed().size());
        report.row("refreshes at the server", traffic.refreshes());
        report.row("refresh tokens that came again", traffic.reused().size());
        report.row("the same, since a process was killed before it could store the next one", traffic.reusedAfterKill().size());
        report.row("flows taken over after a kill", traffic.afterKill().size());
        report.row("after how long: median", Micros.seconds(traffic.afterKill(), 0.5));
        report.row("after how long: 99 of 100", Micros.seconds(traffic.afterKill(), 0.99));
        report.row("flows taken over after a stop in good order", traffic.afterStop().size());
        report.row("after how long: median", Micros.seconds(traffic.afterStop(), 0.5));
        report.row("after how long: 99 of 100", Micros.seconds(traffic.afterStop(), 0.99));
        report.row("followed flows that were given up", judgement.events().gaveUp());
        report.row("refresh tokens that were rejected", judgement.events().rejected());
        report.tell("cluster.md");
    }
}

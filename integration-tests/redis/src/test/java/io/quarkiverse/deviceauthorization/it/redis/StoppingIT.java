package io.quarkiverse.deviceauthorization.it.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.quarkiverse.deviceauthorization.it.redis.Judgement.Telling;
import io.quarkiverse.deviceauthorization.it.redis.Judgement.Verdict;
import io.quarkiverse.deviceauthorization.it.redis.ServerJournal.Trap;

/** Its HTTP server and its connections to Redis are closed while it stops: not before what comes in is stored. */
@DisplayName("A web application that stops while its poll is under way")
@Tag("redis")
class StoppingIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration LONGEST_STOP = Duration.ofSeconds(2);
    private static final Duration PAUSE = Duration.ofMillis(10);

    private final Stage stage = new Stage("stopping", 1, Plan.approvals(1, Duration.ofSeconds(1), new Random(1)));

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    @DisplayName("stores the tokens that come of it, and tells so")
    void stopping() throws InterruptedException {
        SignIn signIn = stage.people().signIns().get(0);
        CountDownLatch stopping = new CountDownLatch(1);
        stage.journal().add(new Trap() {

            @Override
            public void received(String node, boolean refresh) {
                if (signIn.decidedAt() > 0 && stopping.getCount() > 0) {
                    stopAndWait(stage.cluster().nodes().get(0).current());
                    stopping.countDown();
                }
            }
        });

        stage.begin();
        assertThat(stopping.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).as("a poll after the approval").isTrue();
        Node node = stage.cluster().nodes().get(0);
        node.current().stop();
        stage.people().finish();
        node.start();

        Judgement judgement = stage.judgement(List.of());
        assertThat(judgement.count(Verdict.TOKENS)).as("flows that ended in tokens: %s", judgement.wrong()).isEqualTo(1);
        assertThat(judgement.count(Telling.ONCE)).as("ends that were told once").isEqualTo(1);
        assertThat(judgement.events().ends(signIn.id().orElseThrow()).get(0).by()).as("who told it")
                .isSameAs(node.incarnations().get(0));
    }

    /**
     * Until its HTTP server is gone: from then on it closes what it has. It waits for its poll no longer than 3 seconds, which
     * a busy machine may need for that.
     */
    private static void stopAndWait(Incarnation victim) {
        URI health = victim.uri().orElseThrow().resolve("/q/health/live");
        long end = System.nanoTime() + LONGEST_STOP.toNanos();
        victim.askToStop();
        while (!isGone(health) && System.nanoTime() - end < 0) {
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    private static boolean isGone(URI uri) {
        try {
            Http.exchange("GET", uri, Duration.ofMillis(500));
            return false;
        } catch (IOException gone) {
            return true;
        }
    }
}

package io.quarkiverse.deviceauthorization.it.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.quarkiverse.deviceauthorization.it.redis.Judgement.Telling;
import io.quarkiverse.deviceauthorization.it.redis.Judgement.Verdict;
import io.quarkiverse.deviceauthorization.it.redis.ServerJournal.Trap;

/** The answer is in its socket by then, and a time-out that went by the clock would close that unread. */
@DisplayName("A process that stands still while its poll is under way, for longer than a request may take")
@Tag("redis")
class FrozenIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Longer than the connect-timeout and the read-timeout of a node together. */
    private static final Duration STANDSTILL = Duration.ofSeconds(6);

    private final Stage stage = new Stage("frozen", 1, Plan.approvals(1, Duration.ofSeconds(1), new Random(1)));

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    @DisplayName("reads the tokens when it goes on, and stores them")
    void frozen() throws Exception {
        SignIn signIn = stage.people().signIns().get(0);
        CountDownLatch frozen = new CountDownLatch(1);
        stage.journal().add(new Trap() {

            @Override
            public void received(String node, boolean refresh) {
                if (signIn.decidedAt() > 0 && frozen.getCount() > 0) {
                    stage.cluster().nodes().get(0).current().freeze();
                    frozen.countDown();
                }
            }
        });

        stage.begin();
        assertThat(frozen.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).as("a poll after the approval").isTrue();
        CompletableFuture.runAsync(() -> stage.cluster().nodes().get(0).current().thaw(),
                CompletableFuture.delayedExecutor(STANDSTILL.toMillis(), TimeUnit.MILLISECONDS))
                .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        stage.people().finish();

        Judgement judgement = stage.judgement(List.of());
        assertThat(judgement.count(Verdict.TOKENS)).as("flows that ended in tokens: %s", judgement.wrong()).isEqualTo(1);
        assertThat(judgement.count(Telling.ONCE)).as("ends that were told once").isEqualTo(1);
    }
}

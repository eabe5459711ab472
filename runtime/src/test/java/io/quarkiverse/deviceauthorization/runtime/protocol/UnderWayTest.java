package io.quarkiverse.deviceauthorization.runtime.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;

@DisplayName("An application that stops")
class UnderWayTest {

    private final UnderWay underWay = new UnderWay();

    private boolean quiet() throws InterruptedException {
        return underWay.awaitEnd(Duration.ZERO);
    }

    @Test
    @DisplayName("waits for what is under way, and no longer than it is")
    void waits() throws Exception {
        underWay.begin();
        underWay.begin();
        CompletableFuture<Boolean> stop = new CompletableFuture<>();
        Thread stopping = new Thread(() -> {
            try {
                stop.complete(underWay.awaitEnd(Duration.ofMinutes(1)));
            } catch (InterruptedException e) {
                stop.completeExceptionally(e);
            }
        });
        stopping.start();
        underWay.end();
        assertThat(stop).isNotDone();
        underWay.end();

        assertThat(stop.get(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    @DisplayName("doesn't wait for ever")
    void givesUp() throws InterruptedException {
        underWay.begin();
        assertThat(underWay.awaitEnd(Duration.ofMillis(2))).isFalse();
        assertThat(underWay.awaitEnd(Duration.ofMillis(-1))).as("when time was up before").isFalse();
    }

    @Test
    @DisplayName("waits for work from its beginning until it has ended, however that is, also when nobody wants to know any more")
    void work() throws InterruptedException {
        Uni<Object> counted = underWay.count(Uni.createFrom().nothing());
        assertThat(quiet()).as("not begun").isTrue();
        UniAssertSubscriber<Object> waiting = counted.subscribe().withSubscriber(UniAssertSubscriber.create());
        assertThat(quiet()).isFalse();
        waiting.cancel();
        assertThat(quiet()).as("cancelled").isTrue();
        underWay.count(Uni.createFrom().voidItem()).await().indefinitely();
        assertThat(quiet()).as("done").isTrue();
        assertThatThrownBy(() -> underWay.count(Uni.createFrom().failure(new IllegalStateException("No answer"))).await()
                .indefinitely()).hasMessage("No answer");
        assertThat(quiet()).as("failed").isTrue();
    }
}

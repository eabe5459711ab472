package io.quarkiverse.deviceauthorization.web.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The limit of sign-ins in a minute")
class StartLimitTest {

    private final AtomicLong time = new AtomicLong(Long.MAX_VALUE - 5); // it overflows meanwhile
    private final StartLimit limit = new StartLimit(3, time::get);

    @Test
    @DisplayName("lets as many begin at once, and then one each time that a part of the minute is over")
    void limit() {
        for (int i = 0; i < 3; i++) {
            assertThat(limit.take()).isEmpty();
        }
        assertThat(limit.take()).contains(Duration.ofSeconds(20));
        pass(Duration.ofSeconds(5));
        assertThat(limit.take()).contains(Duration.ofSeconds(15));
        pass(Duration.ofSeconds(15));
        assertThat(limit.take()).isEmpty();
        assertThat(limit.take()).contains(Duration.ofSeconds(20));
    }

    @Test
    @DisplayName("saves up no more than one minute")
    void idle() {
        pass(Duration.ofHours(1));
        for (int i = 0; i < 3; i++) {
            assertThat(limit.take()).isEmpty();
        }
        assertThat(limit.take()).contains(Duration.ofSeconds(20));
    }

    private void pass(Duration some) {
        time.addAndGet(some.toNanos());
    }
}

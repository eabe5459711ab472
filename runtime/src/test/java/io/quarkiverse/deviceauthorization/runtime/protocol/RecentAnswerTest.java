package io.quarkiverse.deviceauthorization.runtime.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.quarkiverse.deviceauthorization.runtime.VirtualTime;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import io.smallrye.mutiny.subscription.UniEmitter;

@DisplayName("The answer to a health check's question")
class RecentAnswerTest {

    private final VirtualTime time = new VirtualTime();
    private int asked;

    private String get(RecentAnswer<String> recent) {
        return recent.get(() -> Uni.createFrom().item(() -> "answer " + ++asked), known -> known + ", cached").await()
                .indefinitely();
    }

    @ParameterizedTest(name = "{0}: {1} s")
    @DisplayName("is good for four fifths of the time at least, and no longer than that, as chance will have it")
    @CsvSource({ "0, 100", "0.5, 90", "1, 80" })
    void goodForAWhile(double chance, int seconds) {
        RecentAnswer<String> recent = new RecentAnswer<>(Duration.ofSeconds(100), time, () -> chance);

        assertThat(get(recent)).isEqualTo("answer 1");
        time.advance(seconds - 1);
        assertThat(get(recent)).isEqualTo("answer 1, cached");
        time.advance(1);
        assertThat(get(recent)).isEqualTo("answer 2");
    }

    @Test
    @DisplayName("ends at another moment on each node that asked at the same one")
    void nodesDriftApart() {
        List<RecentAnswer<String>> nodes = new ArrayList<>();
        for (int node = 0; node < 50; node++) {
            nodes.add(new RecentAnswer<>(Duration.ofSeconds(10), time));
        }
        nodes.forEach(this::get);
        Set<Double> moments = new TreeSet<>();
        while (asked < 100) {
            time.advance(Duration.ofMillis(100));
            int before = asked;
            nodes.forEach(this::get);
            if (asked > before) {
                moments.add(time.seconds());
            }
        }
        assertThat(moments).hasSizeGreaterThan(10).allMatch(seconds -> seconds >= 8 && seconds <= 10.1);
    }

    @Test
    @DisplayName("is not remembered where it may not be")
    void noCache() {
        RecentAnswer<String> recent = new RecentAnswer<>(Duration.ZERO, time);
        assertThat(get(recent)).isEqualTo("answer 1");
        assertThat(get(recent)).isEqualTo("answer 2");
    }

    @Test
    @DisplayName("is shared by all who want it at the same time")
    void sharedByAll() {
        RecentAnswer<String> recent = new RecentAnswer<>(Duration.ZERO, time);
        List<UniEmitter<? super String>> requests = new ArrayList<>();
        Uni<String> answer = recent.get(() -> Uni.createFrom().emitter(requests::add), known -> known);
        UniAssertSubscriber<String> one = answer.subscribe().withSubscriber(UniAssertSubscriber.create());
        UniAssertSubscriber<String> other = answer.subscribe().withSubscriber(UniAssertSubscriber.create());

        assertThat(requests).hasSize(1);
        requests.get(0).complete("yes");
        one.assertItem("yes");
        other.assertItem("yes");
    }
}

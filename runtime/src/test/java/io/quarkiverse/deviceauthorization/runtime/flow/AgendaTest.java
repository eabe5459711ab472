package io.quarkiverse.deviceauthorization.runtime.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import io.quarkiverse.deviceauthorization.runtime.VirtualTime;
import io.quarkiverse.deviceauthorization.runtime.protocol.Timer;
import io.smallrye.mutiny.subscription.Cancellable;

@DisplayName("What flows do next")
class AgendaTest {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final VirtualTime time = new VirtualTime();
    private final Agenda agenda = new Agenda(time, 3);
    private final List<String> done = new ArrayList<>();

    /** Notes when it is done, and is under way until it is ended. */
    private final class Noted extends Agenda.Item {

        private final String name;
        private boolean unwanted;

        private Noted(String name) {
            this.name = name;
        }

        private Noted at(double seconds) {
            agenda.schedule(this, (long) (seconds * SECOND));
            return this;
        }

        @Override
        boolean due() {
            done.add(name + "@" + time.seconds());
            return !unwanted;
        }
    }

    private void end() {
        agenda.end();
        time.advance(0);
    }

    @Test
    @DisplayName("is done at its time, in the order of the times, with one timer for all of it")
    void order() {
        new Noted("b").at(2);
        new Noted("a").at(1);
        new Noted("c").at(3);

        assertThat(time.timers()).isEqualTo(1);
        time.advance(10);
        assertThat(done).containsExactly("a@1.0", "b@2.0", "c@3.0");
        assertThat(time.timers()).isZero();
    }

    @Test
    @DisplayName("is all done where it is due at the same moment")
    void equalTimes() {
        Agenda roomy = new Agenda(time, 1000);
        List<Noted> all = IntStream.range(0, 200).mapToObj(i -> new Noted("i" + i)).toList();
        all.forEach(item -> roomy.schedule(item, SECOND));
        time.advance(1);

        assertThat(done).hasSize(200).doesNotHaveDuplicates().allMatch(text -> text.endsWith("@1.0"));
    }

    @Test
    @DisplayName("goes on elsewhere where more of it is due than one event loop does in a row, and comes back to the first one")
    void elsewhere() {
        List<Runnable> elsewhere = new ArrayList<>();
        Agenda roomy = new Agenda(new Timer() {
            @Override
            public long nanoTime() {
                return time.nanoTime();
            }

            @Override
            public Cancellable schedule(Duration delay, Runnable task) {
                if (!delay.isZero()) {
                    return time.schedule(delay, task);
                }
                elsewhere.add(task);
                return () -> elsewhere.remove(task);
            }
        }, 1000);
        IntStream.range(0, 100).forEach(i -> roomy.schedule(new Noted("i" + i), SECOND));
        roomy.schedule(new Noted("later"), 2 * SECOND);
        time.advance(Duration.ofSeconds(1));
        assertThat(done).hasSizeLessThan(100);
        assertThat(elsewhere).as("what another event loop goes on with").hasSize(1);
        elsewhere.remove(0).run();
        assertThat(done).hasSize(100);

        time.advance(1);
        assertThat(done).hasSize(101).doesNotHaveDuplicates().contains("later@2.0");
        assertThat(elsewhere).isEmpty();
    }

    @Test
    @DisplayName("is done at another time when that changes, and not at all when it is removed")
    void changes() {
        Noted later = new Noted("later").at(1);
        Noted sooner = new Noted("sooner").at(5);
        Noted removed = new Noted("removed").at(2);
        later.at(4);
        sooner.at(3);
        agenda.remove(removed);
        agenda.remove(removed);
        time.advance(10);

        assertThat(done).containsExactly("sooner@3.0", "later@4.0");
    }

    @Test
    @DisplayName("needs no timer when the last of it is removed")
    void nothingLeft() {
        Noted only = new Noted("only").at(1);
        agenda.remove(only);

        assertThat(time.timers()).isZero();
    }

    @Test
    @DisplayName("is done once when it is late, and not before its time where the timer is early")
    void lateAndEarly() {
        Agenda early = new Agenda(new Early(), 3);
        early.schedule(new Noted("early"), 2 * SECOND);
        new Noted("late").at(1);
        time.standStill(Duration.ofMillis(1500));
        time.advance(10);

        assertThat(done).containsExactly("late@1.5", "early@2.0");
    }

    @Test
    @DisplayName("is what a sorted list would say, however it is moved and removed")
    void model() {
        Random random = new Random(42);
        Agenda roomy = new Agenda(time, Integer.MAX_VALUE);
        List<Noted> items = IntStream.range(0, 500).mapToObj(i -> new Noted("i" + i)).toList();
        Long[] expected = new Long[items.size()];
        for (int change = 0; change < 5000; change++) {
            int which = random.nextInt(items.size());
            if (random.nextInt(4) == 0) {
                roomy.remove(items.get(which));
                expected[which] = null;
            } else {
                expected[which] = random.nextLong(1, 100_000) * 1_000_000;
                roomy.schedule(items.get(which), expected[which]);
            }
        }
        time.advance(100);

        assertThat(done).containsExactlyElementsOf(IntStream.range(0, items.size()).boxed()
                .filter(i -> expected[i] != null).sorted(Comparator.comparing(i -> expected[i]))
                .map(i -> "i" + i + "@" + expected[i] / 1e9).toList());
        assertThat(done).hasSizeGreaterThan(300);
    }

    @Test
    @DisplayName("is done by no more at once than the limit allows, and those who have waited for longest are next")
    void limit() {
        for (int i = 9; i > 0; i--) {
            new Noted("i" + i).at(i / 10.0);
        }
        time.advance(1);
        assertThat(done).containsExactly("i1@0.1", "i2@0.2", "i3@0.3");
        assertThat(time.timers()).as("timers while everybody waits for room").isZero();
        end();
        assertThat(done).hasSize(4).endsWith("i4@1.0");
        end();
        end();
        assertThat(done).hasSize(6).endsWith("i5@1.0", "i6@1.0");
        assertThat(agenda.underWay()).isEqualTo(3);
    }

    @Test
    @DisplayName("gives its place to the next when it turns out that it is not to be done any more")
    void notAnyMore() {
        for (int i = 0; i < 100; i++) {
            new Noted("i" + i).at(1).unwanted = true;
        }
        time.advance(1);

        assertThat(done).hasSize(100);
        assertThat(agenda.underWay()).isZero();
    }

    @Test
    @DisplayName("may begin out of turn as long as there is room and nobody waits for it")
    void outOfTurn() {
        assertThat(agenda.begin()).isTrue();
        new Noted("a").at(1);
        new Noted("b").at(1);
        new Noted("c").at(1);
        time.advance(1);
        assertThat(done).hasSize(2);
        assertThat(agenda.begin()).as("no room").isFalse();
        agenda.end();
        assertThat(agenda.begin()).as("room, for the one who waits").isFalse();
        time.advance(0);
        assertThat(done).hasSize(3);
        agenda.end();
        assertThat(agenda.begin()).as("room, and nobody waits").isTrue();
    }

    @Test
    @DisplayName("may begin out of turn again when what waits for room is removed, or the application stops")
    void nobodyWaitsAnyMore() {
        for (int i = 0; i < 3; i++) {
            agenda.begin();
        }
        Noted removed = new Noted("removed").at(1);
        time.advance(1);
        agenda.end();
        assertThat(agenda.begin()).isFalse();
        agenda.remove(removed);
        assertThat(agenda.begin()).as("nobody waits").isTrue();
        assertThat(agenda.begin()).as("no room").isFalse();
        agenda.stop();
        assertThat(agenda.begin()).as("stopped").isTrue();
    }

    @Test
    @DisplayName("rests without a timer, until somebody looks")
    void resting() {
        Noted first = new Noted("first");
        Noted second = new Noted("second");
        agenda.rest(second, 2 * SECOND);
        agenda.rest(first, SECOND);
        assertThat(time.timers()).isZero();
        assertThat(agenda.rested(time.nanoTime())).isNull();
        time.advance(2);

        assertThat(List.of(agenda.rested(time.nanoTime()), agenda.rested(time.nanoTime()))).containsExactly(first, second);
        assertThat(agenda.rested(time.nanoTime())).isNull();
        assertThat(done).isEmpty();
    }

    @Test
    @DisplayName("rests instead of being done, or is done instead of resting: never both")
    void eitherOr() {
        Noted active = new Noted("active");
        Noted tired = new Noted("tired").at(1);
        agenda.rest(active, 0);
        active.at(1);
        agenda.rest(tired, 0);
        time.advance(1);

        assertThat(done).containsExactly("active@1.0");
        assertThat(agenda.rested(time.nanoTime())).isSameAs(tired);
        assertThat(agenda.rested(time.nanoTime())).isNull();
    }

    @Test
    @DisplayName("is not done when the application has stopped")
    void stopped() {
        new Noted("before").at(1);
        agenda.stop();
        new Noted("after").at(1);
        agenda.rest(new Noted("resting"), 0);
        time.advance(10);

        assertThat(done).isEmpty();
        assertThat(time.timers()).isZero();
        assertThat(agenda.rested(time.nanoTime())).isNull();
    }

    @Test
    @DisplayName("is done by many threads at once, never by more than allowed, and nothing is left out")
    void threads() throws Exception {
        ScheduledExecutorService timers = Executors.newScheduledThreadPool(2);
        ExecutorService others = Executors.newFixedThreadPool(4);
        try {
            Busy busy = new Busy(new Real(timers), others);
            List<Future<?>> starting = new ArrayList<>();
            for (int thread = 0; thread < 4; thread++) {
                starting.add(others.submit(() -> IntStream.range(0, 100).forEach(i -> busy.add())));
            }
            for (Future<?> started : starting) {
                started.get(20, TimeUnit.SECONDS);
            }

            assertThat(busy.finished.await(20, TimeUnit.SECONDS)).as("all are done as often as they want").isTrue();
            assertThat(busy.most).as("at once").hasValueLessThanOrEqualTo(Busy.LIMIT);
            assertThat(busy.early).as("before their time").isEmpty();
        } finally {
            timers.shutdownNow();
            others.shutdownNow();
        }
    }

    /** Items that want to be done ten times each, and change their mind now and then. */
    private static final class Busy {

        private static final int LIMIT = 8;
        private static final int TIMES = 10;

        private final Agenda agenda;
        private final Timer timer;
        private final ExecutorService others;
        private final CountDownLatch finished = new CountDownLatch(400 * TIMES);
        private final AtomicInteger now = new AtomicInteger();
        private final AtomicInteger most = new AtomicInteger();
        private final ConcurrentLinkedQueue<Long> early = new ConcurrentLinkedQueue<>();

        private Busy(Timer timer, ExecutorService others) {
            this.timer = timer;
            this.others = others;
            this.agenda = new Agenda(timer, LIMIT);
        }

        private void add() {
            new Worker().again();
        }

        private final class Worker extends Agenda.Item {

            private int left = TIMES;
            private long at;

            private void again() {
                at = timer.nanoTime() + ThreadLocalRandom.current().nextLong(2_000_000);
                agenda.rest(this, at);
                agenda.schedule(this, at + 60 * SECOND); // so late that it isn't done before it is removed
                agenda.remove(this);
                agenda.schedule(this, at);
            }

            @Override
            boolean due() {
                if (timer.nanoTime() - at < 0) {
                    early.add(at);
                }
                most.accumulateAndGet(now.incrementAndGet(), Math::max);
                others.execute(() -> {
                    boolean more = --left > 0;
                    now.decrementAndGet();
                    agenda.end();
                    if (more) {
                        again();
                    }
                    finished.countDown();
                });
                return true;
            }
        }
    }

    private record Real(ScheduledExecutorService timers) implements Timer {

        @Override
        public long nanoTime() {
            return System.nanoTime();
        }

        @Override
        public Cancellable schedule(Duration delay, Runnable task) {
            Future<?> scheduled = timers.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
            return () -> scheduled.cancel(false);
        }
    }

    /** Fires half a second before its time. */
    private final class Early implements Timer {

        @Override
        public long nanoTime() {
            return time.nanoTime();
        }

        @Override
        public Cancellable schedule(Duration delay, Runnable task) {
            Duration half = Duration.ofMillis(500);
            return time.schedule(delay.compareTo(half) > 0 ? delay.minus(half) : delay, task);
        }
    }
}

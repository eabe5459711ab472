package io.quarkiverse.deviceauthorization.runtime.protocol;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import io.smallrye.mutiny.Uni;

/**
 * The last answer to what is asked again and again. It is good for a while, each one for another: nodes that were asked
 * together once would ask together for ever. Whoever wants to know at the same time shares one request.
 */
public final class RecentAnswer<T> {

    /** By how much of its time an answer may be good for less. */
    private static final double SPREAD = 0.2;

    private record Known<T>(T answer, long untilMillis) {
    }

    private final Duration atMost;
    private final InstantSource clock;
    private final DoubleSupplier random;
    private final SingleFlight<T> asking = new SingleFlight<>();
    private volatile Known<T> last;

    /** @param atMost for how long an answer is good */
    public RecentAnswer(Duration atMost, InstantSource clock) {
        this(atMost, clock, () -> ThreadLocalRandom.current().nextDouble());
    }

    /** @param random from 0 to 1 */
    RecentAnswer(Duration atMost, InstantSource clock, DoubleSupplier random) {
        this.atMost = atMost;
        this.clock = clock;
        this.random = random;
    }

    /**
     * @param ask asks; doesn't fail
     * @param remembered what is said of an answer that is not new
     * @return the last answer, as long as it is good; else the next one
     */
    public Uni<T> get(Supplier<Uni<T>> ask, UnaryOperator<T> remembered) {
        return Uni.createFrom().deferred(() -> {
            Known<T> known = last;
            if (known != null && clock.millis() < known.untilMillis) {
                return Uni.createFrom().item(remembered.apply(known.answer));
            }
            return asking.join(() -> ask.get().onItem().invoke(this::remember));
        });
    }

    private void remember(T answer) {
        double share = 1 - SPREAD * random.getAsDouble();
        last = new Known<>(answer, clock.millis() + (long) (atMost.toMillis() * share));
    }
}

package io.quarkiverse.deviceauthorization.runtime.protocol;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

import io.smallrye.mutiny.Uni;

/** Lets callers at the same time share one piece of work. One who stops waiting doesn't stop it. */
public final class SingleFlight<T> {

    private final AtomicReference<Uni<T>> running = new AtomicReference<>();

    /**
     * @param work what to do, unless it is being done already
     * @return its result; to be subscribed to at once
     */
    public Uni<T> join(Supplier<Uni<T>> work) {
        Uni<T> mine = Uni.createFrom().deferred(work::get)
                .onTermination().invoke(() -> running.set(null))
                .memoize().indefinitely();
        Uni<T> first = running.compareAndExchange(null, mine);
        return first != null ? first : mine;
    }

    /** @return completes when nothing is being done any more, however it ended */
    public Uni<Void> idle() {
        return Uni.createFrom().deferred(() -> {
            Uni<T> current = running.get();
            return current == null ? Uni.createFrom().voidItem()
                    : current.onItemOrFailure().transform((item, failure) -> null);
        });
    }
}

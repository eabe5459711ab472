package io.quarkiverse.deviceauthorization.benchmarks.contender;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** One after another, over and over. */
final class RoundRobin<T> {

    private final List<T> all;
    private final AtomicInteger next = new AtomicInteger();

    RoundRobin(List<T> all) {
        this.all = List.copyOf(all);
    }

    T next() {
        return all.get(Math.floorMod(next.getAndIncrement(), all.size()));
    }
}

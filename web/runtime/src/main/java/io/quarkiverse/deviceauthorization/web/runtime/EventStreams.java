package io.quarkiverse.deviceauthorization.web.runtime;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import io.quarkus.runtime.shutdown.ShutdownListener;

/** The connections by which this node tells pages what happens. */
public final class EventStreams implements ShutdownListener {

    /** One browser shows a page in a few tabs; more would keep others from theirs. */
    private static final int MOST_OF_A_FLOW = 8;

    private final Map<String, Integer> byFlow = new ConcurrentHashMap<>();
    private final Set<EventStream> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger count = new AtomicInteger();
    private volatile boolean stopped;

    EventStreams() {
    }

    /** @return whether there was room for it */
    @SuppressWarnings("ShortCircuitBoolean") // both are counted, and both are counted down
    boolean add(String flow, EventStream stream, int most) {
        boolean tooMany = count.incrementAndGet() > most
                | byFlow.merge(flow, 1, Integer::sum) > MOST_OF_A_FLOW;
        if (stopped || tooMany) {
            leave(flow);
            return false;
        }
        open.add(stream);
        return true;
    }

    void remove(String flow, EventStream stream) {
        if (open.remove(stream)) {
            leave(flow);
        }
    }

    private void leave(String flow) {
        count.decrementAndGet();
        byFlow.computeIfPresent(flow, (id, known) -> known == 1 ? null : known - 1);
    }

    /** Browsers connect again, to another node if there is one; a shutdown in good order doesn't wait for them. */
    @Override
    public void shutdown(ShutdownNotification notification) {
        stopped = true;
        open.forEach(EventStream::close);
        notification.done();
    }
}

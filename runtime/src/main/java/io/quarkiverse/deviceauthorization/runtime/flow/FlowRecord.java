package io.quarkiverse.deviceauthorization.runtime.flow;

import io.quarkiverse.deviceauthorization.store.AuthorizationStore;
import io.quarkiverse.deviceauthorization.store.StoredFlow;
import io.smallrye.mutiny.Uni;

/** What the store has of one flow: written one change after the other, each over the one before and over nothing else. */
final class FlowRecord {

    private final AuthorizationStore store;
    private long version;
    private Uni<Boolean> last;

    FlowRecord(AuthorizationStore store, long version) {
        this.store = store;
        this.version = version;
    }

    /**
     * @param flow what to store, once what is being stored now has been
     * @return whether it was done; false when another process has changed the flow
     */
    synchronized Uni<Boolean> write(StoredFlow flow) {
        Uni<Boolean> before = last;
        Uni<Boolean> mine = (before == null ? replace(flow)
                : before.onItemOrFailure().transformToUni((done, problem) -> replace(flow))).memoize().indefinitely();
        last = mine;
        return mine.onTermination().invoke(() -> forget(mine));
    }

    private Uni<Boolean> replace(StoredFlow flow) {
        return Uni.createFrom().deferred(() -> {
            long replaced = version();
            return store.replaceFlow(replaced, flow.replacing(replaced)).onItem().invoke(done -> {
                if (done) {
                    read(replaced + 1);
                }
            });
        });
    }

    private synchronized void forget(Uni<Boolean> write) {
        if (last == write) {
            last = null;
        }
    }

    private synchronized long version() {
        return version;
    }

    /** @param found the version that the store has, as far as we know */
    synchronized void read(long found) {
        version = found;
    }
}

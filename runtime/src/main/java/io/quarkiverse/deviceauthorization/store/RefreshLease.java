package io.quarkiverse.deviceauthorization.store;

import io.smallrye.mutiny.Uni;

/** The right to refresh the tokens of one owner. */
public interface RefreshLease {

    /** @return completes when others can have it; does nothing when it has run out, and others may have it already */
    Uni<Void> release();
}

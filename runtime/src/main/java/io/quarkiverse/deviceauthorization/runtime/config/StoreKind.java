package io.quarkiverse.deviceauthorization.runtime.config;

/** Where flows and tokens are kept. */
public enum StoreKind {
    /** In this process. */
    MEMORY,
    /** In files. */
    FILE
}

package io.quarkiverse.deviceauthorization.runtime.config;

/** How the person is told what to do. */
public enum PromptKind {
    /** On standard error. */
    TERMINAL,
    /** In the log, at level INFO. */
    LOG,
    /** Not at all: the application shows it. */
    NONE
}

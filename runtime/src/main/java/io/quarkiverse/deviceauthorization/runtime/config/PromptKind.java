package io.quarkiverse.deviceauthorization.runtime.config;

/** How the person is told what to do. */
public enum PromptKind {
    /** As text on standard error, with a countdown if that is a terminal. */
    TERMINAL,
    /** The same with a QR code, if the terminal can show one. */
    QR,
    /** As JSON Lines on standard error, for programs and agents. */
    JSON,
    /** In the log, at level INFO. */
    LOG,
    /** Not at all: the application shows it. */
    NONE
}

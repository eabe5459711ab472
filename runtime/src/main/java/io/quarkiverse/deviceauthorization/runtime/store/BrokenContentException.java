package io.quarkiverse.deviceauthorization.runtime.store;

/** What was read is nothing that a store has written, or has been damaged since. The message never quotes it. */
public final class BrokenContentException extends Exception {

    private static final long serialVersionUID = 1L;

    BrokenContentException(String message) {
        super(message); // no cause: a parser's message quotes what it can't read
    }
}

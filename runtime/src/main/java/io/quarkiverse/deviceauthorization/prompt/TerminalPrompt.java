package io.quarkiverse.deviceauthorization.prompt;

import java.io.PrintStream;

import io.quarkiverse.deviceauthorization.PendingAuthorization;

/** Writes to a stream, usually standard error, so that the program's own output stays clean. */
public final class TerminalPrompt implements Prompt {

    private final PrintStream out;

    /** @param out where to write */
    public TerminalPrompt(PrintStream out) {
        this.out = out;
    }

    @Override
    public void show(PendingAuthorization pending) {
        out.print("\n" + PromptText.of(pending) + "\n");
        out.flush();
    }
}

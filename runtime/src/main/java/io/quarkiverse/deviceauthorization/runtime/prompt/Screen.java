package io.quarkiverse.deviceauthorization.runtime.prompt;

import java.io.PrintStream;
import java.util.function.Supplier;

/**
 * Standard error, which the prompts of all clients share: one flow at a time has a line there that is written again and again.
 * What is known of the terminal is found out when somebody is shown something.
 */
final class Screen {

    private final PrintStream out;
    private final Supplier<Terminal> probe;
    private Terminal terminal;
    private StatusLine last;

    Screen(PrintStream out, Supplier<Terminal> probe) {
        this.out = out;
        this.probe = probe;
    }

    synchronized Terminal terminal() {
        if (terminal == null) {
            terminal = probe.get();
        }
        return terminal;
    }

    /** Writes text, below a line that some other flow has. */
    synchronized void print(String text) {
        leaveLine();
        write(text);
    }

    /** From now on, the last line is that of this flow. */
    synchronized void begin(StatusLine line, String text) {
        leaveLine();
        last = line;
        write(text);
    }

    /** @return whether the line was still the last one, and is written again */
    synchronized boolean rewrite(StatusLine line, String text) {
        boolean mine = last == line;
        if (mine) {
            write(text);
        }
        return mine;
    }

    /**
     * Writes the end of a flow, over its line if that is the last one.
     *
     * @param erase what removes its line
     */
    synchronized void end(StatusLine line, String erase, String text) {
        if (last == line) {
            last = null;
            write(erase + text);
        } else if (!text.isEmpty()) {
            print(text);
        }
    }

    private void leaveLine() {
        if (last != null) {
            last = null;
            out.print('\n');
        }
    }

    private void write(String text) {
        out.print(text);
        out.flush();
    }
}

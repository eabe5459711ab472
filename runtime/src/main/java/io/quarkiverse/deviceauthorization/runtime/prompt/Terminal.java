package io.quarkiverse.deviceauthorization.runtime.prompt;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/**
 * What is known of where a prompt is written to.
 *
 * @param attended whether it is a terminal at all, and nothing else owns that: a person reads it, and ends this program
 * @param present whether it is a terminal with control sequences
 * @param updates whether a line can be written again, since nobody else writes to the terminal all the time
 * @param colours whether it has colours and may use them
 * @param manyColours whether it has colours that no theme changes
 * @param lightBackground whether the background is known to be light
 * @param charset how characters are written to it
 * @param size finds out how large it is now, which takes some milliseconds
 */
record Terminal(boolean attended, boolean present, boolean updates, boolean colours, boolean manyColours,
        boolean lightBackground, Charset charset, Supplier<Size> size) {

    static final String PLAIN = "\033[0m";
    static final String BOLD = "\033[1m";
    static final String RED = "\033[31m";
    static final String GREEN = "\033[32m";
    static final String YELLOW = "\033[33m";

    /**
     * How large it is.
     *
     * @param columns how many characters fit into a line
     * @param rows how many lines are seen at once
     */
    record Size(int columns, int rows) {

        static final Size USUAL = new Size(80, 24);
    }

    boolean isUtf8() {
        return charset.equals(StandardCharsets.UTF_8);
    }

    String blackOnWhite() {
        return manyColours ? "\033[38;5;16;48;5;231m" : "\033[30;47m";
    }

    /** @return the text in a colour, or in bold, if it may be */
    String styled(String style, String text) {
        return colours ? style + text + PLAIN : text;
    }
}

package io.quarkiverse.deviceauthorization.runtime.prompt;

import io.quarkiverse.deviceauthorization.prompt.QrCode;

/**
 * A QR code in characters that are half a module wide and two high. Cameras want it dark on light. Where the terminal has
 * colours, it is painted so, whatever the theme. Where it has none or must not use them, blocks have the colour of the text: on
 * a dark background they are what is light, on a light one what is dark.
 */
final class QrBlocks {

    /** What is left free around it where there is little room; most cameras are content with that. */
    static final int NARROW = 2;

    private static final char[] BLOCKS = { ' ', '▀', '▄', '█' };

    private final QrCode code;
    private final int quiet;

    /** @param quiet how many light modules there are around it */
    QrBlocks(QrCode code, int quiet) {
        this.code = code;
        this.quiet = quiet;
    }

    int columns() {
        return code.size() + 2 * quiet;
    }

    int lines() {
        return (columns() + 1) / 2;
    }

    /** @return the lines, each with a line break at its end */
    String on(Terminal terminal) {
        boolean painted = terminal.colours();
        boolean blocksAreDark = painted || terminal.lightBackground();
        StringBuilder text = new StringBuilder(lines() * (columns() + 24));
        for (int y = -quiet; y < code.size() + quiet; y += 2) {
            if (painted) {
                text.append(terminal.blackOnWhite());
            }
            for (int x = -quiet; x < code.size() + quiet; x++) {
                int upper = code.isDark(x, y) == blocksAreDark ? 1 : 0;
                int lower = code.isDark(x, y + 1) == blocksAreDark ? 2 : 0;
                text.append(BLOCKS[upper + lower]);
            }
            text.append(painted ? Terminal.PLAIN : "").append('\n');
        }
        return text.toString();
    }
}

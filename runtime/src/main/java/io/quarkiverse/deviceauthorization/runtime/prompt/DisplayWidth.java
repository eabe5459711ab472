package io.quarkiverse.deviceauthorization.runtime.prompt;

/**
 * How many columns of a terminal a text takes: East Asian wide characters take two, combining ones none (Unicode Standard Annex
 * #11).
 */
final class DisplayWidth {

    /** First and last of the wide ones, in order. */
    private static final int[] WIDE = { 0x1100, 0x115F, 0x231A, 0x231B, 0x23E9, 0x23EC, 0x25FD, 0x25FE, 0x2614, 0x2615, 0x2648,
            0x2653, 0x26A1, 0x26A1, 0x2705, 0x2705, 0x270A, 0x270B, 0x274C, 0x274C, 0x2753, 0x2755, 0x2E80, 0x303E, 0x3041,
            0x33FF, 0x3400, 0x4DBF, 0x4E00, 0xA4CF, 0xA960, 0xA97F, 0xAC00, 0xD7A3, 0xF900, 0xFAFF, 0xFE30, 0xFE6F, 0xFF00,
            0xFF60, 0xFFE0, 0xFFE6, 0x1F300, 0x1F64F, 0x1F680, 0x1F6FF, 0x1F900, 0x1F9FF, 0x20000, 0x3FFFD };

    private static final int FIRST_WIDE = WIDE[0];

    private DisplayWidth() {
    }

    static int of(String text) {
        int width = 0;
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            width += of(text.codePointAt(i));
        }
        return width;
    }

    private static int of(int character) {
        if (character < 0x300) {
            return 1;
        }
        return switch (Character.getType(character)) {
            case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.FORMAT -> 0;
            default -> isWide(character) ? 2 : 1;
        };
    }

    private static boolean isWide(int character) {
        if (character < FIRST_WIDE) {
            return false;
        }
        for (int i = 0; i < WIDE.length; i += 2) {
            if (character >= WIDE[i] && character <= WIDE[i + 1]) {
                return true;
            }
        }
        return false;
    }

    /** @return as much of the text as fits, with all that combines with its last character */
    static String cut(String text, int columns) {
        int width = 0;
        int end = 0;
        while (end < text.length()) {
            int character = text.codePointAt(end);
            width += of(character);
            if (width > columns) {
                break;
            }
            end += Character.charCount(character);
        }
        return text.substring(0, end);
    }

    /** @return the text with its spaces as line breaks where it would be too wide; words stay whole, so that URIs do */
    static String wrap(String text, int columns) {
        StringBuilder wrapped = new StringBuilder(text.length());
        int width = 0;
        for (String word : text.split(" ")) {
            int more = of(word);
            if (!wrapped.isEmpty()) {
                boolean fits = width + 1 + more <= columns;
                wrapped.append(fits ? ' ' : '\n');
                width = fits ? width + 1 : 0;
            }
            wrapped.append(word);
            width += more;
        }
        return wrapped.toString();
    }
}

package io.quarkiverse.deviceauthorization.docs;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A line on a terminal.
 *
 * @param spans its parts, each in one style
 */
record TerminalLine(List<Span> spans) {

    private static final Pattern STYLE = Pattern.compile("\u001B\\[([0-9;]*)m|\u001B[(\\[][0-9;?]*[A-Za-z]|\u000F|\u000E");
    private static final List<String> COLOURS = List.of("#3b4252", "#ff7b72", "#7ee787", "#f2cc60", "#79b8ff", "#d2a8ff",
            "#76e3ea", "#d8dee6", "#6e7681", "#ffa198", "#a5f0b1", "#f8e3a1", "#a5d6ff", "#e2c5ff", "#b3f0f5", "#ffffff");
    private static final String PAPER = "#161b22";
    private static final String INK = "#d8dee6";

    /** A part in one style; colours are empty where they are those of the terminal. */
    record Span(int column, String text, String foreground, String background, boolean bold, boolean dim) {
    }

    static TerminalLine of(String line) {
        return of(line, new Style());
    }

    /** @return the lines of a terminal; a style lasts until there is another one, also on the next line */
    static List<TerminalLine> all(List<String> lines) {
        Style style = new Style();
        return lines.stream().map(line -> of(line, style)).toList();
    }

    private static TerminalLine of(String line, Style style) {
        List<Span> spans = new ArrayList<>();
        Matcher escape = STYLE.matcher(line);
        int end = 0;
        int column = 0;
        while (escape.find()) {
            column = add(spans, column, line.substring(end, escape.start()), style);
            if (escape.group(1) != null) {
                style.apply(escape.group(1));
            }
            end = escape.end();
        }
        add(spans, column, line.substring(end), style);
        return new TerminalLine(spans);
    }

    private static int add(List<Span> spans, int column, String text, Style style) {
        if (!text.isEmpty()) {
            spans.add(new Span(column, text, style.reverse ? or(style.background, PAPER) : style.foreground,
                    style.reverse ? or(style.foreground, INK) : style.background, style.bold, style.dim));
        }
        return column + text.length();
    }

    private static String or(String colour, String other) {
        return colour.isEmpty() ? other : colour;
    }

    /** @return the line without its styles */
    String text() {
        return spans.stream().map(Span::text).collect(Collectors.joining());
    }

    /** @return whether nothing can be seen */
    boolean isEmpty() {
        return columns() == 0;
    }

    /** @return how many columns there are to be seen: painted ones count, also if they are empty */
    int columns() {
        return spans.stream().mapToInt(span -> span.background().isEmpty() ? end(span.column(), span.text().stripTrailing())
                : end(span.column(), span.text())).max().orElse(0);
    }

    private static int end(int column, String text) {
        return text.isEmpty() ? 0 : column + text.length();
    }

    /** @return the line without its styles and blocks */
    String words() {
        return text().replaceAll("[█▀▄]", "").strip();
    }

    private static final class Style {

        private String foreground = "";
        private String background = "";
        private boolean bold;
        private boolean dim;
        private boolean reverse;

        private void apply(String codes) {
            String[] numbers = codes.isEmpty() ? new String[] { "0" } : codes.split(";");
            for (int index = 0; index < numbers.length; index++) {
                int code = numbers[index].isEmpty() ? 0 : Integer.parseInt(numbers[index]);
                if ((code == 38 || code == 48) && index + 2 < numbers.length && numbers[index + 1].equals("5")) {
                    colour(code == 38, Integer.parseInt(numbers[index + 2]));
                    index += 2;
                } else if ((code == 38 || code == 48) && index + 4 < numbers.length) {
                    set(code == 38, "rgb(" + numbers[index + 2] + "," + numbers[index + 3] + "," + numbers[index + 4] + ")");
                    index += 4;
                } else {
                    apply(code);
                }
            }
        }

        private void apply(int code) {
            switch (code) {
                case 0 -> {
                    foreground = "";
                    background = "";
                    bold = false;
                    dim = false;
                    reverse = false;
                }
                case 1 -> bold = true;
                case 2 -> dim = true;
                case 7 -> reverse = true;
                case 22 -> {
                    bold = false;
                    dim = false;
                }
                case 27 -> reverse = false;
                case 39 -> foreground = "";
                case 49 -> background = "";
                default -> {
                    if (code >= 30 && code < 38 || code >= 90 && code < 98) {
                        colour(true, code >= 90 ? code - 82 : code - 30);
                    } else if (code >= 40 && code < 48 || code >= 100 && code < 108) {
                        colour(false, code >= 100 ? code - 92 : code - 40);
                    }
                }
            }
        }

        private void colour(boolean front, int number) {
            set(front, number < 16 ? COLOURS.get(number) : number == 231 ? "#ffffff" : PAPER);
        }

        private void set(boolean front, String colour) {
            if (front) {
                foreground = colour;
            } else {
                background = colour;
            }
        }
    }
}

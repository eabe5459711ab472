package io.quarkiverse.deviceauthorization.runtime.prompt;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

import io.quarkiverse.deviceauthorization.prompt.QrReader;

/**
 * A terminal that understands what prompts write: characters of one and two columns, carriage return and line feed, cursor up,
 * erasing, and colours. What is not flushed doesn't arrive.
 */
final class FakeTerminal {

    /** What a theme makes of the colours that a program doesn't choose, as 0xRRGGBB. */
    record Theme(int text, int background) {

        static final Theme DARK = new Theme(0xcccccc, 0x101020);
        static final Theme LIGHT = new Theme(0x303030, 0xfdf6e3);
    }

    /** A character in its colours; -1 is that of the theme. */
    private record Cell(String character, int foreground, int background) {

        static final Cell EMPTY = new Cell(" ", -1, -1);
        /** The right half of a wide one. */
        static final Cell HALF = new Cell("", -1, -1);
    }

    private static final int UNSET = -1;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out;
    private final Charset charset;
    private final List<Cell[]> lines = new ArrayList<>();
    private int columns;
    private int rows;
    private int asked;
    private int row;
    private int column;
    private int foreground = UNSET;
    private int background = UNSET;

    FakeTerminal(int columns, int rows) {
        this(columns, rows, StandardCharsets.UTF_8);
    }

    FakeTerminal(int columns, int rows, Charset charset) {
        this.columns = columns;
        this.rows = rows;
        this.charset = charset;
        this.out = new PrintStream(new BufferedOutputStream(bytes, 1 << 20), false, charset);
    }

    PrintStream out() {
        return out;
    }

    /** A screen that is this terminal, in whose window nobody else writes. */
    Screen screen(boolean colours, boolean lightBackground) {
        return new Screen(out, () -> new Terminal(true, true, true, colours, true, lightBackground, charset, this::size));
    }

    Screen screen() {
        return screen(true, false);
    }

    /** A file, or a terminal without control sequences. */
    Screen file() {
        return new Screen(out, () -> new Terminal(false, false, false, false, false, false, charset, this::size));
    }

    private Terminal.Size size() {
        asked++;
        return new Terminal.Size(columns, rows);
    }

    /** How many times somebody asked how large it is. */
    int asked() {
        return asked;
    }

    /** All that was written, with control sequences. */
    String written() {
        return bytes.toString(charset);
    }

    /** The window gets another width, and the lines are broken anew, as most terminals do. */
    void resize(int width, int height) {
        lines();
        List<Cell[]> before = new ArrayList<>(lines);
        lines.clear();
        int cursorLine = row;
        for (int i = 0; i < before.size(); i++) {
            Cell[] line = trimmed(before.get(i), i == cursorLine ? column : 0);
            for (int from = 0; from == 0 || from < line.length; from += width) {
                lines.add(Arrays.copyOf(Arrays.copyOfRange(line, from, Math.min(line.length, from + width)), width));
                fill(lines.get(lines.size() - 1));
            }
            if (i == cursorLine) {
                row = lines.size() - 1;
                column = line.length == 0 ? 0 : (line.length - 1) % width + 1;
            }
        }
        columns = width;
        rows = height;
    }

    private static Cell[] trimmed(Cell[] line, int atLeast) {
        int length = line.length;
        while (length > atLeast && line[length - 1].equals(Cell.EMPTY)) {
            length--;
        }
        return Arrays.copyOf(line, length);
    }

    private static void fill(Cell[] line) {
        for (int i = 0; i < line.length; i++) {
            line[i] = line[i] == null ? Cell.EMPTY : line[i];
        }
    }

    /** The lines with what was written by now, without spaces at their ends. */
    List<String> lines() {
        read(bytes.toString(charset));
        return lines.stream()
                .map(line -> Arrays.stream(line).map(Cell::character).collect(Collectors.joining()).stripTrailing())
                .toList();
    }

    /** The lines that are seen in the window. */
    List<String> window() {
        List<String> all = lines();
        return all.subList(Math.max(0, all.size() - rows), all.size());
    }

    /** Where the cursor is, from 0. */
    int column() {
        lines();
        return column;
    }

    /** What a camera sees that is held in front of the window: each half of a character is a dot. */
    String scan(Theme theme) {
        List<String> all = lines();
        int first = Math.max(0, all.size() - rows);
        return QrReader.read(columns, 2 * rows, (x, y) -> {
            Cell cell = first + y / 2 < lines.size() ? lines.get(first + y / 2)[x] : Cell.EMPTY;
            boolean upper = y % 2 == 0;
            boolean filled = switch (cell.character) {
                case "█" -> true;
                case "▀" -> upper;
                case "▄" -> !upper;
                default -> false;
            };
            return filled ? cell.foreground == UNSET ? theme.text : cell.foreground
                    : cell.background == UNSET ? theme.background : cell.background;
        });
    }

    private int read;

    private void read(String text) {
        while (read < text.length()) {
            int character = text.codePointAt(read);
            read += Character.charCount(character);
            if (character == '\033') {
                int end = read + 1;
                while (!Character.isLetter(text.charAt(end))) {
                    end++;
                }
                control(text.charAt(end), text.substring(read + 1, end));
                read = end + 1;
            } else if (character == '\r') {
                column = 0;
            } else if (character == '\n') {
                row++;
                column = 0;
                line();
            } else {
                put(Character.toString(character));
            }
        }
    }

    private void control(char command, String parameters) {
        switch (command) {
            case 'A' -> row = Math.max(0, row - Integer.parseInt(parameters));
            case 'J' -> {
                Arrays.fill(line(), Math.min(column, columns), columns, Cell.EMPTY);
                while (lines.size() > row + 1) {
                    lines.remove(lines.size() - 1);
                }
            }
            case 'm' -> colours(parameters);
            default -> throw new AssertionError("This terminal doesn't know CSI " + parameters + command);
        }
    }

    private void colours(String parameters) {
        switch (parameters) {
            case "0" -> {
                foreground = UNSET;
                background = UNSET;
            }
            case "38;5;16;48;5;231", "30;47" -> {
                foreground = 0x000000;
                background = parameters.equals("30;47") ? 0xc0c0c0 : 0xffffff;
            }
            case "1", "31", "32", "33" -> foreground = UNSET; // bold and colours of text are all the same to a camera
            default -> throw new AssertionError("This terminal doesn't know the colour " + parameters);
        }
    }

    private void put(String character) {
        int width = DisplayWidth.of(character);
        if (width == 0) {
            Cell before = line()[column - 1];
            line()[column - 1] = new Cell(before.character + character, before.foreground, before.background);
            return;
        }
        if (column + width > columns) {
            row++;
            column = 0;
        }
        line()[column] = new Cell(character, foreground, background);
        if (width == 2) {
            line()[column + 1] = Cell.HALF;
        }
        column += width;
    }

    private Cell[] line() {
        while (lines.size() <= row) {
            Cell[] line = new Cell[columns];
            Arrays.fill(line, Cell.EMPTY);
            lines.add(line);
        }
        return lines.get(row);
    }
}

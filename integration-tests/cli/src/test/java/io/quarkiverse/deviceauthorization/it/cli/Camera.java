package io.quarkiverse.deviceauthorization.it.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.DecodeHintType;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.ReaderException;
import com.google.zxing.common.GlobalHistogramBinarizer;
import com.google.zxing.qrcode.QRCodeReader;

/** The camera of a phone that is held in front of a terminal. */
final class Camera {

    /** What a theme makes of the colours that a program doesn't choose, as 0xRRGGBB. */
    record Theme(int text, int background) {

        static final Theme DARK = new Theme(0xcccccc, 0x101020);
        static final Theme LIGHT = new Theme(0x303030, 0xfdf6e3);
    }

    /** From how near it is held, one after the other: the reader fails at one of a thousand codes, at others from elsewhere. */
    private static final int[] SCALES = { 6, 3, 5, 8 };

    private final Theme theme;
    private int foreground;
    private int background;

    private Camera(Theme theme) {
        this.theme = theme;
        this.foreground = theme.text;
        this.background = theme.background;
    }

    /**
     * @param screen lines with colours, as tmux tells them
     * @return the text of the QR code
     */
    static String scan(String screen, int columns, Theme theme) {
        return new Camera(theme).scan(screen, columns);
    }

    private String scan(String screen, int columns) {
        List<int[]> dots = new ArrayList<>();
        for (String line : screen.split("\n")) {
            int[] upper = new int[columns];
            int[] lower = new int[columns];
            paint(line, upper, lower);
            dots.add(upper);
            dots.add(lower);
        }
        ReaderException unreadable = null;
        for (int scale : SCALES) {
            try {
                return read(dots, columns, scale);
            } catch (ReaderException e) {
                unreadable = e;
            }
        }
        throw new AssertionError("No QR code can be read from:\n" + screen, unreadable);
    }

    private static String read(List<int[]> dots, int columns, int scale) throws ReaderException {
        int width = columns * scale;
        int height = dots.size() * scale;
        int[] pixels = new int[width * height];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = dots.get(i / width / scale)[i % width / scale];
        }
        return new QRCodeReader().decode(
                new BinaryBitmap(new GlobalHistogramBinarizer(new RGBLuminanceSource(width, height, pixels))),
                Map.of(DecodeHintType.TRY_HARDER, true)).getText();
    }

    private void paint(String line, int[] upper, int[] lower) {
        int column = 0;
        for (int i = 0; i < line.length(); i++) {
            char character = line.charAt(i);
            if (character == '\033') {
                int end = line.indexOf('m', i);
                colours(line.substring(i + 2, end));
                i = end;
            } else {
                upper[column] = character == '█' || character == '▀' ? foreground : background;
                lower[column] = character == '█' || character == '▄' ? foreground : background;
                column++;
            }
        }
        for (; column < upper.length; column++) {
            upper[column] = theme.background;
            lower[column] = theme.background;
        }
    }

    private void colours(String parameters) {
        String[] codes = parameters.split(";");
        for (int i = 0; i < codes.length; i++) {
            switch (codes[i]) {
                case "0", "" -> {
                    foreground = theme.text;
                    background = theme.background;
                }
                case "39" -> foreground = theme.text;
                case "49" -> background = theme.background;
                case "30" -> foreground = 0x000000;
                case "47" -> background = 0xc0c0c0;
                case "38", "48" -> {
                    int colour = codes[i + 2].equals("16") ? 0x000000 : codes[i + 2].equals("231") ? 0xffffff : 0x808080;
                    if (codes[i].equals("38")) {
                        foreground = colour;
                    } else {
                        background = colour;
                    }
                    i += 2;
                }
                default -> {
                    // bold and colours of text are all the same to a camera
                }
            }
        }
    }
}

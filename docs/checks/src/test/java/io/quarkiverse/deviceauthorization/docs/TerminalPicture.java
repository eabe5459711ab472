package io.quarkiverse.deviceauthorization.docs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Draws what is on a terminal, as {@code tmux capture-pane -e -p} tells it, as an SVG: {@code pictures.sh}. Texts stay texts;
 * half blocks, of which QR codes are made, become rectangles, since fonts leave gaps between them.
 */
final class TerminalPicture {

    private static final double WIDTH = 8.4;
    private static final double HEIGHT = 18;
    private static final double MARGIN = 16;
    private static final double BAR = 26;

    private final String title;
    private final List<TerminalLine> lines;

    TerminalPicture(String title, List<TerminalLine> lines) {
        this.title = title;
        this.lines = lines;
    }

    /** @param arguments the title of the picture; the terminal comes from standard input */
    public static void main(String... arguments) throws IOException {
        List<TerminalLine> lines = new ArrayList<>(TerminalLine.all(
                new String(System.in.readAllBytes(), StandardCharsets.UTF_8).lines().toList()));
        while (!lines.isEmpty() && lines.get(lines.size() - 1).isEmpty()) {
            lines.remove(lines.size() - 1);
        }
        while (!lines.isEmpty() && lines.get(0).isEmpty()) {
            lines.remove(0);
        }
        System.out.write(new TerminalPicture(arguments[0], lines).svg().getBytes(StandardCharsets.UTF_8));
        System.out.flush();
    }

    String svg() {
        int columns = Math.max(60, lines.stream().mapToInt(TerminalLine::columns).max().orElse(0));
        double width = columns * WIDTH + 2 * MARGIN;
        double height = lines.size() * HEIGHT + 2 * MARGIN + BAR;
        StringBuilder svg = new StringBuilder();
        svg.append(format("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %s %s\" role=\"img\""
                + " aria-labelledby=\"title desc\">\n", number(width), number(height)));
        svg.append("<title id=\"title\">").append(escaped(title)).append("</title>\n");
        svg.append("<desc id=\"desc\">").append(escaped(lines.stream().map(TerminalLine::words)
                .filter(line -> !line.isBlank()).collect(Collectors.joining(" ")))).append("</desc>\n");
        svg.append("<style>text{font:14px ui-monospace,Menlo,Consolas,\"DejaVu Sans Mono\",monospace;white-space:pre;"
                + "fill:#d8dee6}.b{font-weight:bold}.d{fill:#9aa5b1}</style>\n");
        svg.append(format("<rect width=\"%s\" height=\"%s\" rx=\"8\" fill=\"#161b22\"/>\n", number(width), number(height)));
        svg.append("<g fill=\"#4a5563\"><circle cx=\"18\" cy=\"16\" r=\"5\"/><circle cx=\"36\" cy=\"16\" r=\"5\"/>"
                + "<circle cx=\"54\" cy=\"16\" r=\"5\"/></g>\n");
        for (int row = 0; row < lines.size(); row++) {
            double top = BAR + MARGIN + row * HEIGHT;
            for (TerminalLine.Span span : lines.get(row).spans()) {
                append(svg, span, top);
            }
        }
        return svg.append("</svg>\n").toString();
    }

    private static void append(StringBuilder svg, TerminalLine.Span span, double top) {
        String text = span.text();
        double left = MARGIN + span.column() * WIDTH;
        if (!span.background().isEmpty()) {
            svg.append(rectangle(left, top, text.length() * WIDTH, HEIGHT, span.background()));
        }
        if (text.chars().anyMatch(TerminalPicture::isBlock)) {
            for (int index = 0; index < text.length(); index++) {
                char sign = text.charAt(index);
                if (isBlock(sign)) {
                    double down = sign == '▄' ? HEIGHT / 2 : 0;
                    double high = sign == '█' ? HEIGHT : HEIGHT / 2;
                    svg.append(rectangle(left + index * WIDTH, top + down, WIDTH, high,
                            span.foreground().isEmpty() ? "#d8dee6" : span.foreground()));
                }
            }
        } else if (!text.isBlank()) {
            int begin = text.length() - text.stripLeading().length();
            String words = text.strip();
            svg.append(format("<text x=\"%s\" y=\"%s\" textLength=\"%s\"", number(left + begin * WIDTH),
                    number(top + HEIGHT - 5), number(words.length() * WIDTH)));
            String style = (span.bold() ? "b " : "") + (span.dim() ? "d" : "");
            svg.append(style.isBlank() ? "" : " class=\"" + style.strip() + "\"");
            svg.append(span.foreground().isEmpty() ? "" : " style=\"fill:" + span.foreground() + "\"");
            svg.append(">").append(escaped(words)).append("</text>\n");
        }
    }

    private static boolean isBlock(int sign) {
        return sign == '█' || sign == '▀' || sign == '▄';
    }

    private static String rectangle(double left, double top, double width, double height, String colour) {
        return format("<rect x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" fill=\"%s\" shape-rendering=\"crispEdges\"/>\n",
                number(left), number(top), number(width), number(height), colour);
    }

    private static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value).replace(".0", "");
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}

package io.quarkiverse.deviceauthorization.prompt;

import java.nio.charset.StandardCharsets;

import io.nayuki.qrcodegen.DataTooLongException;
import io.nayuki.qrcodegen.QrCode.Ecc;

/**
 * A QR code (ISO/IEC 18004): a square of dark and light modules, for verification URIs that a phone is to open (RFC 8628
 * §3.3.1). Immutable. Whoever draws it leaves {@value #QUIET_ZONE} light modules free on each side, or else readers may not
 * find it.
 */
public final class QrCode {

    /** How many light modules belong around a QR code. */
    public static final int QUIET_ZONE = 4;

    private static final int MOST_BYTES = 2953;

    private final io.nayuki.qrcodegen.QrCode code;

    private QrCode(io.nayuki.qrcodegen.QrCode code) {
        this.code = code;
    }

    /**
     * Makes the smallest QR code that holds a text, with the best error correction that this size has room for.
     *
     * @param text the text, such as a URI
     * @return its QR code
     * @throws IllegalArgumentException if the text is longer than any QR code can hold, which is 2,953 bytes of UTF-8
     */
    public static QrCode of(String text) {
        try {
            return new QrCode(io.nayuki.qrcodegen.QrCode.encodeText(text, Ecc.LOW));
        } catch (DataTooLongException e) {
            throw new IllegalArgumentException("No QR code can hold this text of "
                    + text.getBytes(StandardCharsets.UTF_8).length + " bytes: " + MOST_BYTES + " are the most", e);
        }
    }

    /** @return how many modules it is wide and high, without the quiet zone */
    public int size() {
        return code.size;
    }

    /**
     * @param x the column, counted from the left from 0
     * @param y the row, counted from the top from 0
     * @return whether that module is dark; all around the code are light
     */
    public boolean isDark(int x, int y) {
        return code.getModule(x, y);
    }

    /**
     * Draws it dark on light, whatever the colours of the page are: many readers know no other way round. There is no size, no
     * style attribute and no identifier, so that a page can size it, hold several, and have a strict content security policy.
     *
     * @return an {@code <svg>} element with its quiet zone
     */
    public String svg() {
        int all = code.size + 2 * QUIET_ZONE;
        StringBuilder svg = new StringBuilder(all * all * 4)
                .append("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 ").append(all).append(' ').append(all)
                .append("\" shape-rendering=\"crispEdges\"><rect width=\"100%\" height=\"100%\" fill=\"#fff\"/><path d=\"");
        for (int y = 0; y < code.size; y++) {
            row(y, svg);
        }
        return svg.append("\"/></svg>").toString();
    }

    /** One rectangle for each run of dark modules. */
    private void row(int y, StringBuilder svg) {
        int x = 0;
        while (x < code.size) {
            int from = x;
            while (isDark(x, y)) {
                x++;
            }
            if (x > from) {
                svg.append('M').append(from + QUIET_ZONE).append(' ').append(y + QUIET_ZONE)
                        .append('h').append(x - from).append("v1H").append(from + QUIET_ZONE).append('z');
            } else {
                x++;
            }
        }
    }
}

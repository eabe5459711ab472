package io.quarkiverse.deviceauthorization.prompt;

import java.util.Map;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.DecodeHintType;
import com.google.zxing.NotFoundException;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.ReaderException;
import com.google.zxing.common.GlobalHistogramBinarizer;
import com.google.zxing.qrcode.QRCodeReader;

/** Reads QR codes from pictures, as the camera of a phone does: it has to find them first. */
public final class QrReader {

    /**
     * How many pixels of the picture a module, or whatever a picture is made of, is wide and high, one after the other: the
     * reader fails at one of a thousand codes, at others from elsewhere.
     */
    private static final int[] SCALES = { 5, 3, 6, 8 };

    @FunctionalInterface
    public interface Picture {

        /** @return the colour there, as 0xRRGGBB */
        int at(int x, int y);
    }

    private QrReader() {
    }

    /**
     * @return the text of the QR code
     * @throws AssertionError if there is none that can be read
     */
    public static String read(int width, int height, Picture picture) {
        ReaderException unreadable = null;
        for (int scale : SCALES) {
            try {
                return read(width, height, picture, scale);
            } catch (ReaderException e) {
                unreadable = e;
            }
        }
        throw new AssertionError(unreadable instanceof NotFoundException ? "There is no QR code in the picture"
                : "There is a QR code in the picture, but it can't be read", unreadable);
    }

    private static String read(int width, int height, Picture picture, int scale) throws ReaderException {
        int[] pixels = new int[width * scale * height * scale];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = picture.at(i % (width * scale) / scale, i / (width * scale) / scale);
        }
        return new QRCodeReader().decode(new BinaryBitmap(new GlobalHistogramBinarizer(
                new RGBLuminanceSource(width * scale, height * scale, pixels))), Map.of(DecodeHintType.TRY_HARDER, true))
                .getText();
    }
}

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

    /** How many pixels of the picture a module, or whatever a picture is made of, is wide and high. */
    private static final int SCALE = 5;

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
        int[] pixels = new int[width * SCALE * height * SCALE];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = picture.at(i % (width * SCALE) / SCALE, i / (width * SCALE) / SCALE);
        }
        try {
            return new QRCodeReader().decode(new BinaryBitmap(new GlobalHistogramBinarizer(
                    new RGBLuminanceSource(width * SCALE, height * SCALE, pixels))), Map.of(DecodeHintType.TRY_HARDER, true))
                    .getText();
        } catch (NotFoundException e) {
            throw new AssertionError("There is no QR code in the picture", e);
        } catch (ReaderException e) {
            throw new AssertionError("There is a QR code in the picture, but it can't be read", e);
        }
    }
}

package io.quarkiverse.deviceauthorization.it.web;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;

import javax.imageio.ImageIO;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.DecodeHintType;
import com.google.zxing.NotFoundException;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.multi.qrcode.QRCodeMultiReader;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.ScreenshotOptions;

/** Pictures of pages, for people and for the camera of a phone. */
final class Screenshots {

    private static final Path DIRECTORY = Path.of("target", "screenshots");

    private Screenshots() {
    }

    static void take(Page page, String name) {
        page.screenshot(new ScreenshotOptions().setPath(DIRECTORY.resolve(name + ".png")).setFullPage(true));
    }

    /** @return what a camera reads that sees the whole page; a reader of one code fails at some of a thousand */
    static String qrCode(Page page) {
        try {
            BufferedImage image = ImageIO.read(new ByteArrayInputStream(page.screenshot()));
            int[] pixels = image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
            return new QRCodeMultiReader().decodeMultiple(new BinaryBitmap(new HybridBinarizer(
                    new RGBLuminanceSource(image.getWidth(), image.getHeight(), pixels))),
                    Map.of(DecodeHintType.TRY_HARDER, true))[0].getText();
        } catch (NotFoundException e) {
            throw new AssertionError("There is no QR code on the page, or none that can be read", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package io.quarkiverse.deviceauthorization.runtime.store;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Makes text of bytes that hold secrets, and leaves one copy less of them in memory. The text itself can't be overwritten. */
final class Wiping {

    private Wiping() {
    }

    /** @return the text, in UTF-8; the bytes are zero afterwards */
    static String text(byte[] bytes) {
        try {
            return new String(bytes, StandardCharsets.UTF_8);
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }
}

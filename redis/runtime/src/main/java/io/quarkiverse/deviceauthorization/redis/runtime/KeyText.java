package io.quarkiverse.deviceauthorization.redis.runtime;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

import io.quarkiverse.deviceauthorization.store.AuthorizationStoreException;

/**
 * Parts of keys for names that may be any text: never the same for two, and without what has a meaning in keys and patterns
 * (<code>: { } * ? [ ] \</code>), white space and control characters.
 */
final class KeyText {

    private static final String PLAIN = "-._~@|<>+/=";
    private static final char ESCAPE = '%';

    /** Redis Cluster takes no empty text between braces for a hash tag. */
    private static final String EMPTY = String.valueOf(ESCAPE);

    private KeyText() {
    }

    /**
     * @param text any text
     * @return the text, with each byte of UTF-8 that is not plain as {@code %} and two hexadecimal digits; {@code %} if empty
     * @throws AuthorizationStoreException if the text has half a surrogate pair, which UTF-8 doesn't have
     */
    static String encode(String text) {
        if (text.isEmpty()) {
            return EMPTY;
        }
        StringBuilder encoded = new StringBuilder(text.length() + 8);
        ByteBuffer bytes = utf8(text);
        while (bytes.hasRemaining()) {
            byte next = bytes.get();
            if (isPlain(next)) {
                encoded.append((char) next);
            } else {
                encoded.append(ESCAPE).append(digit(next >> 4)).append(digit(next));
            }
        }
        return encoded.toString();
    }

    private static ByteBuffer utf8(String text) {
        try {
            return StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
        } catch (CharacterCodingException e) {
            throw new AuthorizationStoreException(
                    "A name or id has half a surrogate pair, which is no text that Redis can keep."
                            + " Use another one",
                    null);
        }
    }

    private static boolean isPlain(byte next) {
        return next >= 'a' && next <= 'z' || next >= 'A' && next <= 'Z' || next >= '0' && next <= '9'
                || PLAIN.indexOf(next) >= 0;
    }

    private static char digit(int bits) {
        return Character.toUpperCase(Character.forDigit(bits & 0xF, 16));
    }

    /**
     * @param encoded what {@link #encode} has made
     * @return the text
     */
    static String decode(String encoded) {
        if (encoded.equals(EMPTY)) {
            return "";
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(encoded.length());
        for (int i = 0; i < encoded.length(); i++) {
            if (encoded.charAt(i) == ESCAPE) {
                bytes.write(Integer.parseInt(encoded, i + 1, i + 3, 16));
                i += 2;
            } else {
                bytes.write(encoded.charAt(i));
            }
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}

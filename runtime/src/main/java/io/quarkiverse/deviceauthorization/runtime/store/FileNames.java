package io.quarkiverse.deviceauthorization.runtime.store;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Names of files for names that may be any text: safe on every file system, also on one that doesn't tell capital letters from
 * small ones, and never the same for two.
 */
final class FileNames {

    private static final Pattern PLAIN = Pattern.compile("[a-z0-9_-]{1,40}");

    /** Windows takes these for devices, whatever follows after a dot. */
    private static final Pattern DEVICE = Pattern.compile("con|prn|aux|nul|com[0-9]|lpt[0-9]");

    private static final int SLUG_LENGTH = 24;
    private static final int DIGEST_BYTES = 16;

    private FileNames() {
    }

    /**
     * @param name any text
     * @return the text itself if it is plain, else what is left of it for people to recognise, {@code ~}, and the beginning of
     *         its SHA-256 digest in hexadecimal
     */
    static String of(String name) {
        return PLAIN.matcher(name).matches() && !DEVICE.matcher(name).matches() ? name
                : slug(name) + "~" + HexFormat.of().formatHex(digest(name), 0, DIGEST_BYTES);
    }

    /** @return the text that a file is named after, if it is named by the text itself */
    static Optional<String> plainName(Path file, String suffix) {
        String name = file.getFileName().toString();
        return Optional.of(name.substring(0, name.length() - suffix.length())).filter(text -> of(text).equals(text));
    }

    private static String slug(String name) {
        String beginning = name.substring(0, Math.min(name.length(), 4 * SLUG_LENGTH)).toLowerCase(Locale.ROOT);
        String slug = beginning.replaceAll("[^a-z0-9_]+", "-").replaceAll("^-|-$", "");
        return slug.substring(0, Math.min(slug.length(), SLUG_LENGTH));
    }

    /** @return a number of 62 bits that no two names have in common, as far as anybody knows */
    static long hash(String name) {
        return ByteBuffer.wrap(digest(name)).getLong() >>> 2;
    }

    private static byte[] digest(String name) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            try {
                digest.update(StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(name)));
            } catch (CharacterCodingException e) { // half a surrogate pair
                digest.update((byte) 0xFF); // which is never part of UTF-8
                name.chars().forEach(unit -> digest.update(new byte[] { (byte) (unit >> Byte.SIZE), (byte) unit }));
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}

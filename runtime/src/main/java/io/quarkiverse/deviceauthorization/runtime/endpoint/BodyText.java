package io.quarkiverse.deviceauthorization.runtime.endpoint;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/**
 * The text of a body, however it is packed and encoded. JSON is UTF-8 (RFC 8259 §8.1), but servers and what is in front of them
 * send other things too. What is no text of its encoding is replaced, since a good answer is not less good for a description
 * that isn't UTF-8.
 */
final class BodyText {

    private static final Pattern CHARSET = Pattern.compile("charset\\s*=\\s*\"?([A-Za-z0-9_.:-]{1,40})");

    private BodyText() {
    }

    /**
     * @param body the body
     * @param contentType its content type, in lower case
     * @return its text without a byte order mark; empty when it unpacks to more than an answer may have, or not at all
     */
    static Optional<String> of(byte[] body, String contentType) {
        byte[] unpacked = isGzip(body) ? unpack(body) : body;
        if (unpacked == null) {
            return Optional.empty();
        }
        String text = new String(unpacked, charset(unpacked, contentType));
        return Optional.of(!text.isEmpty() && text.charAt(0) == '\uFEFF' ? text.substring(1) : text);
    }

    /** We don't ask for it, and some send it nevertheless; not all say so in {@code Content-Encoding}. */
    private static boolean isGzip(byte[] body) {
        return body.length > 2 && body[0] == 0x1F && body[1] == (byte) 0x8B;
    }

    /** A small body can unpack to gigabytes: no more is unpacked than could have been sent. */
    private static byte[] unpack(byte[] body) {
        try (GZIPInputStream unpacking = new GZIPInputStream(new ByteArrayInputStream(body))) {
            byte[] unpacked = unpacking.readNBytes(AnswerLimits.MAX_BYTES + 1);
            return unpacked.length > AnswerLimits.MAX_BYTES ? null : unpacked;
        } catch (IOException e) {
            return null;
        }
    }

    private static Charset charset(byte[] body, String contentType) {
        if (startsWith(body, 0xFE, 0xFF) || startsWith(body, 0, '{')) {
            return StandardCharsets.UTF_16BE;
        }
        if (startsWith(body, 0xFF, 0xFE) || startsWith(body, '{', 0)) {
            return StandardCharsets.UTF_16LE;
        }
        if (contentType.contains("charset") && !contentType.endsWith("charset=utf-8") && !startsWith(body, 0xEF, 0xBB)) {
            Matcher named = CHARSET.matcher(contentType);
            if (named.find()) {
                return known(named.group(1));
            }
        }
        return StandardCharsets.UTF_8;
    }

    private static boolean startsWith(byte[] body, int first, int second) {
        return body.length > 1 && body[0] == (byte) first && body[1] == (byte) second;
    }

    private static Charset known(String name) {
        try {
            return Charset.forName(name.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            return StandardCharsets.UTF_8; // a charset that nobody has heard of, or a name that is none
        }
    }
}

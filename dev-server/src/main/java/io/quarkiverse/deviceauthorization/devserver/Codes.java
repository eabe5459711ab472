package io.quarkiverse.deviceauthorization.devserver;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Locale;

/** Makes the codes and opaque tokens. */
final class Codes {

    /** No vowels, so no words; nothing that looks like something else (RFC 8628 §6.1). 8 of them: 34.5 bits. */
    private static final String USER_CODE_ALPHABET = "BCDFGHJKLMNPQRSTVWXZ";

    private final SecureRandom random = new SecureRandom();

    /** 256 bits, base64url. */
    String opaque() {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** The SHA-256 digest of ASCII text, base64url: {@code S256} (RFC 7636 §4.2) and {@code ath} (RFC 9449 §4.2). */
    static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    /** For example {@code WDJB-MJHT}. */
    String userCode() {
        StringBuilder code = new StringBuilder(9);
        while (code.length() < 9) {
            code.append(code.length() == 4 ? '-'
                    : USER_CODE_ALPHABET.charAt(random.nextInt(USER_CODE_ALPHABET.length())));
        }
        return code.toString();
    }

    /** What people type is compared without case and punctuation (RFC 8628 §6.1). */
    static String normalize(String typed) {
        return typed.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "");
    }
}

package io.quarkiverse.deviceauthorization.devserver;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Tokens that tie a form to the browser it was shown in and to the user code it was shown for. */
final class CsrfTokens {

    private static final String ALGORITHM = "HmacSHA256";

    private final Codes codes;
    private final SecretKeySpec key;

    CsrfTokens(Codes codes) {
        this.codes = codes;
        this.key = new SecretKeySpec(codes.opaque().getBytes(StandardCharsets.US_ASCII), ALGORITHM);
    }

    /** A token for one page; no two pages have the same. */
    String issue(String session, String userCode) {
        String nonce = codes.opaque();
        return nonce + "." + mac(nonce, session, userCode);
    }

    boolean isValid(String token, String session, String userCode) {
        int dot = token.indexOf('.');
        if (dot < 0) {
            return false;
        }
        return MessageDigest.isEqual(token.substring(dot + 1).getBytes(StandardCharsets.UTF_8),
                mac(token.substring(0, dot), session, userCode).getBytes(StandardCharsets.UTF_8));
    }

    private String mac(String nonce, String session, String userCode) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            byte[] digest = mac.doFinal(String.join("\n", nonce, session, userCode).getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The JDK lacks " + ALGORITHM, e);
        }
    }
}

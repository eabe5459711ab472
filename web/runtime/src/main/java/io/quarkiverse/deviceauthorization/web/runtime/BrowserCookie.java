package io.quarkiverse.deviceauthorization.web.runtime;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a browser keeps for us, since nodes keep nothing: a key that nobody else knows, by which forms are known to be ours, and
 * the id of its sign-in. Whoever has the id sees the code and can cancel it, so it is in no address and in no log.
 *
 * @param key of this browser
 * @param flow the id of its sign-in
 */
record BrowserCookie(String key, Optional<String> flow) {

    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
    private static final Pattern VALUE = Pattern.compile("([A-Za-z0-9_-]{22})(?:\\.([A-Za-z0-9_-]{1,64}))?");

    static BrowserCookie create() {
        byte[] key = new byte[16];
        new SecureRandom().nextBytes(key);
        return new BrowserCookie(BASE64.encodeToString(key), Optional.empty());
    }

    /** @return the cookie, unless this is none of ours */
    static Optional<BrowserCookie> parse(String value) {
        Matcher matcher = VALUE.matcher(value);
        return matcher.matches() ? Optional.of(new BrowserCookie(matcher.group(1), Optional.ofNullable(matcher.group(2))))
                : Optional.empty();
    }

    BrowserCookie with(String id) {
        return new BrowserCookie(key, Optional.of(id));
    }

    String value() {
        return flow.map(id -> key + "." + id).orElse(key);
    }

    /** @return what a form of this browser has to carry; doesn't tell the key */
    String formToken() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return BASE64.encodeToString(digest.digest(("form." + key).getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // each Java has it
        }
    }

    boolean isFormToken(String token) {
        return MessageDigest.isEqual(formToken().getBytes(StandardCharsets.US_ASCII), token.getBytes(StandardCharsets.UTF_8));
    }

    /** Nothing that is written by accident tells it. */
    @Override
    public String toString() {
        return "BrowserCookie[" + (flow.isPresent() ? "with" : "without") + " a flow]";
    }
}

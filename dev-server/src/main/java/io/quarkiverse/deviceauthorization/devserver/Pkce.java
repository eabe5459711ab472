package io.quarkiverse.deviceauthorization.devserver;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.regex.Pattern;

/** Proof Key for Code Exchange on the device flow: RFC 7636 with the device code in the place of the authorization code. */
final class Pkce {

    static final String METHOD = "S256";

    private static final Pattern CHALLENGE = Pattern.compile("[\\w-]{43}");

    private static final Pattern VERIFIER = Pattern.compile("[\\w.~-]{43,128}");

    private Pkce() {
    }

    /**
     * The challenge of a device authorization request.
     *
     * @throws OAuthException {@code invalid_request} when it is malformed, of another method, or missing though demanded
     */
    static Optional<String> challenge(Parameters form, boolean demanded) {
        Optional<String> challenge = demanded ? Optional.of(form.required("code_challenge")) : form.value("code_challenge");
        if (challenge.isEmpty()) {
            if (form.value("code_challenge_method").isPresent()) {
                form.required("code_challenge");
            }
            return challenge;
        }
        if (form.value("code_challenge_method").filter(METHOD::equals).isEmpty()) {
            throw OAuthException.invalidRequest("The code_challenge_method must be " + METHOD);
        }
        if (!CHALLENGE.matcher(challenge.get()).matches()) {
            throw OAuthException.invalidRequest("The code_challenge is malformed");
        }
        return challenge;
    }

    /**
     * Checks the verifier of a poll.
     *
     * @throws OAuthException {@code invalid_grant} when it doesn't match the challenge, or there was none (RFC 9700 §2.1.1)
     */
    static void verify(Optional<String> challenge, Parameters form) {
        Optional<String> verifier = form.value("code_verifier");
        if (challenge.isEmpty() && verifier.isPresent()) {
            throw OAuthException.invalidGrant("There is a code_verifier, but there was no code_challenge");
        }
        if (challenge.isPresent() && verifier.isEmpty()) {
            throw OAuthException.invalidGrant("The code_verifier is missing");
        }
        if (challenge.isPresent() && !matches(challenge.get(), verifier.get())) {
            throw OAuthException.invalidGrant("The code_verifier is wrong");
        }
    }

    private static boolean matches(String challenge, String verifier) {
        return VERIFIER.matcher(verifier).matches()
                && MessageDigest.isEqual(challenge.getBytes(StandardCharsets.US_ASCII),
                        Codes.sha256(verifier).getBytes(StandardCharsets.US_ASCII));
    }
}

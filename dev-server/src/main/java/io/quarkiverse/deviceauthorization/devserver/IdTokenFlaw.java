package io.quarkiverse.deviceauthorization.devserver;

/** What can be wrong with an ID token: a client must refuse each (OpenID Connect Core 1.0 §3.1.3.7). */
public enum IdTokenFlaw {

    /** Its {@code iss} is another issuer. */
    WRONG_ISSUER,
    /** Its {@code aud} is another client. */
    WRONG_AUDIENCE,
    /** Its {@code nonce} is another than the one that was sent, or there is one though none was sent. */
    WRONG_NONCE,
    /** It expired an hour before it was issued. */
    EXPIRED,
    /** It is signed with a key that is not published, and says so ({@code kid}). */
    UNKNOWN_KEY,
    /** It names the published key ({@code kid}), and is signed with another one. */
    WRONG_SIGNATURE,
    /** It is not signed at all: {@code alg} is {@code none}. */
    UNSIGNED,
    /** It has no {@code sub}. */
    NO_SUBJECT
}

package io.quarkiverse.deviceauthorization.store;

import java.util.Objects;
import java.util.Optional;

import io.quarkiverse.deviceauthorization.Secret;

/**
 * What ties a flow to the one who started it, made at its start and needed until its end.
 *
 * @param codeVerifier what the {@code code_challenge} of the first request was made of (RFC 7636 §4.1)
 * @param dpopKey the private key that the tokens will be bound to (RFC 9449), a JWK
 * @param nonce what the ID token has to repeat (OpenID Connect Core 1.0 §2)
 * @param registration the client that the codes were issued to, and where: with another one, nobody can go on with them
 * @param traceparent the span of the flow where it was started (W3C Trace Context §3.2), so that its trace goes on elsewhere;
 *        empty where nothing is traced
 */
public record FlowBinding(Optional<Secret> codeVerifier, Optional<Secret> dpopKey, Optional<String> nonce,
        Optional<String> registration, Optional<String> traceparent) {

    private static final FlowBinding NONE = new FlowBinding(Optional.empty(), Optional.empty(), Optional.empty(),
            Optional.empty());

    public FlowBinding {
        Objects.requireNonNull(codeVerifier, "codeVerifier");
        Objects.requireNonNull(dpopKey, "dpopKey");
        Objects.requireNonNull(nonce, "nonce");
        Objects.requireNonNull(registration, "registration");
        Objects.requireNonNull(traceparent, "traceparent");
    }

    /**
     * A binding of a flow that is not traced.
     *
     * @param codeVerifier what the {@code code_challenge} of the first request was made of
     * @param dpopKey the private key that the tokens will be bound to
     * @param nonce what the ID token has to repeat
     * @param registration the client that the codes were issued to, and where
     */
    public FlowBinding(Optional<Secret> codeVerifier, Optional<Secret> dpopKey, Optional<String> nonce,
            Optional<String> registration) {
        this(codeVerifier, dpopKey, nonce, registration, Optional.empty());
    }

    /** Shows what there is of it, and no secret: nobody shall guess the nonce. */
    @Override
    public String toString() {
        return "FlowBinding[codeVerifier=" + codeVerifier + ", dpopKey=" + dpopKey + ", nonce=" + nonce.map(Secret::of)
                + ", registration=" + registration + ", traceparent=" + traceparent + "]";
    }

    /** @return the binding of a flow that is only as safe as its device code */
    public static FlowBinding none() {
        return NONE;
    }

    /**
     * @param span the span of the flow, as a {@code traceparent}
     * @return the same binding, of a flow that is traced
     */
    public FlowBinding traced(Optional<String> span) {
        return traceparent.equals(span) ? this : new FlowBinding(codeVerifier, dpopKey, nonce, registration, span);
    }
}

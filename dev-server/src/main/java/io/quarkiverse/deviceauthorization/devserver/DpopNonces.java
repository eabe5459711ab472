package io.quarkiverse.deviceauthorization.devserver;

import java.util.Optional;

/** The nonce that DPoP proofs must repeat, if the server is built to demand one (RFC 9449 §8 and §9). */
final class DpopNonces {

    private final boolean demanded;
    private final Codes codes;
    private volatile String current;

    DpopNonces(Settings settings, Codes codes) {
        this.demanded = settings.requirements().dpopNonces();
        this.codes = codes;
        rotate();
    }

    /** From now on, proofs with the nonce of before are challenged. */
    void rotate() {
        current = codes.opaque();
    }

    boolean accepts(Optional<String> nonce) {
        return !demanded || nonce.filter(current::equals).isPresent();
    }

    /** The answer, with the nonce for the next proof (RFC 9449 §8.2). */
    Response offered(Response response) {
        return demanded && !response.dropped() ? response.with("DPoP-Nonce", current) : response;
    }
}

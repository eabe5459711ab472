package io.quarkiverse.deviceauthorization.devserver;

/** {@code /activate}: where a person enters the code. */
final class VerificationPage {

    static final String PATH = "/activate";

    private VerificationPage() {
    }
}

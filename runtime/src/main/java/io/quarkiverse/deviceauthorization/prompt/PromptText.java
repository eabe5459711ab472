package io.quarkiverse.deviceauthorization.prompt;

import io.quarkiverse.deviceauthorization.PendingAuthorization;

/** What a person has to be told (RFC 8628 §3.3, §5.4). */
final class PromptText {

    private PromptText() {
    }

    static String of(PendingAuthorization pending) {
        StringBuilder text = new StringBuilder(400)
                .append("To sign in, open this page on any device:\n\n    ")
                .append(pending.verificationUri())
                .append("\n\nand enter this code:\n\n    ")
                .append(pending.userCode())
                .append("\n");
        pending.verificationUriComplete().ifPresent(complete -> text
                .append("\nOr open this page, and check that it shows the same code:\n\n    ")
                .append(complete)
                .append("\n"));
        return text.append("\nOnly go on if you started this sign-in yourself, just now.\n").toString();
    }
}

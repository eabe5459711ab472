package io.quarkiverse.deviceauthorization.runtime.prompt;

import java.net.URI;

import io.quarkiverse.deviceauthorization.PendingAuthorization;
import io.quarkiverse.deviceauthorization.runtime.prompt.PromptTexts.Text;

/**
 * What a person has to be told (RFC 8628 §3.3, §5.4): sentences, and what they need from them on lines of its own, unbroken.
 */
final class PromptText {

    private static final String INDENT = "    ";

    private final PromptTexts texts;
    private final Terminal terminal;

    /** @param terminal where it is shown, or null where nothing is known of that */
    PromptText(PromptTexts texts, Terminal terminal) {
        this.texts = texts;
        this.terminal = terminal;
    }

    /** @return all of it, for wherever text goes */
    String all(PendingAuthorization pending) {
        return pageAndCode(pending) + rest(pending, Integer.MAX_VALUE);
    }

    /** @return what is needed at least, and as fast as possible: before it is known how wide the terminal is */
    String pageAndCode(PendingAuthorization pending) {
        return texts.get(Text.OPEN) + "\n\n" + INDENT + bold(pending.verificationUri().toString()) + "\n\n"
                + texts.get(Text.ENTER) + "\n\n" + INDENT + bold(pending.userCode()) + "\n";
    }

    /** @return what comes after it */
    String rest(PendingAuthorization pending, int columns) {
        StringBuilder text = new StringBuilder(200);
        if (pending.verificationUriComplete().isPresent()) {
            text.append('\n').append(wrapped(Text.COMPLETE, columns)).append("\n\n").append(INDENT)
                    .append(bold(pending.verificationUriComplete().get().toString())).append('\n');
        }
        return text.append('\n').append(wrapped(Text.WARNING, columns)).append('\n').toString();
    }

    /** @return what comes before a QR code */
    String scan(PendingAuthorization pending, int columns) {
        return wrapped(pending.verificationUriComplete().isPresent() ? Text.SCAN : Text.SCAN_AND_ENTER, columns) + "\n\n";
    }

    /** @return what comes after a QR code, in few lines, so that all can be seen at once */
    String belowCode(PendingAuthorization pending, int columns) {
        return wrapped(Text.OPEN_AND_ENTER, columns) + '\n' + INDENT + bold(pending.verificationUri().toString()) + '\n'
                + INDENT
                + bold(pending.userCode()) + '\n' + wrapped(Text.WARNING, columns) + '\n';
    }

    /** @return how many lines that is on a terminal that breaks the longest of them itself */
    int linesBelowCode(PendingAuthorization pending, int columns) {
        return lines(wrapped(Text.OPEN_AND_ENTER, columns), columns) + lines(wrapped(Text.WARNING, columns), columns)
                + lines(INDENT + pending.verificationUri(), columns) + lines(INDENT + pending.userCode(), columns);
    }

    private static int lines(String text, int columns) {
        int lines = 0;
        for (String line : text.split("\n")) {
            lines += Math.max(1, (DisplayWidth.of(line) + columns - 1) / columns);
        }
        return lines;
    }

    /** @return what a phone opens: with the code in it, if the server offers that (RFC 8628 §3.3.1) */
    static URI toScan(PendingAuthorization pending) {
        return pending.verificationUriComplete().orElse(pending.verificationUri());
    }

    private String wrapped(Text text, int columns) {
        return DisplayWidth.wrap(texts.get(text), columns);
    }

    private String bold(String text) {
        return terminal == null ? text : terminal.styled(Terminal.BOLD, text);
    }
}

package io.quarkiverse.deviceauthorization.runtime.prompt;

import io.quarkiverse.deviceauthorization.PendingAuthorization;
import io.quarkiverse.deviceauthorization.prompt.QrCode;
import io.quarkiverse.deviceauthorization.runtime.prompt.PromptTexts.Text;
import io.quarkiverse.deviceauthorization.runtime.prompt.Terminal.Size;

/** A prompt with a QR code, if the terminal can show one as a whole, together with the user code; else why there is none. */
final class QrText {

    private static final int STATUS_LINE = 1;

    private final PromptTexts texts;
    private final Terminal terminal;
    private final PromptText text;

    QrText(PromptTexts texts, Terminal terminal) {
        this.texts = texts;
        this.terminal = terminal;
        this.text = new PromptText(texts, terminal);
    }

    String of(PendingAuthorization pending) {
        if (!terminal.present()) {
            return without(pending, texts.get(Text.QR_NO_TERMINAL), Size.USUAL);
        }
        Size size = terminal.size().get();
        if (!terminal.isUtf8()) {
            return without(pending, texts.get(Text.QR_CHARSET, terminal.charset().name()), size);
        }
        QrCode code;
        try {
            code = QrCode.of(PromptText.toScan(pending).toASCIIString());
        } catch (IllegalArgumentException e) {
            return without(pending, texts.get(Text.QR_TOO_LONG), size);
        }
        int below = text.linesBelowCode(pending, size.columns()) + STATUS_LINE;
        QrBlocks blocks = new QrBlocks(code, QrCode.QUIET_ZONE);
        if (!fits(blocks, below, size)) {
            blocks = new QrBlocks(code, QrBlocks.NARROW);
        }
        return fits(blocks, below, size) ? text.scan(pending, size.columns()) + blocks.on(terminal)
                + text.belowCode(pending, size.columns())
                : without(pending, texts.get(Text.QR_TOO_SMALL, blocks.columns(), blocks.lines() + below, size.columns(),
                        size.rows()), size);
    }

    private static boolean fits(QrBlocks blocks, int below, Size size) {
        return blocks.columns() <= size.columns() && blocks.lines() + below <= size.rows();
    }

    private String without(PendingAuthorization pending, String reason, Size size) {
        return text.pageAndCode(pending) + text.rest(pending, size.columns()) + '\n'
                + DisplayWidth.wrap(reason, size.columns()) + "\n\n";
    }
}

package io.quarkiverse.deviceauthorization.runtime.prompt;

import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

import io.quarkiverse.deviceauthorization.PendingAuthorization;
import io.quarkiverse.deviceauthorization.event.DeviceAuthorizationEvent;
import io.quarkiverse.deviceauthorization.prompt.Prompt;
import io.quarkiverse.deviceauthorization.runtime.prompt.Terminal.Size;
import io.quarkiverse.deviceauthorization.runtime.protocol.Timer;

/**
 * Writes to standard error, so that the program's own output stays clean: how to sign in, perhaps with a QR code, and what is
 * going on, with a countdown where standard error is a terminal.
 */
final class TerminalPrompt implements Prompt {

    private static final class Shown {

        private final StatusLine line;
        private FlowStatus status = FlowStatus.STARTED;

        private Shown(StatusLine line) {
            this.line = line;
        }
    }

    private final Screen screen;
    private final Locale locale;
    private final boolean qr;
    private final InstantSource clock;
    private final Timer timer;
    private final Executor executor;
    private final Map<String, Shown> byId = new ConcurrentHashMap<>();

    /** @param qr whether a QR code is shown, where one can be */
    TerminalPrompt(Screen screen, Locale locale, boolean qr, InstantSource clock, Timer timer, Executor executor) {
        this.screen = screen;
        this.locale = locale;
        this.qr = qr;
        this.clock = clock;
        this.timer = timer;
        this.executor = executor;
    }

    @Override
    public void show(PendingAuthorization pending) {
        Terminal terminal = screen.terminal();
        PromptTexts texts = PromptTexts.of(locale, terminal.charset());
        if (qr) {
            screen.print("\n" + new QrText(texts, terminal).of(pending));
        } else {
            screen.print("\n" + new PromptText(texts, terminal).pageAndCode(pending));
        }
        Size size = terminal.updates() ? terminal.size().get() : Size.USUAL;
        if (!qr) {
            screen.print(new PromptText(texts, terminal).rest(pending, size.columns()) + "\n");
        }
        StatusLine line = new StatusLine(screen, texts, pending.expiresAt(), clock, timer, executor);
        byId.put(pending.id(), new Shown(line));
        line.begin(size.columns());
    }

    @Override
    public void onEvent(PendingAuthorization pending, DeviceAuthorizationEvent event) {
        Shown shown = byId.get(pending.id());
        if (shown == null) {
            return;
        }
        shown.status = shown.status.after(event);
        if (shown.status.state().isEnd()) {
            byId.remove(pending.id());
            shown.line.end(shown.status);
        } else {
            shown.line.change(shown.status);
        }
    }

    @Override
    public void hide(PendingAuthorization pending) {
        Shown shown = byId.remove(pending.id());
        if (shown != null) {
            shown.line.end(null);
        }
    }

    @Override
    public boolean isInteractive() {
        return screen.terminal().attended();
    }
}

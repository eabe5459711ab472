package io.quarkiverse.deviceauthorization.runtime.prompt;

import java.util.Locale;

import io.quarkiverse.deviceauthorization.PendingAuthorization;
import io.quarkiverse.deviceauthorization.runtime.VirtualTime;

/** What a person is shown by default, for the tests of other packages. */
public final class ShownText {

    private ShownText() {
    }

    public static String of(PendingAuthorization flow) {
        FakeTerminal file = new FakeTerminal(80, 24);
        VirtualTime time = new VirtualTime();
        new TerminalPrompt(file.file(), Locale.ENGLISH, false, time, time, Runnable::run).show(flow);
        return file.written();
    }
}

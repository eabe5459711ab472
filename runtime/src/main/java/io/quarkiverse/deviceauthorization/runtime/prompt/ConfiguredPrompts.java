package io.quarkiverse.deviceauthorization.runtime.prompt;

import java.io.PrintStream;
import java.time.InstantSource;
import java.util.Locale;
import java.util.concurrent.Executor;

import io.quarkiverse.deviceauthorization.PendingAuthorization;
import io.quarkiverse.deviceauthorization.prompt.Prompt;
import io.quarkiverse.deviceauthorization.runtime.config.PromptConfig;
import io.quarkiverse.deviceauthorization.runtime.protocol.Timer;

/** The prompts that the configuration knows. They share standard error. */
public final class ConfiguredPrompts {

    private final PrintStream err;
    private final Screen screen;
    private final InstantSource clock;
    private final Timer timer;
    private final Executor executor;

    /**
     * @param err standard error
     * @param updates whether a line may be written again on a terminal, since nothing else owns that
     * @param clock what time it is
     * @param timer counts down
     * @param executor its threads may be blocked
     */
    public ConfiguredPrompts(PrintStream err, boolean updates, InstantSource clock, Timer timer, Executor executor) {
        this.err = err;
        this.screen = new Screen(err, () -> TerminalProbe.ThisSystem.probe().standardError(updates));
        this.clock = clock;
        this.timer = timer;
        this.executor = executor;
    }

    /** @return the prompt of a client; what it takes is looked for when it shows something */
    public Prompt of(PromptConfig config) {
        Locale locale = config.locale().isPresent() ? Locale.forLanguageTag(config.locale().get()) : Locale.getDefault();
        Prompt prompt = switch (config.kind()) {
            case TERMINAL -> new TerminalPrompt(screen, locale, false, clock, timer, executor);
            case QR -> new TerminalPrompt(screen, locale, true, clock, timer, executor);
            case JSON -> new JsonPrompt(err, locale, clock);
            case LOG -> new LogPrompt(locale);
            case NONE -> new NoPrompt();
        };
        return config.openBrowser() ? new BrowserPrompt(prompt, Browser.ofThisSystem()) : prompt;
    }

    /** The application shows it. */
    private static final class NoPrompt implements Prompt {

        @Override
        public void show(PendingAuthorization pending) {
            // observers of Started know, too
        }
    }
}

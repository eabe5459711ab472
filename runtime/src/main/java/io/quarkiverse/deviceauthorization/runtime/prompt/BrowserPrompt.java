package io.quarkiverse.deviceauthorization.runtime.prompt;

import java.util.Optional;

import org.jboss.logging.Logger;

import io.quarkiverse.deviceauthorization.PendingAuthorization;
import io.quarkiverse.deviceauthorization.event.DeviceAuthorizationEvent;
import io.quarkiverse.deviceauthorization.prompt.Prompt;

/** Another prompt, and the page in a browser besides: whoever runs the program may have one at hand. */
final class BrowserPrompt implements Prompt {

    private static final Logger LOG = Logger.getLogger(BrowserPrompt.class);

    private final Prompt prompt;
    private final Browser browser;

    BrowserPrompt(Prompt prompt, Browser browser) {
        this.prompt = prompt;
        this.browser = browser;
    }

    @Override
    public void show(PendingAuthorization pending) {
        prompt.show(pending);
        Optional<String> problem = browser.open(PromptText.toScan(pending));
        if (problem.isPresent()) {
            LOG.infof("No browser was opened, since %s. Open the page yourself, on any device", problem.get());
        }
    }

    @Override
    public void onEvent(PendingAuthorization pending, DeviceAuthorizationEvent event) {
        prompt.onEvent(pending, event);
    }

    @Override
    public void hide(PendingAuthorization pending) {
        prompt.hide(pending);
    }

    @Override
    public boolean isInteractive() {
        return prompt.isInteractive();
    }
}

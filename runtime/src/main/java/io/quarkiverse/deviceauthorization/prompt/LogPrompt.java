package io.quarkiverse.deviceauthorization.prompt;

import org.jboss.logging.Logger;

import io.quarkiverse.deviceauthorization.PendingAuthorization;

/** Writes to the log, at level INFO, for programs whose log is what the person sees. */
public final class LogPrompt implements Prompt {

    private static final Logger LOG = Logger.getLogger(LogPrompt.class);

    @Override
    public void show(PendingAuthorization pending) {
        LOG.info(PromptText.of(pending));
    }
}

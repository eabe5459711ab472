package io.quarkiverse.deviceauthorization.runtime.prompt;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.jboss.logging.Logger;

import io.quarkiverse.deviceauthorization.PendingAuthorization;
import io.quarkiverse.deviceauthorization.event.DeviceAuthorizationEvent;
import io.quarkiverse.deviceauthorization.prompt.Prompt;

/** Writes to the log, at level INFO, for programs whose log is what the person sees. */
final class LogPrompt implements Prompt {

    private static final Logger LOG = Logger.getLogger(LogPrompt.class);

    private record Shown(PromptTexts texts, FlowStatus status) {
    }

    private final Locale locale;
    private final Map<String, Shown> byId = new ConcurrentHashMap<>();

    LogPrompt(Locale locale) {
        this.locale = locale;
    }

    @Override
    public void show(PendingAuthorization pending) {
        PromptTexts texts = PromptTexts.of(locale, StandardCharsets.UTF_8);
        byId.put(pending.id(), new Shown(texts, FlowStatus.STARTED));
        LOG.info(new PromptText(texts, null).all(pending));
    }

    @Override
    public void onEvent(PendingAuthorization pending, DeviceAuthorizationEvent event) {
        Shown shown = byId.get(pending.id());
        FlowStatus now = shown.status.after(event);
        byId.put(pending.id(), new Shown(shown.texts, now));
        if (!now.equals(shown.status)) {
            LOG.infof("%s (%s)", shown.texts.of(now), pending.userCode());
        }
    }

    @Override
    public void hide(PendingAuthorization pending) {
        byId.remove(pending.id());
    }
}

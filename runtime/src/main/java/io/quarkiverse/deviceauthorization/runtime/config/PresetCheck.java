package io.quarkiverse.deviceauthorization.runtime.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

import io.quarkiverse.deviceauthorization.runtime.provider.Preset;
import io.quarkiverse.deviceauthorization.runtime.provider.Preset.Requirement;

/** Finds what a provider can't do without already when the application is built, and URLs that can't be its own. */
final class PresetCheck {

    private final ConfigValues values;
    private final Preset preset;
    private final ValueCheck check;

    PresetCheck(ConfigValues values, Preset preset, ValueCheck check) {
        this.values = values;
        this.preset = preset;
        this.check = check;
    }

    void run() {
        check.judge("auth-server-url", text -> uri(text).flatMap(preset::serverProblem));
        if (!values.isInactive()) {
            preset.requirements().stream().filter(Requirement::atBuild)
                    .filter(requirement -> !RequiredKeys.isMet(requirement, values))
                    .forEach(requirement -> check.add(requirement.key(), requirement.problem()));
        }
    }

    /** What is no URL at all is a problem of its own. */
    private static Optional<URI> uri(String text) {
        try {
            return Optional.of(new URI(text.strip())).filter(uri -> uri.getHost() != null);
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}

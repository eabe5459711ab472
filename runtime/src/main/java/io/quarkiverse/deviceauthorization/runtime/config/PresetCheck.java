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
        Optional<URI> server = uri(values.resolved("auth-server-url").orElse(""));
        if (server.isPresent()) {
            check.add("auth-server-url", preset.serverProblem(server.get()));
        }
        if (values.isInactive()) {
            return;
        }
        for (Requirement requirement : preset.requirements()) {
            if (requirement.atBuild() && !RequiredKeys.isMet(requirement, values)) {
                check.add(requirement.key(), requirement.problem());
            }
        }
    }

    /** What is no URL at all is a problem of its own. */
    private static Optional<URI> uri(String text) {
        try {
            URI uri = new URI(text.strip());
            return uri.getHost() == null ? Optional.empty() : Optional.of(uri);
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}

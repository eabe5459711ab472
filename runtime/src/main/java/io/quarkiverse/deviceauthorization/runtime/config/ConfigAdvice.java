package io.quarkiverse.deviceauthorization.runtime.config;

import java.util.ArrayList;
import java.util.List;

import io.quarkiverse.deviceauthorization.runtime.provider.Preset;

/** Finds what is not wrong, but has consequences that a developer should know of. */
public final class ConfigAdvice {

    private ConfigAdvice() {
    }

    /**
     * @param values the configuration of a client
     * @return what to think about
     */
    public static List<ConfigProblem> of(ConfigValues values) {
        List<ConfigProblem> advice = new ArrayList<>();
        if (!values.isInactive()) {
            values.preset().ifPresent(preset -> refresh(values, preset, advice));
        }
        return advice;
    }

    private static void refresh(ConfigValues values, Preset preset, List<ConfigProblem> advice) {
        List<String> scopes = values.has("scopes") ? values.list("scopes") : preset.scopes();
        preset.refreshScope().filter(scope -> !scopes.contains(scope) && !values.isUnresolved("scopes"))
                .ifPresent(scope -> advice.add(new ConfigProblem(values.key("scopes"), "lacks " + scope
                        + ", without which this provider issues no refresh token: people have to sign in again whenever the"
                        + " access token ends. Add it, unless that is what you want")));
    }
}

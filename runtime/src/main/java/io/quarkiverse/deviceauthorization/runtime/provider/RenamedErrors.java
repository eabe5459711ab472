package io.quarkiverse.deviceauthorization.runtime.provider;

import java.util.Map;

import io.quarkiverse.deviceauthorization.provider.ProviderAdapter;
import io.quarkiverse.deviceauthorization.provider.ProviderAnswer;
import io.quarkiverse.deviceauthorization.provider.ProviderRequest.Kind;

/**
 * A provider that keeps to the standards but for some error codes of its own.
 *
 * @param codes its codes, and those of the standards that mean the same
 */
record RenamedErrors(Map<String, String> codes) implements ProviderAdapter {

    @Override
    public ProviderAnswer answer(Kind kind, ProviderAnswer answer) {
        String code = answer.text("error").orElse("");
        String standard = codes.get(code);
        if (standard == null) {
            return answer;
        }
        // the provider's own code is what people look up
        String description = answer.text("error_description").map(text -> code + ": " + text).orElse(code);
        return answer.with("error", standard).with("error_description", description);
    }
}

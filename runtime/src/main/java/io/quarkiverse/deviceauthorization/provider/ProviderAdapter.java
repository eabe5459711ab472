package io.quarkiverse.deviceauthorization.provider;

import java.net.URI;
import java.util.Optional;

import io.quarkiverse.deviceauthorization.OAuthError;

/**
 * Translates between the standards and a provider that keeps to its own ways on the wire. What it leaves alone is as RFC 8628
 * and RFC 6749 have it.
 * <p>
 * A CDI bean of this type serves the client whose {@link io.quarkiverse.deviceauthorization.DeviceAuthorizationName} it has, or
 * the default client without one, in place of the adapter that {@code provider} would bring. It is called for every request and
 * answer, maybe on an event loop and by many threads at once: it has no state, and doesn't block.
 */
public interface ProviderAdapter {

    /** A provider that keeps to the standards. */
    ProviderAdapter STANDARD = new ProviderAdapter() {
    };

    /**
     * @param kind what is sent
     * @param configured the configured or discovered endpoint
     * @return where it goes
     */
    default URI endpoint(ProviderRequest.Kind kind, URI configured) {
        return configured;
    }

    /**
     * @param request a request by the standards, with what identifies and authenticates the client in it
     * @return the same as the provider wants it
     */
    default ProviderRequest request(ProviderRequest request) {
        return request;
    }

    /**
     * @param kind what was sent
     * @param answer the provider's answer; without members when its body is neither a JSON object nor a form
     * @return the same by the standards: the members of RFC 8628 §3.2, of RFC 6749 §5.1, or {@code error} with a code
     *         of RFC 8628 §3.5 or RFC 6749 §5.2
     */
    default ProviderAnswer answer(ProviderRequest.Kind kind, ProviderAnswer answer) {
        return answer;
    }

    /**
     * @param kind what was sent
     * @param error an error of the provider
     * @return what to do about it, in a sentence, for the message of the exception
     */
    default Optional<String> cure(ProviderRequest.Kind kind, OAuthError error) {
        return Optional.empty();
    }
}

package io.quarkiverse.deviceauthorization.runtime.provider;

import java.net.URI;
import java.util.Optional;
import java.util.function.Supplier;

import org.jboss.logging.Logger;

import io.quarkiverse.deviceauthorization.AuthorizationServerException;
import io.quarkiverse.deviceauthorization.OAuthError;
import io.quarkiverse.deviceauthorization.provider.ProviderAdapter;
import io.quarkiverse.deviceauthorization.provider.ProviderAnswer;
import io.quarkiverse.deviceauthorization.provider.ProviderRequest;
import io.quarkiverse.deviceauthorization.provider.ProviderRequest.Kind;

/**
 * An adapter of the application. What it throws is named by its place only, since the text of an exception may quote what the
 * adapter was looking at.
 */
public final class ApplicationAdapter implements ProviderAdapter {

    private static final Logger LOG = Logger.getLogger(ApplicationAdapter.class);

    private final String client;
    private final ProviderAdapter adapter;

    /** @param client the client, for a sentence */
    public ApplicationAdapter(String client, ProviderAdapter adapter) {
        this.client = client;
        this.adapter = adapter;
    }

    @Override
    public URI endpoint(Kind kind, URI configured) {
        return guarded("endpoint", () -> adapter.endpoint(kind, configured));
    }

    @Override
    public ProviderRequest request(ProviderRequest request) {
        return guarded("request", () -> adapter.request(request));
    }

    @Override
    public ProviderAnswer answer(Kind kind, ProviderAnswer answer) {
        return guarded("answer", () -> adapter.answer(kind, answer));
    }

    /** Who can't give advice is no reason to say nothing of the error. */
    @Override
    public Optional<String> cure(Kind kind, OAuthError error) {
        try {
            return guarded("cure", () -> adapter.cure(kind, error));
        } catch (AuthorizationServerException failure) {
            LOG.warn(failure.getMessage());
            return Optional.empty();
        }
    }

    /** What returns null by mistake fails too: without an error, for example, a person who says no would go unheard. */
    private <T> T guarded(String method, Supplier<T> call) {
        T result;
        try {
            result = call.get();
        } catch (RuntimeException | Error e) {
            StackTraceElement[] places = e.getStackTrace();
            throw failed(e.getClass().getSimpleName() + (places.length == 0 ? "" : " at " + place(places)));
        }
        if (result == null) {
            throw failed(method + "() returns null");
        }
        return result;
    }

    private AuthorizationServerException failed(String what) {
        return new AuthorizationServerException("The ProviderAdapter of " + client + " failed: " + what
                + ". It is a bean of this application: mend it", 0, null);
    }

    /** The first place outside of Java itself. */
    private static String place(StackTraceElement[] places) {
        for (StackTraceElement place : places) {
            if (!place.getClassName().startsWith("java.")) {
                return place.toString();
            }
        }
        return places[0].toString();
    }
}

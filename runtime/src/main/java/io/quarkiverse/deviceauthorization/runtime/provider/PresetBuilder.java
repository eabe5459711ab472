package io.quarkiverse.deviceauthorization.runtime.provider;

import java.net.URI;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

import io.quarkiverse.deviceauthorization.provider.ProviderAdapter;
import io.quarkiverse.deviceauthorization.provider.ProviderRequest.Kind;
import io.quarkiverse.deviceauthorization.runtime.provider.Preset.Endpoint;
import io.quarkiverse.deviceauthorization.runtime.provider.Preset.Requirement;

/** Collects what is known of a provider. */
final class PresetBuilder {

    final Map<Endpoint, String> paths = new EnumMap<>(Endpoint.class);
    final List<Requirement> requirements = new ArrayList<>();
    final List<Cure> cures = new ArrayList<>();
    String authServerUrl;
    String example;
    Function<URI, Optional<String>> serverRule;
    UnaryOperator<String> base;
    UnaryOperator<String> issuer;
    String audience;
    List<String> scopes = List.of();
    boolean secretInForm;
    boolean scopeOnPolls;
    boolean revokesAccessTokens;
    String refreshScope;
    ProviderAdapter adapter = ProviderAdapter.STANDARD;

    PresetBuilder() {
    }

    /**
     * What an {@code auth-server-url} has to look like.
     *
     * @param rule whether one is right
     * @param problem what is wrong with one that is not, and what to write, without the full stop
     */
    PresetBuilder serverRule(Predicate<URI> rule, String problem) {
        serverRule = url -> rule.test(url) ? Optional.empty() : Optional.of(problem);
        return this;
    }

    /** What relative paths are appended to, where that is not the {@code auth-server-url} itself. */
    PresetBuilder base(UnaryOperator<String> base) {
        this.base = base;
        return this;
    }

    /**
     * An endpoint, absolute or relative. Without the first two, all come from the server's metadata. With them, the keys of a
     * provider that issues ID tokens are a must, and so is its issuer: what is not known is not checked.
     */
    PresetBuilder path(Endpoint endpoint, String path) {
        paths.put(endpoint, path);
        return this;
    }

    /** The issuer of the provider's own server; of another one that works as it does, nothing is known. */
    PresetBuilder issuer(String issuer) {
        return issuer(url -> url.equals(authServerUrl) ? issuer : null);
    }

    /** @param issuer makes the issuer of a server's URL */
    PresetBuilder issuer(UnaryOperator<String> issuer) {
        this.issuer = issuer;
        return this;
    }

    /** The audience that is asked for unless one is configured. */
    PresetBuilder audience(String audience) {
        this.audience = audience;
        return this;
    }

    /** The scopes that are asked for unless some are configured. */
    PresetBuilder scopes(String... scopes) {
        this.scopes = List.of(scopes);
        return this;
    }

    /** A secret goes into the form ({@code client_secret_post}); without this, into a header. */
    PresetBuilder secretInForm() {
        secretInForm = true;
        return this;
    }

    /** Polls repeat the scope of the device authorization request. */
    PresetBuilder scopeOnPolls() {
        scopeOnPolls = true;
        return this;
    }

    /** The revocation endpoint takes access tokens only. */
    PresetBuilder revokesAccessTokens() {
        revokesAccessTokens = true;
        return this;
    }

    /** A key that the provider can't do without, which may come at run time. */
    PresetBuilder requires(String key, String problem) {
        requirements.add(new Requirement(key, problem, false));
        return this;
    }

    /**
     * A key that the provider can't do without, which has to be there when the application is built: one that is no secret,
     * and the same in every environment, such as an audience.
     */
    PresetBuilder requiresAtBuild(String key, String problem) {
        requirements.add(new Requirement(key, problem, true));
        return this;
    }

    /**
     * The scope without which no refresh token comes: scopes without it are warned of. It is asked for only if it is among
     * them.
     */
    PresetBuilder refreshScope(String scope) {
        refreshScope = scope;
        return this;
    }

    /** Translates what is not as the standards have it: {@link RenamedErrors} for error codes only. */
    PresetBuilder adapter(ProviderAdapter adapter) {
        this.adapter = adapter;
        return this;
    }

    /** What to do about an error, whatever was asked. */
    PresetBuilder cure(String codes, String advice) {
        return cure(Cure.ALWAYS, codes, "", advice);
    }

    /** What to do about an error, whatever its description is. */
    PresetBuilder cure(Set<Kind> kinds, String codes, String advice) {
        return cure(kinds, codes, "", advice);
    }

    /**
     * What to do about an error. The first that fits is told, so those with a description come first.
     *
     * @param kinds after which requests
     * @param codes the error codes, with a bar between them, or {@link Cure#ANY}
     * @param description a regular expression that the error's description has to contain, in any case; empty for any
     * @param advice what to do, in a sentence, without the full stop
     */
    PresetBuilder cure(Set<Kind> kinds, String codes, String description, String advice) {
        cures.add(Cure.of(kinds, codes, description, advice));
        return this;
    }

    Preset build() {
        return new Preset(this);
    }
}

package io.quarkiverse.deviceauthorization.runtime.provider;

import java.net.URI;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

import io.quarkiverse.deviceauthorization.OAuthError;
import io.quarkiverse.deviceauthorization.provider.ProviderAdapter;
import io.quarkiverse.deviceauthorization.provider.ProviderRequest.Kind;

/**
 * What is known of a provider, so that nobody has to look it up: where it is, what it asks for, how it differs from the
 * standards, and what its errors mean. Whatever is configured goes before it.
 */
public final class Preset {

    /** The endpoints that a preset can know. */
    public enum Endpoint {
        DEVICE_AUTHORIZATION,
        TOKEN,
        REVOCATION,
        USER_INFO,
        JWKS
    }

    /**
     * Something that the provider can't do without.
     *
     * @param key the key that has to be set
     * @param problem what is wrong without it, and what to set
     * @param atBuild whether it is no secret and differs by no environment, so that it has to be there when the application is
     *        built
     */
    public record Requirement(String key, String problem, boolean atBuild) {
    }

    private static final Preset NONE = new PresetBuilder().build();

    private final String authServerUrl;
    private final String example;
    private final Function<URI, Optional<String>> serverRule;
    private final UnaryOperator<String> base;
    private final Map<Endpoint, String> paths;
    private final UnaryOperator<String> issuer;
    private final String audience;
    private final List<String> scopes;
    private final boolean secretInForm;
    private final boolean scopeOnPolls;
    private final boolean revokesAccessTokens;
    private final List<Requirement> requirements;
    private final String refreshScope;
    private final ProviderAdapter adapter;
    private final List<Cure> cures;

    Preset(PresetBuilder builder) {
        authServerUrl = builder.authServerUrl;
        example = builder.example;
        serverRule = builder.serverRule;
        base = builder.base;
        paths = Collections.unmodifiableMap(new EnumMap<>(builder.paths));
        issuer = builder.issuer;
        audience = builder.audience;
        scopes = builder.scopes;
        secretInForm = builder.secretInForm;
        scopeOnPolls = builder.scopeOnPolls;
        revokesAccessTokens = builder.revokesAccessTokens;
        requirements = List.copyOf(builder.requirements);
        refreshScope = builder.refreshScope;
        adapter = builder.adapter;
        cures = List.copyOf(builder.cures);
    }

    /** Nothing is known. */
    public static Preset none() {
        return NONE;
    }

    /** A provider that is in one place for everybody. */
    static PresetBuilder at(String authServerUrl) {
        PresetBuilder builder = new PresetBuilder();
        builder.authServerUrl = authServerUrl;
        return builder;
    }

    /**
     * A provider of which everybody has one of their own, so that {@code auth-server-url} is required.
     *
     * @param example what such a URL looks like
     */
    static PresetBuilder ownServer(String example) {
        PresetBuilder builder = new PresetBuilder();
        builder.example = example;
        return builder;
    }

    /** @return the URL of the server, if it is the same for everybody */
    public Optional<String> authServerUrl() {
        return Optional.ofNullable(authServerUrl);
    }

    /** @return what an {@code auth-server-url} looks like, if one is required */
    public Optional<String> example() {
        return Optional.ofNullable(example);
    }

    /** @return what is wrong with an {@code auth-server-url} of this provider, and what to write, if something is */
    public Optional<String> serverProblem(URI authServerUrl) {
        return serverRule == null ? Optional.empty() : serverRule.apply(authServerUrl);
    }

    /** @return what relative paths are appended to */
    public String base(String authServerUrl) {
        return base == null ? authServerUrl : base.apply(authServerUrl);
    }

    public Optional<String> path(Endpoint endpoint) {
        return Optional.ofNullable(paths.get(endpoint));
    }

    /** @return whether this is the provider's own server, and not another one that works as it does */
    public boolean isServerOf(Optional<URI> configured) {
        return authServerUrl == null || configured.isEmpty() || configured.get().equals(URI.create(authServerUrl));
    }

    /**
     * @param authServerUrl the URL of the server
     * @return what ID tokens name as their issuer, if it is known; <code>{tid}</code> stands for the claim of that name
     */
    public Optional<String> issuer(String authServerUrl) {
        return Optional.ofNullable(issuer).map(known -> known.apply(authServerUrl));
    }

    public Optional<String> audience() {
        return Optional.ofNullable(audience);
    }

    public List<String> scopes() {
        return scopes;
    }

    /** @return whether a secret is expected in the form, and not in a header */
    public boolean secretInForm() {
        return secretInForm;
    }

    /** @return whether polls repeat the scope of the device authorization request */
    public boolean scopeOnPolls() {
        return scopeOnPolls;
    }

    /** @return whether the revocation endpoint takes access tokens only */
    public boolean revokesAccessTokens() {
        return revokesAccessTokens;
    }

    public List<Requirement> requirements() {
        return requirements;
    }

    /** @return the scope without which the provider issues no refresh token, if there is one */
    public Optional<String> refreshScope() {
        return Optional.ofNullable(refreshScope);
    }

    public ProviderAdapter adapter() {
        return adapter;
    }

    /** @return what to do about an error, if the provider is known for it */
    public Optional<String> cure(Kind kind, OAuthError error) {
        return cures.stream().filter(cure -> cure.fits(kind, error)).map(Cure::advice).findFirst();
    }

    List<Cure> cures() {
        return cures;
    }
}

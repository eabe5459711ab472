package io.quarkiverse.deviceauthorization.runtime.provider;

import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
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

    private final String authServerUrl;
    private final String example;
    private final Function<URI, Optional<String>> serverRule;
    private final UnaryOperator<String> base;
    private final Map<Endpoint, String> paths;
    private final UnaryOperator<String> issuer;
    private final String audience;
    private final List<String> scopes;
    private final Map<String, String> parameters;
    private final boolean secretInForm;
    private final boolean scopeOnPolls;
    private final boolean revokesAccessTokens;
    private final List<Requirement> requirements;
    private final String refreshScope;
    private final ProviderAdapter adapter;
    private final List<Cure> cures;

    private Preset(Builder builder) {
        authServerUrl = builder.authServerUrl;
        example = builder.example;
        serverRule = builder.serverRule;
        base = builder.base;
        paths = Collections.unmodifiableMap(new EnumMap<>(builder.paths));
        issuer = builder.issuer;
        audience = builder.audience;
        scopes = builder.scopes;
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(builder.parameters));
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
        return new Builder().build();
    }

    /** A provider that is in one place for everybody. */
    static Builder at(String authServerUrl) {
        Builder builder = new Builder();
        builder.authServerUrl = authServerUrl;
        return builder;
    }

    /**
     * A provider of which everybody has one of their own, so that {@code auth-server-url} is required.
     *
     * @param example what such a URL looks like
     */
    static Builder ownServer(String example) {
        Builder builder = new Builder();
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
        return serverRule.apply(authServerUrl);
    }

    /** @return what relative paths are appended to */
    public String base(String authServerUrl) {
        return base.apply(authServerUrl);
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

    /** @return further form parameters of the device authorization request */
    public Map<String, String> parameters() {
        return parameters;
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

    /** Collects what is known. */
    static final class Builder {

        private final Map<Endpoint, String> paths = new EnumMap<>(Endpoint.class);
        private final Map<String, String> parameters = new LinkedHashMap<>();
        private final List<Requirement> requirements = new ArrayList<>();
        private final List<Cure> cures = new ArrayList<>();
        private String authServerUrl;
        private String example;
        private Function<URI, Optional<String>> serverRule = url -> Optional.empty();
        private UnaryOperator<String> base = UnaryOperator.identity();
        private UnaryOperator<String> issuer;
        private String audience;
        private List<String> scopes = List.of();
        private boolean secretInForm;
        private boolean scopeOnPolls;
        private boolean revokesAccessTokens;
        private String refreshScope;
        private ProviderAdapter adapter = ProviderAdapter.STANDARD;

        private Builder() {
        }

        /**
         * What an {@code auth-server-url} has to look like.
         *
         * @param rule whether one is right
         * @param problem what is wrong with one that is not, and what to write, without the full stop
         */
        Builder serverRule(Predicate<URI> rule, String problem) {
            serverRule = url -> rule.test(url) ? Optional.empty() : Optional.of(problem);
            return this;
        }

        Builder base(UnaryOperator<String> base) {
            this.base = base;
            return this;
        }

        /** An endpoint, absolute or relative. Without the first two, endpoints come from the server's metadata. */
        Builder path(Endpoint endpoint, String path) {
            paths.put(endpoint, path);
            return this;
        }

        /** The issuer of the provider's own server; of another one that works as it does, nothing is known. */
        Builder issuer(String issuer) {
            return issuer(url -> url.equals(authServerUrl) ? issuer : null);
        }

        /** @param issuer makes the issuer of a server's URL */
        Builder issuer(UnaryOperator<String> issuer) {
            this.issuer = issuer;
            return this;
        }

        Builder audience(String audience) {
            this.audience = audience;
            return this;
        }

        Builder scopes(String... scopes) {
            this.scopes = List.of(scopes);
            return this;
        }

        Builder parameter(String name, String value) {
            parameters.put(name, value);
            return this;
        }

        Builder secretInForm() {
            secretInForm = true;
            return this;
        }

        Builder scopeOnPolls() {
            scopeOnPolls = true;
            return this;
        }

        Builder revokesAccessTokens() {
            revokesAccessTokens = true;
            return this;
        }

        /** A key that the provider can't do without, which may come at run time. */
        Builder requires(String key, String problem) {
            requirements.add(new Requirement(key, problem, false));
            return this;
        }

        /** A key that the provider can't do without, which has to be there when the application is built. */
        Builder requiresAtBuild(String key, String problem) {
            requirements.add(new Requirement(key, problem, true));
            return this;
        }

        Builder refreshScope(String scope) {
            refreshScope = scope;
            return this;
        }

        Builder adapter(ProviderAdapter adapter) {
            this.adapter = adapter;
            return this;
        }

        /** What to do about an error, whatever was asked. */
        Builder cure(String codes, String advice) {
            return cure(Cure.ALWAYS, codes, "", advice);
        }

        /** What to do about an error, whatever its description is. */
        Builder cure(Set<Kind> kinds, String codes, String advice) {
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
        Builder cure(Set<Kind> kinds, String codes, String description, String advice) {
            cures.add(Cure.of(kinds, codes, description, advice));
            return this;
        }

        Preset build() {
            return new Preset(this);
        }
    }
}

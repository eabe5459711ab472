package io.quarkiverse.deviceauthorization;

import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What one device authorization asks for (RFC 8628 §3.1) where it differs from the client's configuration.
 * What is not set here comes from the configuration. Immutable.
 *
 * <pre>{@code
 * deviceAuthorization.start(AuthorizationRequest.builder().scopes("openid", "offline_access").build());
 * }</pre>
 */
public final class AuthorizationRequest {

    private static final Set<String> OWN_PARAMETERS = Set.of("client_id", "client_secret", "client_assertion",
            "client_assertion_type", "scope", "audience", "resource", "authorization_details", "grant_type", "device_code",
            "code_challenge", "code_challenge_method", "code_verifier", "nonce");
    private static final Set<String> OWN_HEADERS = Set.of("authorization", "content-type", "content-length", "host", "accept",
            "cache-control", "dpop");
    private static final AuthorizationRequest DEFAULTS = builder().build();

    private final Optional<Set<String>> scopes;
    private final Optional<String> audience;
    private final Optional<List<URI>> resources;
    private final Optional<String> authorizationDetails;
    private final Optional<String> nonce;
    private final Map<String, String> parameters;
    private final Map<String, String> headers;

    private AuthorizationRequest(Builder builder) {
        this.scopes = Optional.ofNullable(builder.scopes).map(Collections::unmodifiableSet);
        this.audience = Optional.ofNullable(builder.audience);
        this.resources = Optional.ofNullable(builder.resources).map(List::copyOf);
        this.authorizationDetails = Optional.ofNullable(builder.authorizationDetails);
        this.nonce = Optional.ofNullable(builder.nonce);
        this.parameters = Collections.unmodifiableMap(new LinkedHashMap<>(builder.parameters));
        this.headers = Collections.unmodifiableMap(new LinkedHashMap<>(builder.headers));
    }

    /** @return a request for what the configuration says */
    public static AuthorizationRequest defaults() {
        return DEFAULTS;
    }

    /** @return a builder of a request that says what differs from the configuration */
    public static Builder builder() {
        return new Builder();
    }

    /** @return the scopes to ask for instead of the configured ones; an empty set sends no {@code scope} at all */
    public Optional<Set<String>> scopes() {
        return scopes;
    }

    /** @return the audience to ask for instead of the configured one (Auth0) */
    public Optional<String> audience() {
        return audience;
    }

    /** @return the resources to ask for instead of the configured ones (RFC 8707) */
    public Optional<List<URI>> resources() {
        return resources;
    }

    /** @return the authorization details to ask for instead of the configured ones, a JSON array (RFC 9396 §2) */
    public Optional<String> authorizationDetails() {
        return authorizationDetails;
    }

    /** @return the value that the ID token has to repeat (OpenID Connect Core 1.0 §2); none is sent unless one is set */
    public Optional<String> nonce() {
        return nonce;
    }

    /** @return further form parameters; one with a configured name replaces it, an empty value leaves it out */
    public Map<String, String> parameters() {
        return parameters;
    }

    /** @return further headers of the device authorization request; one with a configured name replaces it */
    public Map<String, String> headers() {
        return headers;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AuthorizationRequest that && scopes.equals(that.scopes) && audience.equals(that.audience)
                && resources.equals(that.resources) && authorizationDetails.equals(that.authorizationDetails)
                && nonce.equals(that.nonce) && parameters.equals(that.parameters) && headers.equals(that.headers);
    }

    @Override
    public int hashCode() {
        return Objects.hash(scopes, audience, resources, authorizationDetails, nonce, parameters, headers);
    }

    /** Collects what differs from the configuration. */
    public static final class Builder {

        private Set<String> scopes;
        private String audience;
        private List<URI> resources;
        private String authorizationDetails;
        private String nonce;
        private final Map<String, String> parameters = new LinkedHashMap<>();
        private final Map<String, String> headers = new LinkedHashMap<>();

        private Builder() {
        }

        /**
         * @param scopes the scopes to ask for instead of the configured ones, in this order
         * @return this builder
         * @throws IllegalArgumentException if one is empty or contains white space
         */
        public Builder scopes(String... scopes) {
            for (String scope : scopes) {
                if (scope.isEmpty() || scope.chars().anyMatch(Character::isWhitespace)) {
                    throw new IllegalArgumentException("'" + scope + "' is not one scope: pass each scope on its own");
                }
            }
            this.scopes = new LinkedHashSet<>(List.of(scopes));
            return this;
        }

        /**
         * @param audience the audience to ask for
         * @return this builder
         */
        public Builder audience(String audience) {
            this.audience = Objects.requireNonNull(audience, "audience");
            return this;
        }

        /**
         * @param resource a resource to ask for (RFC 8707 §2), absolute and without fragment; may be called again
         * @return this builder
         * @throws IllegalArgumentException if it is not absolute or has a fragment
         */
        public Builder resource(URI resource) {
            if (!resource.isAbsolute() || resource.getRawFragment() != null) {
                throw new IllegalArgumentException(
                        "'" + resource + "' is no resource indicator: it must be absolute and without fragment (RFC 8707 §2)");
            }
            if (resources == null) {
                resources = new ArrayList<>();
            }
            resources.add(resource);
            return this;
        }

        /**
         * @param json the authorization details to ask for (RFC 9396 §2): a JSON array of objects, each with a {@code type}
         * @return this builder
         */
        public Builder authorizationDetails(String json) {
            this.authorizationDetails = Objects.requireNonNull(json, "authorizationDetails");
            return this;
        }

        /**
         * Asks for an ID token that repeats this value, and refuses one that doesn't. Not every provider takes a nonce in a
         * device authorization request.
         *
         * @param nonce a value that nobody can guess; not blank
         * @return this builder
         * @throws IllegalArgumentException if it is blank
         */
        public Builder nonce(String nonce) {
            if (nonce.isBlank()) {
                throw new IllegalArgumentException("A nonce is a value that nobody can guess, and not blank");
            }
            this.nonce = nonce;
            return this;
        }

        /**
         * @param name the name of a header of the device authorization request
         * @param value its value; not a line break in it
         * @return this builder
         * @throws IllegalArgumentException if the extension sets this header itself, or a header can't have this value
         */
        public Builder header(String name, String value) {
            if (OWN_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
                throw new IllegalArgumentException("The header " + name + " is set by the extension itself");
            }
            if (value.chars().anyMatch(Character::isISOControl)) {
                throw new IllegalArgumentException("The header " + name + " can't have control characters in it");
            }
            headers.put(name, value);
            return this;
        }

        /**
         * @param name the name of a form parameter
         * @param value its value; empty to leave out a configured one
         * @return this builder
         * @throws IllegalArgumentException if the extension sets this parameter itself
         */
        public Builder parameter(String name, String value) {
            if (OWN_PARAMETERS.contains(name.toLowerCase(Locale.ROOT))) {
                throw new IllegalArgumentException("The parameter " + name + " is set by the extension itself: use scopes(),"
                        + " audience(), resource(), authorizationDetails() or nonce(), and the keys client-id, credentials and"
                        + " pkce of the configuration");
            }
            parameters.put(Objects.requireNonNull(name, "name"), Objects.requireNonNull(value, "value"));
            return this;
        }

        /** @return the request */
        public AuthorizationRequest build() {
            return new AuthorizationRequest(this);
        }
    }
}

package io.quarkiverse.deviceauthorization.runtime.config;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.quarkiverse.deviceauthorization.runtime.provider.Provider;
import io.quarkus.runtime.annotations.ConfigDocDefault;
import io.quarkus.runtime.annotations.ConfigDocMapKey;
import io.quarkus.runtime.annotations.ConfigGroup;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;

/** One client. */
@ConfigGroup
public interface ClientConfig {

    /** Whether the client can be used. An inactive one can be injected through {@code InjectableInstance} only. */
    @WithDefault("true")
    boolean active();

    /**
     * A provider whose endpoints, parameters and ways are known; each key that is set here goes before what the preset says.
     * {@code auth0}, {@code keycloak}, {@code microsoft} and {@code okta} need an {@code auth-server-url} of yours as well.
     */
    Optional<@WithConverter(EnumConverters.OfProvider.class) Provider> provider();

    /**
     * The URL of the authorization server: its issuer, for example {@code https://keycloak.example.com/realms/home}.
     * Relative paths below are appended to it.
     */
    Optional<URI> authServerUrl();

    /**
     * Whether the endpoints come from the server's metadata (OpenID Connect Discovery or RFC 8414). They are read when they are
     * first needed.
     */
    @ConfigDocDefault("true, unless device-authorization-path and token-path are both set")
    Optional<Boolean> discoveryEnabled();

    /**
     * Hosts that discovered endpoints may be on, besides that of {@code auth-server-url} and those that the provider's preset
     * knows: {@code oauth2.example.com}, or {@code *.example.com} for all below. Endpoints elsewhere are refused.
     */
    Optional<List<String>> discoveryAllowedHosts();

    /** The device authorization endpoint, absolute or relative to {@code auth-server-url}. Goes before a discovered one. */
    Optional<String> deviceAuthorizationPath();

    /** The token endpoint, absolute or relative to {@code auth-server-url}. Goes before a discovered one. */
    Optional<String> tokenPath();

    /**
     * The revocation endpoint (RFC 7009), absolute or relative to {@code auth-server-url}. Goes before a discovered one.
     * Without one, signing out only forgets the tokens.
     */
    Optional<String> revokePath();

    /**
     * The userinfo endpoint (OpenID Connect Core 1.0 §5.3), absolute or relative to {@code auth-server-url}. Goes before a
     * discovered one.
     */
    Optional<String> userInfoPath();

    /**
     * The keys that ID tokens are signed by (RFC 7517 §5), absolute or relative to {@code auth-server-url}. Goes before
     * discovered ones.
     */
    Optional<String> jwksPath();

    /** The client id that the provider issued. */
    Optional<String> clientId();

    /** How the client authenticates. Without anything here it is a public client, as device clients usually are. */
    CredentialsConfig credentials();

    /** The scopes to ask for. Many providers issue a refresh token only for {@code offline_access}. */
    Optional<List<String>> scopes();

    /** The audience to ask for: the API that the access token is for, at Auth0 and its relatives. */
    Optional<String> audience();

    /** The resources to ask for (RFC 8707). */
    Optional<List<URI>> resources();

    /**
     * The authorization details to ask for (RFC 9396): a JSON array, for example {@code [{"type":"account_information"}]}.
     */
    Optional<String> authorizationDetails();

    /**
     * Whether a flow can be finished only by who started it (RFC 7636, S256): who finds out the device code can't use it then.
     */
    @WithDefault("false")
    boolean pkce();

    /**
     * Whether tokens are bound to a key, so that who steals them can't use them (RFC 9449). Each sign-in has a key of its own,
     * which is kept with its tokens.
     */
    @WithDefault("false")
    boolean dpop();

    /** How ID tokens are checked (OpenID Connect Core 1.0 §3.1.3.7). */
    IdToken idToken();

    /** Further form parameters of the device authorization request. */
    @ConfigDocMapKey("parameter")
    Map<String, String> extraParams();

    /** Further headers of every request to the authorization server. */
    @ConfigDocMapKey("header")
    Map<String, String> headers();

    /** How patiently the server is polled. */
    Polling polling();

    /** What happens to tokens. */
    TokensConfig tokens();

    /** How {@code login()} tells the person what to do. */
    PromptConfig prompt();

    /** The readiness check. */
    Health health();

    /** How long to wait for a connection to the server. */
    @WithDefault("5S")
    Duration connectTimeout();

    /** How long to wait for the server's answer. */
    @WithDefault("10S")
    Duration readTimeout();

    /** The TLS configuration to use, from the TLS registry. */
    Optional<String> tlsConfigurationName();

    /** The proxy configuration to use, from the proxy registry. */
    Optional<String> proxyConfigurationName();

    /** How ID tokens are checked. */
    @ConfigGroup
    interface IdToken {

        /**
         * Whether an ID token that is not what it has to be ends a sign-in: issuer, audience, expiry, nonce, and the signature,
         * where the keys of the server are known.
         */
        @WithDefault("true")
        boolean check();

        /** The issuer that ID tokens name. */
        @ConfigDocDefault("the discovered issuer, or the one that the provider's preset knows")
        Optional<String> issuer();

        /** How much the clocks of the server and of this machine may differ. */
        @WithDefault("10S")
        Duration leeway();
    }

    /** How patiently the server is polled. */
    @ConfigGroup
    interface Polling {

        /** The interval when the server names none (RFC 8628 §3.2). */
        @WithDefault("5S")
        Duration defaultInterval();

        /** The shortest interval that is ever used; a shorter one from the server is raised to it. */
        @WithDefault("1S")
        Duration minInterval();

        /** The longest interval that the server can ask for in one step. */
        @WithDefault("10M")
        Duration maxInterval();

        /** The longest wait between two attempts while the server can't be asked. */
        @WithDefault("1M")
        Duration maxBackoff();

        /**
         * How many failures in a row end an {@code await} or a {@code follow}. The flow itself stays, and can be awaited again
         * until its codes end.
         */
        @WithDefault("20")
        int maxFailures();

        /**
         * How many polls of this client are under way at once. Others that are due wait for their turn, and none comes early.
         */
        @WithDefault("256")
        int maxInFlight();

        /**
         * How many flows of this client may be pending in this process. One more is not started: {@code start} and
         * {@code login} throw a {@code TooManyPendingAuthorizationsException}, before anything is sent.
         */
        @WithDefault("100000")
        int maxPending();
    }

    /** The readiness check. */
    @ConfigGroup
    interface Health {

        /** Whether the check asks the server. If not, the client is listed without having been asked. */
        @WithDefault("true")
        boolean probe();

        /** How long the server may take to answer the check. */
        @WithDefault("2S")
        Duration timeout();

        /** How long an answer is good for, so that frequent checks don't burden the server. */
        @WithDefault("10S")
        Duration cache();
    }
}

package io.quarkiverse.deviceauthorization.runtime.config;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.quarkus.runtime.annotations.ConfigDocDefault;
import io.quarkus.runtime.annotations.ConfigDocMapKey;
import io.quarkus.runtime.annotations.ConfigGroup;
import io.smallrye.config.WithDefault;

/** One client. */
@ConfigGroup
public interface ClientConfig {

    /** Whether the client can be used. An inactive one can be injected through {@code InjectableInstance} only. */
    @WithDefault("true")
    boolean active();

    /**
     * A provider whose endpoints, scopes and parameters are filled in; each key that is set here goes before it.
     * {@code yoto}: the Yoto API.
     */
    Optional<Provider> provider();

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

    /** The device authorization endpoint, absolute or relative to {@code auth-server-url}. Goes before a discovered one. */
    Optional<String> deviceAuthorizationPath();

    /** The token endpoint, absolute or relative to {@code auth-server-url}. Goes before a discovered one. */
    Optional<String> tokenPath();

    /**
     * The revocation endpoint (RFC 7009), absolute or relative to {@code auth-server-url}. Goes before a discovered one.
     * Without one, signing out only forgets the tokens.
     */
    Optional<String> revokePath();

    /** The client id that the provider issued. */
    Optional<String> clientId();

    /** How the client authenticates. Without anything here it is a public client, as device clients usually are. */
    Credentials credentials();

    /** The scopes to ask for. Many providers issue a refresh token only for {@code offline_access}. */
    Optional<List<String>> scopes();

    /** The audience to ask for: the API that the access token is for, at Auth0 and its relatives. */
    Optional<String> audience();

    /** The resources to ask for (RFC 8707). */
    Optional<List<URI>> resources();

    /** Further form parameters of the device authorization request. */
    @ConfigDocMapKey("parameter")
    Map<String, String> extraParams();

    /** Further headers of every request to the authorization server. */
    @ConfigDocMapKey("header")
    Map<String, String> headers();

    /** How patiently the server is polled. */
    Polling polling();

    /** What happens to tokens. */
    TokenKeeping tokens();

    /** How {@code login()} tells the person what to do: on standard error, in the log, or not at all. */
    @WithDefault("terminal")
    PromptKind prompt();

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

    /** How the client authenticates. */
    @ConfigGroup
    interface Credentials {

        /**
         * The client secret. It belongs in the environment or in a {@code .env} file, and not into a program that you hand out.
         */
        Optional<String> secret();

        /** How the secret is sent. */
        @ConfigDocDefault("basic")
        Optional<ClientSecretMethod> method();

        /** A token that the device authorization request carries as {@code Authorization: Bearer}; few providers want one. */
        Optional<String> bearerToken();
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
    }

    /** What happens to tokens. */
    @ConfigGroup
    interface TokenKeeping {

        /** How long before its end an access token is refreshed. */
        @WithDefault("30S")
        Duration refreshSkew();
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

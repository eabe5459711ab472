package io.quarkiverse.deviceauthorization.devserver;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

import io.quarkiverse.deviceauthorization.devserver.Client.Authentication;

/**
 * An OAuth 2.0 authorization server for development and tests, with the device authorization grant (RFC 8628), refresh
 * tokens, revocation (RFC 7009), metadata (RFC 8414) and the page on which a person approves. It listens on the
 * loopback interface only, keeps everything in memory, and does what its {@link Script} says.
 *
 * <pre>
 * try (DeviceAuthorizationServer server = DeviceAuthorizationServer.start()) {
 *     server.script().pending(2).approve("alice");
 *     // let a client sign in at server.issuer()
 * }
 * </pre>
 */
public final class DeviceAuthorizationServer implements AutoCloseable {

    private final LoopbackListener listener;
    private final Routes routes;

    private DeviceAuthorizationServer(Settings settings) {
        listener = new LoopbackListener(settings.port());
        routes = new Routes(settings, issuer(), port(), listener.executor());
        listener.start(routes.dispatcher());
    }

    /** A builder with the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    /** Starts a server with the defaults: a free port, {@link Behaviour#RFC8628}, any client, users alice and bob. */
    public static DeviceAuthorizationServer start() {
        return builder().start();
    }

    /** The issuer, and what all paths are appended to: {@code http://localhost:} and the port. */
    public String issuer() {
        return listener.origin();
    }

    /** The port that the server listens on. */
    public int port() {
        return listener.port();
    }

    /** Says what happens next. */
    public Script script() {
        return routes.script();
    }

    /** What the server has seen. */
    public Counters counters() {
        return routes.counters();
    }

    /** Signs with a new key from now on. The JWKS has the new one only, so that clients must fetch it again. */
    public void rotateSigningKey() {
        routes.rotateSigningKey();
    }

    /**
     * Changes the nonce that DPoP proofs must have, if the server demands one: those with the nonce of before are challenged
     * again.
     */
    public void rotateDpopNonce() {
        routes.rotateDpopNonce();
    }

    /** Stops at once; requests in flight lose their connection. */
    @Override
    public void close() {
        listener.close();
    }

    /** Builds a server. */
    public static final class Builder {

        private final Map<String, Client> clients = new LinkedHashMap<>();
        private final Map<String, User> users = new LinkedHashMap<>();
        private Behaviour behaviour = Behaviour.RFC8628;
        private int port;
        private Duration interval = Duration.ofSeconds(5);
        private Duration codeLifespan = Duration.ofMinutes(5);
        private Duration accessTokenLifespan = Duration.ofMinutes(5);
        private Optional<Duration> refreshTokenLifespan = Optional.empty();
        private Duration refreshReuseLeeway = Duration.ZERO;
        private Optional<Boolean> refreshTokenRotation = Optional.empty();
        private Optional<Boolean> requireScope = Optional.empty();
        private Optional<Boolean> requireAudience = Optional.empty();
        private boolean requirePkce;
        private boolean requireDpop;
        private boolean dpopNonces;
        private Set<String> scopes = Set.of();
        private Set<String> audiences = Set.of();
        private Optional<String> serviceName = Optional.empty();
        private InstantSource clock = InstantSource.system();
        private ExchangeListener listener = new ExchangeListener() {
        };

        private Builder() {
        }

        /** The port to listen on; 0, the default, takes a free one. */
        public Builder port(int port) {
            this.port = port;
            return this;
        }

        /** How to answer; by default {@link Behaviour#RFC8628}. */
        public Builder behaviour(Behaviour behaviour) {
            this.behaviour = Objects.requireNonNull(behaviour);
            return this;
        }

        /** The least time between two polls, in whole seconds; by default 5 s. */
        public Builder interval(Duration interval) {
            this.interval = wholeSeconds("interval", interval);
            return this;
        }

        /** How long a device code is good for, in whole seconds; by default 5 min. */
        public Builder codeLifespan(Duration codeLifespan) {
            this.codeLifespan = wholeSeconds("codeLifespan", codeLifespan);
            return this;
        }

        /** How long an access token is good for, in whole seconds; by default 5 min. */
        public Builder accessTokenLifespan(Duration accessTokenLifespan) {
            this.accessTokenLifespan = wholeSeconds("accessTokenLifespan", accessTokenLifespan);
            return this;
        }

        /** How long a refresh token is good for, from its issue, in whole seconds; by default for ever. */
        public Builder refreshTokenLifespan(Duration refreshTokenLifespan) {
            this.refreshTokenLifespan = Optional.of(wholeSeconds("refreshTokenLifespan", refreshTokenLifespan));
            return this;
        }

        /** How long a spent refresh token may be used again, as when its answer was lost; by default not at all. */
        public Builder refreshReuseLeeway(Duration refreshReuseLeeway) {
            this.refreshReuseLeeway = Objects.requireNonNull(refreshReuseLeeway);
            return this;
        }

        /**
         * Whether a refresh token is good for one use and each refresh brings a new one; by default it is, but not
         * with {@link Behaviour#GOOGLE}.
         */
        public Builder refreshTokenRotation(boolean refreshTokenRotation) {
            this.refreshTokenRotation = Optional.of(refreshTokenRotation);
            return this;
        }

        /**
         * Registers a confidential client; it may send its secret, or sign assertions with it. As soon as a client is
         * registered, others are refused.
         */
        public Builder client(String id, String secret) {
            return register(Client.withSecret(id, secret, Authentication.SECRET));
        }

        /** Registers a client that signs assertions with its secret, and may not send it: {@code client_secret_jwt} only. */
        public Builder secretJwtClient(String id, String secret) {
            return register(Client.withSecret(id, secret, Authentication.SECRET_JWT));
        }

        /**
         * Registers a client that signs assertions with a private key: {@code private_key_jwt}.
         *
         * @param publicKeys its public key as a JWK, or several as a JWKS (RFC 7517)
         * @throws IllegalArgumentException when these are no public keys
         */
        public Builder assertingClient(String id, String publicKeys) {
            return register(Client.withKeys(id, publicKeys));
        }

        /** Registers a public client. As soon as a client is registered, others are refused. */
        public Builder publicClient(String id) {
            return register(Client.publicOne(id));
        }

        /** Registers a public client that may not use the device authorization grant: {@code unauthorized_client}. */
        public Builder unauthorizedClient(String id) {
            return register(Client.publicOne(id).withoutDeviceGrant());
        }

        /** Adds a person with these claims (OpenID Connect Core 1.0 §5.1). The first one replaces alice and bob. */
        public Builder user(String name, Map<String, ?> claims) {
            users.put(name, new User(name, Collections.unmodifiableMap(new LinkedHashMap<>(claims))));
            return this;
        }

        /** The scopes that there are, others are an {@code invalid_scope}; by default any is fine. */
        public Builder scopes(String... scopes) {
            this.scopes = Set.of(scopes);
            return this;
        }

        /** The audiences that there are, others are an {@code access_denied}; by default any is fine. */
        public Builder audiences(String... audiences) {
            this.audiences = Set.of(audiences);
            return this;
        }

        /** Whether a flow must name a {@code scope}; by default it must with {@link Behaviour#AUTH0}. */
        public Builder requireScope(boolean requireScope) {
            this.requireScope = Optional.of(requireScope);
            return this;
        }

        /** Whether a flow must name an {@code audience}; by default it must with {@link Behaviour#AUTH0}. */
        public Builder requireAudience(boolean requireAudience) {
            this.requireAudience = Optional.of(requireAudience);
            return this;
        }

        /** Whether a flow must have a {@code code_challenge} (RFC 7636); by default it may. */
        public Builder requirePkce(boolean requirePkce) {
            this.requirePkce = requirePkce;
            return this;
        }

        /** Whether a flow, a poll and a refresh must have a DPoP proof (RFC 9449); by default they may. */
        public Builder requireDpop(boolean requireDpop) {
            this.requireDpop = requireDpop;
            return this;
        }

        /** Whether a DPoP proof must have the nonce of this server (RFC 9449 §8 and §9); by default it need not. */
        public Builder dpopNonces(boolean dpopNonces) {
            this.dpopNonces = dpopNonces;
            return this;
        }

        /** The name by which processes of this machine know the server that they share, shown at {@code /dev/script}. */
        public Builder serviceName(String serviceName) {
            this.serviceName = Optional.of(serviceName);
            return this;
        }

        /** What time it is: intervals, expiry and tokens follow this clock; by default the system's. */
        public Builder clock(InstantSource clock) {
            this.clock = Objects.requireNonNull(clock);
            return this;
        }

        /** Who watches the requests and their answers; by default nobody. */
        public Builder listener(ExchangeListener listener) {
            this.listener = Objects.requireNonNull(listener);
            return this;
        }

        /**
         * Starts the server.
         *
         * @throws UncheckedIOException when the port is taken
         */
        public DeviceAuthorizationServer start() {
            boolean both = behaviour.wire().scopeAndAudienceRequired();
            Requirements requirements = new Requirements(requireScope.orElse(both), requireAudience.orElse(both), requirePkce,
                    requireDpop, dpopNonces);
            return new DeviceAuthorizationServer(new Settings(behaviour, port, interval, codeLifespan, accessTokenLifespan,
                    refreshTokenLifespan, refreshReuseLeeway,
                    refreshTokenRotation.orElse(behaviour.wire().refreshTokenRotation()), requirements, scopes, audiences,
                    Map.copyOf(clients), users.isEmpty() ? User.examples() : new LinkedHashMap<>(users), clock, serviceName,
                    listener));
        }

        private Builder register(Client client) {
            clients.put(client.id(), client);
            return this;
        }

        private static Duration wholeSeconds(String name, Duration duration) {
            if (duration.isNegative() || duration.toNanosPart() != 0) {
                throw new IllegalArgumentException(name + " must be whole seconds: " + duration);
            }
            return duration;
        }
    }
}

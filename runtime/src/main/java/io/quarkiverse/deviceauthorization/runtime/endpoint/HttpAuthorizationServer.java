package io.quarkiverse.deviceauthorization.runtime.endpoint;

import java.net.URI;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

import org.jboss.logging.Logger;

import io.quarkiverse.deviceauthorization.AuthorizationRequest;
import io.quarkiverse.deviceauthorization.AuthorizationServerException;
import io.quarkiverse.deviceauthorization.InvalidIdTokenException;
import io.quarkiverse.deviceauthorization.OAuthError;
import io.quarkiverse.deviceauthorization.Secret;
import io.quarkiverse.deviceauthorization.Tokens;
import io.quarkiverse.deviceauthorization.UserInfo;
import io.quarkiverse.deviceauthorization.provider.ProviderRequest.Kind;
import io.quarkiverse.deviceauthorization.runtime.config.ClientSettings;
import io.quarkiverse.deviceauthorization.runtime.config.ConfigKeys;
import io.quarkiverse.deviceauthorization.runtime.credentials.ClientAuthentication;
import io.quarkiverse.deviceauthorization.runtime.dpop.DpopKey;
import io.quarkiverse.deviceauthorization.runtime.idtoken.IdTokenCheck;
import io.quarkiverse.deviceauthorization.runtime.logging.FlowMdc;
import io.quarkiverse.deviceauthorization.runtime.protocol.AuthorizationServer;
import io.quarkiverse.deviceauthorization.runtime.protocol.DeviceCodes;
import io.quarkiverse.deviceauthorization.runtime.protocol.Refusal;
import io.quarkiverse.deviceauthorization.runtime.protocol.Telemetry;
import io.quarkiverse.deviceauthorization.runtime.protocol.TokenAnswer;
import io.quarkiverse.deviceauthorization.runtime.protocol.TokenRequest;
import io.quarkiverse.deviceauthorization.runtime.provider.Preset.Endpoint;
import io.quarkiverse.deviceauthorization.store.FlowBinding;
import io.quarkiverse.deviceauthorization.store.StoredFlow;
import io.smallrye.mutiny.Uni;

/** An authorization server over HTTP. */
public final class HttpAuthorizationServer implements AuthorizationServer {

    private static final Logger LOG = Logger.getLogger(HttpAuthorizationServer.class);

    private final ClientSettings settings;
    private final RequestForms forms;
    private final Exchange exchange;
    private final UsualRequests usual;
    private final Outcome<TokenAnswer> usualTokenAnswer;
    private final EndpointResolver resolver;
    private final DeviceCodesReader deviceCodes;
    private final TokenAnswerReader tokenAnswers;
    private final UserInfoReader userInfo;
    private final IdTokenCheck idTokens;
    private final RefreshedTokens refreshedTokens;
    private final Unusable unusable;
    private final Refusal refusal;
    private final EndpointProbe probe;

    /**
     * @param api makes the REST client, when it is first needed, or returns the one that it made
     * @param mutualTls whether the client has a certificate of its own to show
     */
    public HttpAuthorizationServer(ClientSettings settings, Supplier<AuthorizationServerApi> api,
            ClientAuthentication authentication, BooleanSupplier mutualTls, InstantSource clock) {
        this.settings = settings;
        this.unusable = new Unusable(settings);
        this.refusal = new Refusal(settings.name(), settings::cure);
        this.forms = new RequestForms(settings);
        this.exchange = new Exchange(settings, api, authentication, unusable, clock);
        this.usualTokenAnswer = tokenAnswer(false, settings.scopes());
        this.usual = new UsualRequests(exchange, forms);
        this.resolver = new EndpointResolver(settings, exchange::get, mutualTls);
        this.deviceCodes = new DeviceCodesReader(settings);
        this.tokenAnswers = new TokenAnswerReader(unusable, clock);
        this.userInfo = new UserInfoReader(settings, unusable);
        this.idTokens = new IdTokenCheck(settings, this::idTokenServer, clock);
        this.refreshedTokens = new RefreshedTokens(idTokens, () -> idTokenServer(resolver.known()));
        this.probe = new EndpointProbe(this, settings, clock);
    }

    @Override
    public Uni<DeviceCodes> requestCodes(AuthorizationRequest request) {
        FlowBinding binding = forms.binding(request);
        Outcome<DeviceCodes> outcome = answer -> codes(answer, binding);
        return resolver.with(outcome, endpoints -> usual.start(request, binding)
                .map(written -> exchange.send(Kind.DEVICE_AUTHORIZATION, written, List.of(), endpoints.deviceAuthorization(),
                        outcome))
                .orElseGet(() -> exchange.send(new Exchange.Prepared(Kind.DEVICE_AUTHORIZATION,
                        forms.start(request, binding), request.headers(), binding.dpopKey().map(DpopKey::of), List.of()),
                        endpoints.deviceAuthorization(), endpoints.token(), outcome)));
    }

    @Override
    public Optional<String> registration() {
        return Optional.of(settings.registration());
    }

    /** By body first: GitHub sends errors with status 200, and others codes with 201. */
    private DeviceCodes codes(Answer answer, FlowBinding binding) {
        noticeMove(answer);
        if (answer.text("device_code").isEmpty()) {
            Optional<OAuthError> error = TokenAnswerReader.error(answer);
            if (error.isPresent()) {
                throw refusal.ofStart(error.get());
            }
        }
        if (!answer.successful() || !answer.readable()) {
            throw unusable.answer("device-authorization-path", answer);
        }
        return deviceCodes.read(answer, resolver.known().deviceAuthorization(), binding);
    }

    @Override
    public TokenRequest deviceTokenRequest(StoredFlow flow) {
        Collection<String> scopes = forms.scopes(flow.request());
        if (scopes.contains("openid")) {
            idTokens.prepare().subscribe().with(nothing -> {
            });
        }
        Optional<PollTemplate> template = usual.poll(flow);
        if (template.isPresent()) {
            return usualTokenRequest(template.get(), flow.pending().deviceCode());
        }
        FlowBinding binding = flow.binding();
        Optional<DpopKey> key = binding.dpopKey().map(DpopKey::of);
        return () -> tokenRequest(new Exchange.Prepared(Kind.DEVICE_TOKEN, forms.poll(flow), Map.of(), key,
                secrets(flow.pending().deviceCode(), binding.codeVerifier())), scopes)
                .onItem().transform(answer -> bound(answer, binding.dpopKey(), work -> FlowMdc.run(flow.pending(), work)));
    }

    /** Most requests of all are these, and most of them are answered "not yet". */
    private TokenRequest usualTokenRequest(PollTemplate template, Secret deviceCode) {
        return () -> resolver.with(usualTokenAnswer, endpoints -> exchange.send(Kind.DEVICE_TOKEN, template.with(deviceCode),
                List.of(deviceCode.value()), endpoints.token(), usualTokenAnswer));
    }

    private static List<String> secrets(Secret first, Optional<Secret> second) {
        return second.map(more -> List.of(first.value(), more.value())).orElseGet(() -> List.of(first.value()));
    }

    /**
     * The key stays with the tokens, also where the access token is a bearer token: the refresh token may be bound.
     *
     * @param scope surrounds what is logged
     */
    private TokenAnswer bound(TokenAnswer answer, Optional<Secret> key, Telemetry.Scope scope) {
        if (key.isEmpty() || !(answer instanceof TokenAnswer.Granted granted)) {
            return answer;
        }
        Tokens tokens = granted.tokens();
        if (!tokens.tokenType().equalsIgnoreCase("DPoP")) {
            scope.run(() -> LOG.warnf(
                    "The authorization server of %s issued tokens of type %s though %s is on: whoever has them can use them",
                    ConfigKeys.describe(settings.name()), tokens.tokenType(), ConfigKeys.key(settings.name(), "dpop")));
        }
        return new TokenAnswer.Granted(new Tokens(tokens.accessToken(), tokens.tokenType(), tokens.refreshToken(),
                tokens.idToken(), tokens.expiresAt(), tokens.scopes(), tokens.parameters(), key));
    }

    @Override
    public Uni<Void> checkIdToken(Tokens tokens, FlowBinding binding) {
        return tokens.idToken().map(idToken -> idTokens.check(idToken, binding.nonce()))
                .orElseGet(() -> binding.nonce().isEmpty() || !settings.config().idToken().check()
                        ? Uni.createFrom().voidItem()
                        : Uni.createFrom().failure(() -> new InvalidIdTokenException("The request for "
                                + ConfigKeys.describe(settings.name())
                                + " has a nonce, and there is no ID token that repeats it."
                                + " Ask for the scope openid, or leave the nonce out")));
    }

    private Uni<IdTokenCheck.Server> idTokenServer() {
        return resolver.endpoints().onItem().transform(this::idTokenServer);
    }

    private IdTokenCheck.Server idTokenServer(Endpoints endpoints) {
        return new IdTokenCheck.Server(endpoints.issuer(),
                endpoints.jwks().map(jwks -> () -> exchange.get(jwks).onItem().invoke(this::noticeMove)
                        .onItem().transform(answer -> {
                            if (!answer.successful() || !(answer.members().get("keys") instanceof Collection<?>)) {
                                throw unusable.answer("jwks-path", answer);
                            }
                            return answer.members();
                        })));
    }

    @Override
    public Uni<TokenAnswer> refresh(Tokens tokens) {
        Secret refreshToken = tokens.refreshToken().orElseThrow();
        Exchange.Prepared prepared = new Exchange.Prepared(Kind.REFRESH, forms.refresh(refreshToken), Map.of(),
                tokens.dpopKey().map(DpopKey::of), List.of(refreshToken.value()));
        return refreshedTokens.prepare(tokens).onItem()
                .transformToUni(nothing -> tokenRequest(prepared, tokens.scopes()))
                .onItem().transform(answer -> bound(answer, tokens.dpopKey(), Telemetry.Scope.NONE))
                .onItem().transform(answer -> answer instanceof TokenAnswer.Granted granted
                        ? new TokenAnswer.Granted(refreshedTokens.completed(granted.tokens(), tokens))
                        : answer);
    }

    private Uni<TokenAnswer> tokenRequest(Exchange.Prepared prepared, Collection<String> requested) {
        Outcome<TokenAnswer> outcome = tokenAnswer(prepared.key().isPresent(), requested);
        return resolver.with(outcome,
                endpoints -> exchange.send(prepared, endpoints.token(), endpoints.token(), outcome));
    }

    /** A token request never fails: an unreachable server is an answer too. */
    private Outcome<TokenAnswer> tokenAnswer(boolean proven, Collection<String> requested) {
        return new Outcome<>() {
            @Override
            public TokenAnswer of(Answer answer) {
                noticeMove(answer);
                return proven && Exchange.wantsNonce(answer)
                        ? new TokenAnswer.Unavailable(unusable.nonces(answer), answer.retryAfter())
                        : tokenAnswers.read(answer, requested);
            }

            @Override
            public TokenAnswer ofNone(AuthorizationServerException reason) {
                return new TokenAnswer.Unavailable(reason, Optional.empty());
            }
        };
    }

    private void noticeMove(Answer answer) {
        if (answer.nothingThere()) {
            resolver.moved();
        }
    }

    @Override
    public Uni<UserInfo> userInfo(Tokens tokens) {
        return resolver.endpoints()
                .onItem()
                .transformToUni(endpoints -> exchange.get(endpoints.userInfo().orElseThrow(userInfo::noEndpoint), tokens))
                .onItem().transform(answer -> userInfo.read(answer, tokens));
    }

    @Override
    public Uni<Void> revoke(Tokens tokens) {
        return resolver.endpoints().onItem().transformToUni(endpoints -> {
            if (endpoints.revocation().isEmpty()) {
                LOG.debugf("There is no revocation endpoint: the tokens of %s are only forgotten",
                        ConfigKeys.describe(settings.name()));
                return Uni.createFrom().voidItem();
            }
            Exchange.Prepared prepared = new Exchange.Prepared(Kind.REVOCATION, forms.revoke(tokens), Map.of(),
                    Optional.empty(),
                    secrets(tokens.accessToken(), tokens.refreshToken()));
            return exchange.send(prepared, endpoints.revocation().get(), endpoints.token(), Outcome.ANSWER)
                    .onItem().invoke(this::checkRevoked).replaceWithVoid();
        });
    }

    private void checkRevoked(Answer answer) {
        if (answer.status() >= 500 || answer.status() == 429) {
            throw unusable.answer("revoke-path", answer);
        }
        if (!answer.successful()) {
            LOG.warnf("The authorization server of %s did not revoke a token (HTTP status %s%s); it is forgotten here",
                    ConfigKeys.describe(settings.name()), answer.status(),
                    TokenAnswerReader.error(answer).map(error -> ", " + error.code()).orElse(""));
        }
    }

    @Override
    public Optional<String> cure(Kind kind, OAuthError error) {
        return settings.cure(kind, error);
    }

    /** @return the server's metadata; fails when there are none or they are somebody else's */
    Uni<Answer> metadata() {
        return resolver.metadata();
    }

    /** @return the device authorization endpoint that metadata name, if it can be used */
    Optional<URI> deviceAuthorizationEndpoint(Answer metadata) {
        return resolver.discovered(metadata, Endpoint.DEVICE_AUTHORIZATION);
    }

    /** @return asks whether the endpoint can be used */
    public EndpointProbe probe() {
        return probe;
    }

    /** Reads something from the server, without credentials. */
    Uni<Answer> get(URI resource) {
        return exchange.get(resource);
    }
}

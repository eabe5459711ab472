package io.quarkiverse.deviceauthorization.runtime.endpoint;

import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

import io.quarkiverse.deviceauthorization.AuthorizationRequest;
import io.quarkiverse.deviceauthorization.InvalidIdTokenException;
import io.quarkiverse.deviceauthorization.OAuthError;
import io.quarkiverse.deviceauthorization.Tokens;
import io.quarkiverse.deviceauthorization.UserInfo;
import io.quarkiverse.deviceauthorization.provider.ProviderRequest.Kind;
import io.quarkiverse.deviceauthorization.runtime.config.ClientSettings;
import io.quarkiverse.deviceauthorization.runtime.config.ConfigKeys;
import io.quarkiverse.deviceauthorization.runtime.credentials.ClientAuthentication;
import io.quarkiverse.deviceauthorization.runtime.dpop.DpopKey;
import io.quarkiverse.deviceauthorization.runtime.idtoken.IdTokenCheck;
import io.quarkiverse.deviceauthorization.runtime.protocol.AuthorizationServer;
import io.quarkiverse.deviceauthorization.runtime.protocol.DeviceCodes;
import io.quarkiverse.deviceauthorization.runtime.protocol.Refusal;
import io.quarkiverse.deviceauthorization.runtime.protocol.TokenAnswer;
import io.quarkiverse.deviceauthorization.runtime.protocol.TokenRequest;
import io.quarkiverse.deviceauthorization.store.FlowBinding;
import io.quarkiverse.deviceauthorization.store.StoredFlow;
import io.smallrye.mutiny.Uni;

/** An authorization server over HTTP. */
public final class HttpAuthorizationServer implements AuthorizationServer {

    private final ClientSettings settings;
    private final RequestForms forms;
    private final Exchange exchange;
    private final UsualRequests usual;
    private final EndpointResolver resolver;
    private final DeviceCodesReader deviceCodes;
    private final TokenRequests tokenRequests;
    private final Revocation revocation;
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
        this.usual = new UsualRequests(exchange, forms);
        MetadataReader metadata = new MetadataReader(settings, exchange::get, mutualTls);
        this.resolver = new EndpointResolver(settings, metadata);
        this.deviceCodes = new DeviceCodesReader(settings);
        this.tokenRequests = new TokenRequests(settings, forms, exchange, usual, resolver, unusable, clock);
        this.revocation = new Revocation(settings, forms, exchange, resolver, unusable);
        this.userInfo = new UserInfoReader(settings, unusable);
        this.idTokens = new IdTokenCheck(settings, this::idTokenServer, clock);
        this.refreshedTokens = new RefreshedTokens(idTokens, () -> idTokenServer(resolver.known()));
        this.probe = new EndpointProbe(settings, metadata, exchange::get, clock);
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
        resolver.notice(answer);
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
        return tokenRequests.ofDevice(flow, scopes);
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
                endpoints.jwks().map(jwks -> () -> exchange.get(jwks).onItem().invoke(resolver::notice)
                        .onItem().transform(answer -> {
                            if (!answer.successful() || !(answer.members().get("keys") instanceof Collection<?>)) {
                                throw unusable.answer("jwks-path", answer);
                            }
                            return answer.members();
                        })));
    }

    @Override
    public Uni<TokenAnswer> refresh(Tokens tokens) {
        return refreshedTokens.prepare(tokens).onItem().transformToUni(nothing -> tokenRequests.refresh(tokens))
                .onItem().transform(answer -> answer instanceof TokenAnswer.Granted granted
                        ? new TokenAnswer.Granted(refreshedTokens.completed(granted.tokens(), tokens))
                        : answer);
    }

    /**
     * Asks about the person (OpenID Connect Core 1.0 §5.3).
     *
     * @param tokens valid tokens
     * @return what the server says
     */
    public Uni<UserInfo> userInfo(Tokens tokens) {
        return resolver.endpoints().onItem()
                .transformToUni(endpoints -> exchange.get(endpoints.userInfo().orElseThrow(userInfo::noEndpoint), tokens))
                .onItem().transform(answer -> userInfo.read(answer, tokens));
    }

    @Override
    public Uni<Void> revoke(Tokens tokens) {
        return revocation.of(tokens);
    }

    @Override
    public Optional<String> cure(Kind kind, OAuthError error) {
        return settings.cure(kind, error);
    }

    /** @return asks whether the endpoint can be used */
    public EndpointProbe probe() {
        return probe;
    }
}

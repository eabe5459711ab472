package io.quarkiverse.deviceauthorization.runtime.endpoint;

import java.time.InstantSource;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

import org.jboss.logging.Logger;

import io.quarkiverse.deviceauthorization.AuthorizationServerException;
import io.quarkiverse.deviceauthorization.Secret;
import io.quarkiverse.deviceauthorization.Tokens;
import io.quarkiverse.deviceauthorization.provider.ProviderRequest.Kind;
import io.quarkiverse.deviceauthorization.runtime.config.ClientSettings;
import io.quarkiverse.deviceauthorization.runtime.config.ConfigKeys;
import io.quarkiverse.deviceauthorization.runtime.dpop.DpopKey;
import io.quarkiverse.deviceauthorization.runtime.logging.FlowMdc;
import io.quarkiverse.deviceauthorization.runtime.protocol.Telemetry;
import io.quarkiverse.deviceauthorization.runtime.protocol.TokenAnswer;
import io.quarkiverse.deviceauthorization.runtime.protocol.TokenRequest;
import io.quarkiverse.deviceauthorization.store.FlowBinding;
import io.quarkiverse.deviceauthorization.store.StoredFlow;
import io.smallrye.mutiny.Uni;

/** Token requests (RFC 8628 §3.4, RFC 6749 §6). None of them fails: that the server can't be reached is an answer, too. */
final class TokenRequests {

    private static final Logger LOG = Logger.getLogger(TokenRequests.class);

    private final ClientSettings settings;
    private final RequestForms forms;
    private final Exchange exchange;
    private final UsualRequests usual;
    private final EndpointResolver resolver;
    private final Unusable unusable;
    private final TokenAnswerReader answers;
    private final Outcome<TokenAnswer> usualOutcome;

    TokenRequests(ClientSettings settings, RequestForms forms, Exchange exchange, UsualRequests usual,
            EndpointResolver resolver, Unusable unusable, InstantSource clock) {
        this.settings = settings;
        this.forms = forms;
        this.exchange = exchange;
        this.usual = usual;
        this.resolver = resolver;
        this.unusable = unusable;
        this.answers = new TokenAnswerReader(unusable, clock);
        this.usualOutcome = outcome(false, settings.scopes());
    }

    /** @param scopes what the flow has asked for */
    TokenRequest ofDevice(StoredFlow flow, Collection<String> scopes) {
        Optional<PollTemplate> template = usual.poll(flow);
        if (template.isPresent()) {
            return usual(template.get(), flow.pending().deviceCode());
        }
        FlowBinding binding = flow.binding();
        Optional<DpopKey> key = binding.dpopKey().map(DpopKey::of);
        return () -> send(new Exchange.Prepared(Kind.DEVICE_TOKEN, forms.poll(flow), Map.of(), key,
                Exchange.texts(flow.pending().deviceCode(), binding.codeVerifier())), scopes)
                .onItem().transform(answer -> bound(answer, binding.dpopKey(), work -> FlowMdc.run(flow.pending(), work)));
    }

    /** Most requests of all are these, and most of them are answered "not yet". */
    private TokenRequest usual(PollTemplate template, Secret deviceCode) {
        return () -> resolver.with(usualOutcome, endpoints -> exchange.send(Kind.DEVICE_TOKEN, template.with(deviceCode),
                Exchange.texts(deviceCode), endpoints.token(), usualOutcome));
    }

    Uni<TokenAnswer> refresh(Tokens tokens) {
        Secret refreshToken = tokens.refreshToken().orElseThrow();
        return send(new Exchange.Prepared(Kind.REFRESH, forms.refresh(refreshToken), Map.of(),
                tokens.dpopKey().map(DpopKey::of), Exchange.texts(refreshToken)), tokens.scopes())
                .onItem().transform(answer -> bound(answer, tokens.dpopKey(), Telemetry.Scope.NONE));
    }

    private Uni<TokenAnswer> send(Exchange.Prepared prepared, Collection<String> requested) {
        Outcome<TokenAnswer> outcome = outcome(prepared.key().isPresent(), requested);
        return resolver.with(outcome, endpoints -> exchange.send(prepared, endpoints.token(), endpoints.token(), outcome));
    }

    private Outcome<TokenAnswer> outcome(boolean proven, Collection<String> requested) {
        return new Outcome<>() {
            @Override
            public TokenAnswer of(Answer answer) {
                resolver.notice(answer);
                return proven && Exchange.wantsNonce(answer)
                        ? new TokenAnswer.Unavailable(unusable.nonces(answer), answer.retryAfter())
                        : answers.read(answer, requested);
            }

            @Override
            public TokenAnswer ofNone(AuthorizationServerException reason) {
                return new TokenAnswer.Unavailable(reason, Optional.empty());
            }
        };
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
}

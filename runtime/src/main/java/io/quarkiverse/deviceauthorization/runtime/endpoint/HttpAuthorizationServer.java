package io.quarkiverse.deviceauthorization.runtime.endpoint;

import java.net.URI;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

import jakarta.ws.rs.core.Response;

import org.jboss.logging.Logger;

import io.quarkiverse.deviceauthorization.AuthorizationRequest;
import io.quarkiverse.deviceauthorization.AuthorizationServerException;
import io.quarkiverse.deviceauthorization.OAuthError;
import io.quarkiverse.deviceauthorization.PendingAuthorization;
import io.quarkiverse.deviceauthorization.Secret;
import io.quarkiverse.deviceauthorization.Tokens;
import io.quarkiverse.deviceauthorization.runtime.config.ClientSettings;
import io.quarkiverse.deviceauthorization.runtime.config.ConfigKeys;
import io.quarkiverse.deviceauthorization.runtime.protocol.AuthorizationServer;
import io.quarkiverse.deviceauthorization.runtime.protocol.DeviceCodes;
import io.quarkiverse.deviceauthorization.runtime.protocol.Refusal;
import io.quarkiverse.deviceauthorization.runtime.protocol.TokenAnswer;
import io.quarkiverse.deviceauthorization.runtime.protocol.TokenRequest;
import io.smallrye.mutiny.Uni;

/** An authorization server over HTTP. */
public final class HttpAuthorizationServer implements AuthorizationServer {

    private static final Logger LOG = Logger.getLogger(HttpAuthorizationServer.class);
    private static final String DEVICE_CODE_GRANT = "urn:ietf:params:oauth:grant-type:device_code";

    private final ClientSettings settings;
    private final Supplier<AuthorizationServerApi> api;
    private final ClientAuthentication authentication;
    private final EndpointResolver resolver;
    private final AnswerReader answers;
    private final DeviceCodesReader deviceCodes;
    private final TokenAnswerReader tokenAnswers;
    private final Unusable unusable;
    private final Refusal refusal;
    private final EndpointProbe probe;

    /** @param api makes the REST client, when it is first needed, or returns the one that it made */
    public HttpAuthorizationServer(ClientSettings settings, Supplier<AuthorizationServerApi> api, InstantSource clock) {
        this.settings = settings;
        this.api = api;
        this.authentication = new ClientAuthentication(settings);
        this.answers = new AnswerReader(clock);
        this.unusable = new Unusable(settings);
        this.refusal = new Refusal(settings.name());
        this.deviceCodes = new DeviceCodesReader(settings);
        this.tokenAnswers = new TokenAnswerReader(unusable, clock);
        this.resolver = new EndpointResolver(settings, this::get);
        this.probe = new EndpointProbe(this, settings, clock);
    }

    @Override
    public Uni<DeviceCodes> requestCodes(AuthorizationRequest request) {
        byte[] form = authentication.identify(startForm(request)).encode();
        return resolver.endpoints().onItem().transformToUni(endpoints -> {
            URI endpoint = endpoints.deviceAuthorization();
            return post(endpoint, authentication.startHeader(), form, null).onItem()
                    .transform(answer -> codes(answer, endpoint));
        });
    }

    private Form startForm(AuthorizationRequest request) {
        return target(new Form().set("scope", String.join(" ", scopes(request))), request)
                .setAll(settings.config().extraParams())
                .setAll(request.parameters());
    }

    private Collection<String> scopes(AuthorizationRequest request) {
        return request.scopes().<Collection<String>> map(set -> set).orElse(settings.scopes());
    }

    /** What the access token is for, said on both requests (RFC 8707 §2.2). */
    private Form target(Form form, AuthorizationRequest request) {
        return form.set("audience", request.audience().or(settings::audience).orElse(""))
                .resources(request.resources().or(() -> settings.config().resources()).orElse(List.of()));
    }

    /** By body first: GitHub sends errors with status 200, and others codes with 201. */
    private DeviceCodes codes(Answer answer, URI endpoint) {
        if (answer.text("device_code").isEmpty()) {
            Optional<OAuthError> error = TokenAnswerReader.error(answer);
            if (error.isPresent()) {
                throw refusal.ofStart(error.get());
            }
        }
        if (!answer.successful() || !answer.readable()) {
            throw unusable.answer("device-authorization-path", answer);
        }
        return deviceCodes.read(answer, endpoint);
    }

    @Override
    public TokenRequest deviceTokenRequest(PendingAuthorization pending, AuthorizationRequest request) {
        Secret deviceCode = pending.deviceCode();
        byte[] form = authentication.identify(target(new Form()
                .set("grant_type", DEVICE_CODE_GRANT)
                .set("device_code", deviceCode.value()), request)).encode();
        Collection<String> scopes = scopes(request);
        return () -> tokenRequest(form, deviceCode, scopes);
    }

    @Override
    public Uni<TokenAnswer> refresh(Tokens tokens) {
        Secret refreshToken = tokens.refreshToken().orElseThrow();
        byte[] form = authentication.identify(new Form()
                .set("grant_type", "refresh_token")
                .set("refresh_token", refreshToken.value())).encode();
        return tokenRequest(form, refreshToken, tokens.scopes()).onItem()
                .transform(answer -> answer instanceof TokenAnswer.Granted granted
                        ? new TokenAnswer.Granted(completed(granted.tokens(), tokens))
                        : answer);
    }

    /** What the answer doesn't repeat stays as it was (RFC 6749 §6). */
    private static Tokens completed(Tokens refreshed, Tokens old) {
        Map<String, Object> parameters = new LinkedHashMap<>(old.parameters());
        parameters.putAll(refreshed.parameters());
        return new Tokens(refreshed.accessToken(), refreshed.tokenType(), refreshed.refreshToken().or(old::refreshToken),
                refreshed.idToken().or(old::idToken), refreshed.expiresAt(), refreshed.scopes(),
                Collections.unmodifiableMap(parameters));
    }

    private Uni<TokenAnswer> tokenRequest(byte[] form, Secret code, Collection<String> requested) {
        return resolver.endpoints()
                .onItem().transformToUni(endpoints -> post(endpoints.token(), authentication.header(), form, code))
                .onItem().transform(answer -> tokenAnswers.read(answer, requested))
                .onFailure(AuthorizationServerException.class)
                .recoverWithItem(failure -> new TokenAnswer.Unavailable((AuthorizationServerException) failure,
                        Optional.empty()));
    }

    @Override
    public Uni<Void> revoke(Tokens tokens) {
        boolean refreshable = tokens.refreshToken().isPresent();
        Secret token = tokens.refreshToken().orElse(tokens.accessToken());
        return resolver.endpoints().onItem().transformToUni(endpoints -> {
            if (endpoints.revocation().isEmpty()) {
                LOG.debugf("There is no revocation endpoint: the tokens of %s are only forgotten",
                        ConfigKeys.describe(settings.name()));
                return Uni.createFrom().voidItem();
            }
            byte[] form = authentication.identify(new Form().set("token", token.value())
                    .set("token_type_hint", refreshable ? "refresh_token" : "access_token")).encode();
            return post(endpoints.revocation().get(), authentication.header(), form, token)
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

    /** @return the server's metadata; fails when there are none or they are somebody else's */
    Uni<Answer> metadata() {
        return resolver.metadata();
    }

    /** @return the device authorization endpoint that metadata name, if it can be used */
    Optional<URI> deviceAuthorizationEndpoint(Answer metadata) {
        return resolver.endpoint(metadata, "device_authorization_endpoint");
    }

    /** @return asks whether the endpoint can be used */
    public EndpointProbe probe() {
        return probe;
    }

    /** Reads something from the server, without credentials. */
    Uni<Answer> get(URI resource) {
        return answer(resource, Uni.createFrom().deferred(() -> api.get().get(resource)));
    }

    private Uni<Answer> post(URI endpoint, String authorization, byte[] form, Secret sent) {
        return answer(endpoint, Uni.createFrom().deferred(() -> api.get().post(endpoint, authorization, form)))
                .onItem().transform(answer -> authentication.hideIn(sent == null ? answer : answer.hiding(sent.value())));
    }

    private Uni<Answer> answer(URI endpoint, Uni<Response> response) {
        return response.onItem().transform(answers::read)
                .onFailure().transform(failure -> failure instanceof AuthorizationServerException ? failure
                        : unusable.noAnswer(endpoint, failure));
    }
}

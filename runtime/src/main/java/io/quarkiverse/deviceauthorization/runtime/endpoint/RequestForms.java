package io.quarkiverse.deviceauthorization.runtime.endpoint;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

import org.jose4j.lang.HashUtil;

import io.quarkiverse.deviceauthorization.AuthorizationRequest;
import io.quarkiverse.deviceauthorization.Secret;
import io.quarkiverse.deviceauthorization.Tokens;
import io.quarkiverse.deviceauthorization.runtime.config.ClientSettings;
import io.quarkiverse.deviceauthorization.runtime.dpop.DpopKey;
import io.quarkiverse.deviceauthorization.store.FlowBinding;
import io.quarkiverse.deviceauthorization.store.StoredFlow;

/** What each request asks for: its parameters by the standards, without those that identify the client. */
final class RequestForms {

    private static final String DEVICE_CODE_GRANT = "urn:ietf:params:oauth:grant-type:device_code";

    private final ClientSettings settings;
    private final FlowBinding registrationOnly;

    RequestForms(ClientSettings settings) {
        this.settings = settings;
        this.registrationOnly = new FlowBinding(Optional.empty(), Optional.empty(), Optional.empty(),
                Optional.of(settings.registration()));
    }

    /** @return what a flow that starts now is tied to */
    FlowBinding binding(AuthorizationRequest request) {
        if (!settings.config().pkce() && !settings.config().dpop() && request.nonce().isEmpty()) {
            return registrationOnly; // one for all flows that wait
        }
        return new FlowBinding(settings.config().pkce() ? Optional.of(codeVerifier()) : Optional.empty(),
                settings.config().dpop() ? Optional.of(DpopKey.generate().secret()) : Optional.empty(), request.nonce(),
                registrationOnly.registration());
    }

    /** The device authorization request (RFC 8628 §3.1). */
    Form start(AuthorizationRequest request, FlowBinding binding) {
        Form form = target(new Form().set("scope", String.join(" ", scopes(request))), request)
                .setAll(settings.parameters())
                .setAll(request.parameters())
                .set("nonce", binding.nonce());
        binding.codeVerifier().ifPresent(verifier -> form.set("code_challenge", challenge(verifier))
                .set("code_challenge_method", "S256"));
        return form;
    }

    /** The device access token request (RFC 8628 §3.4). */
    Form poll(StoredFlow flow) {
        return poll(flow.pending().deviceCode().value(), flow.request())
                .set("code_verifier", flow.binding().codeVerifier().map(Secret::value));
    }

    /** The same for a flow that is tied to nothing. */
    Form poll(String deviceCode, AuthorizationRequest request) {
        return target(new Form().set("grant_type", DEVICE_CODE_GRANT)
                .set("device_code", deviceCode)
                .set("scope", settings.scopeOnPolls() ? String.join(" ", scopes(request)) : ""), request);
    }

    /** A refresh (RFC 6749 §6). */
    Form refresh(Secret refreshToken) {
        return new Form().set("grant_type", "refresh_token").set("refresh_token", refreshToken.value());
    }

    /** A revocation (RFC 7009 §2.1): of the refresh token, which ends the access token too, if there is one. */
    Form revoke(Tokens tokens) {
        Optional<Secret> refreshToken = tokens.refreshToken().filter(token -> !settings.revokesAccessTokens());
        return new Form().set("token", refreshToken.orElse(tokens.accessToken()).value())
                .set("token_type_hint", refreshToken.isPresent() ? "refresh_token" : "access_token");
    }

    Collection<String> scopes(AuthorizationRequest request) {
        return request.scopes().<Collection<String>> map(set -> set).orElse(settings.scopes());
    }

    /** What the access token is for, said on both requests (RFC 8707 §2.2, RFC 9396 §6). */
    private Form target(Form form, AuthorizationRequest request) {
        return form.set("audience", request.audience().or(settings::audience))
                .resources(request.resources().or(() -> settings.config().resources()).orElse(List.of()))
                .set("authorization_details",
                        request.authorizationDetails().or(() -> settings.config().authorizationDetails()));
    }

    /** RFC 7636 §4.1. */
    private static Secret codeVerifier() {
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        return Secret.of(Base64.getUrlEncoder().withoutPadding().encodeToString(random));
    }

    /** RFC 7636 §4.2. */
    private static String challenge(Secret verifier) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(
                HashUtil.getMessageDigest(HashUtil.SHA_256).digest(verifier.value().getBytes(StandardCharsets.US_ASCII)));
    }
}

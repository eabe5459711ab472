package io.quarkiverse.deviceauthorization.runtime.store;

import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import io.quarkiverse.deviceauthorization.AuthorizationRequest;
import io.quarkiverse.deviceauthorization.OAuthError;
import io.quarkiverse.deviceauthorization.PendingAuthorization;
import io.quarkiverse.deviceauthorization.Tokens;
import io.quarkiverse.deviceauthorization.store.FlowBinding;
import io.quarkiverse.deviceauthorization.store.StoredFlow;

/** A flow as members of JSON objects, by the names of RFC 8628 §3.1, §3.2 and §3.5 where it has one. */
final class FlowMembers {

    private FlowMembers() {
    }

    static Map<String, Object> write(Members.Builder members, StoredFlow flow) {
        return members.put("id", flow.pending().id()).put("version", flow.version())
                .put("status", flow.status().name().toLowerCase(Locale.ROOT)).put("interval", flow.interval())
                .put("next_request", flow.nextRequest()).put("followed", Optional.of(true).filter(followed -> flow.followed()))
                .put("error", flow.error().map(FlowMembers::error))
                .put("pending", pending(flow.pending())).put("request", request(flow.request()))
                .put("binding", binding(flow.binding()))
                .put("granted", flow.granted().map(tokens -> TokensMembers.write(new Members.Builder(), tokens))).build();
    }

    static StoredFlow read(Members members) throws BrokenContentException {
        Optional<Tokens> granted = members.has("granted") ? Optional.of(TokensMembers.read(members.object("granted")))
                : Optional.empty();
        Optional<OAuthError> error = members.has("error") ? Optional.of(error(members.object("error"))) : Optional.empty();
        return new StoredFlow(pending(members, members.object("pending")), request(members.object("request")),
                binding(members.object("binding")), members.duration("interval"), members.instant("next_request"),
                members.isTrue("followed"), granted,
                members.parsed("status", text -> StoredFlow.Status.valueOf(text.toUpperCase(Locale.ROOT)))
                        .orElseThrow(() -> new BrokenContentException("its member status is missing")),
                error, members.number("version"));
    }

    private static Map<String, Object> pending(PendingAuthorization pending) {
        return new Members.Builder().put("device_code", pending.deviceCode().value()).put("user_code", pending.userCode())
                .put("verification_uri", pending.verificationUri())
                .put("verification_uri_complete", pending.verificationUriComplete())
                .put("expires_at", pending.expiresAt()).put("interval", pending.interval())
                .put("parameters", pending.parameters()).build();
    }

    private static PendingAuthorization pending(Members flow, Members members) throws BrokenContentException {
        return new PendingAuthorization(flow.text("client"), flow.text("owner"), flow.text("id"), members.text("user_code"),
                members.uri("verification_uri"), members.optionalUri("verification_uri_complete"),
                members.instant("expires_at"), members.duration("interval"), members.secret("device_code"),
                members.map("parameters"));
    }

    private static Map<String, Object> request(AuthorizationRequest request) {
        Members.Builder members = new Members.Builder();
        request.scopes().ifPresent(members::putScopes);
        return members.put("audience", request.audience()).put("resource", request.resources())
                .put("authorization_details", request.authorizationDetails()).put("nonce", request.nonce())
                .put("parameters", request.parameters()).put("headers", request.headers()).build();
    }

    private static AuthorizationRequest request(Members members) throws BrokenContentException {
        AuthorizationRequest.Builder request = AuthorizationRequest.builder();
        try {
            if (members.has("scope")) {
                request.scopes(members.scopes().toArray(String[]::new));
            }
            members.optionalText("audience").ifPresent(request::audience);
            if (members.has("resource")) {
                members.texts("resource").forEach(resource -> request.resource(URI.create(resource)));
            }
            members.optionalText("authorization_details").ifPresent(request::authorizationDetails);
            members.optionalText("nonce").ifPresent(request::nonce);
            members.textMap("parameters").forEach(request::parameter);
            members.textMap("headers").forEach(request::header);
        } catch (IllegalArgumentException e) { // without it: it quotes the value
            throw new BrokenContentException("its member request is not what it has to be");
        }
        return request.build();
    }

    private static Map<String, Object> binding(FlowBinding binding) {
        return new Members.Builder().put("code_verifier", binding.codeVerifier()).put("dpop_key", binding.dpopKey())
                .put("nonce", binding.nonce()).put("registration", binding.registration())
                .put("traceparent", binding.traceparent()).build();
    }

    private static FlowBinding binding(Members members) throws BrokenContentException {
        return new FlowBinding(members.optionalSecret("code_verifier"), members.optionalSecret("dpop_key"),
                members.optionalText("nonce"), members.optionalText("registration"), members.optionalText("traceparent"));
    }

    private static Map<String, Object> error(OAuthError error) {
        return new Members.Builder().put("error", error.code()).put("error_description", error.description())
                .put("error_uri", error.uri()).put("status", error.status()).build();
    }

    private static OAuthError error(Members members) throws BrokenContentException {
        return new OAuthError(members.text("error"), members.optionalText("error_description"),
                members.optionalText("error_uri"), (int) members.number("status"));
    }
}

package io.quarkiverse.deviceauthorization.devserver;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** {@code POST /oauth/device/code}: starts a flow (RFC 8628 §3.1 and §3.2). */
final class DeviceAuthorizationEndpoint implements Handler {

    private final Settings settings;
    private final String issuer;
    private final ClientAuthentication clients;
    private final DpopProofs proofs;
    private final DeviceFlows flows;

    DeviceAuthorizationEndpoint(Settings settings, String issuer, ClientAuthentication clients, DpopProofs proofs,
            DeviceFlows flows) {
        this.settings = settings;
        this.issuer = issuer;
        this.clients = clients;
        this.proofs = proofs;
        this.flows = flows;
    }

    @Override
    public Response handle(Request request) {
        Parameters form = request.form();
        Client client = clients.authenticate(request, form);
        if (!client.deviceGrant()) {
            throw new OAuthException("unauthorized_client", "The client may not use the device authorization grant");
        }
        Optional<String> key = proofs.keyOf(request);
        DeviceFlow flow = flows.start(new DeviceRequest(client.id(), scopes(form), audiences(form),
                form.value("authorization_details").map(AuthorizationDetails::parse).orElse(List.of()), form.value("nonce"),
                Pkce.challenge(form, settings.requirements().pkce()), key));
        String verificationUri = issuer + VerificationPage.PATH;
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("device_code", flow.deviceCode);
        answer.put("user_code", flow.userCode);
        answer.put("verification_uri", verificationUri);
        answer.put("verification_uri_complete",
                verificationUri + "?user_code=" + URLEncoder.encode(flow.userCode, StandardCharsets.UTF_8));
        answer.put("expires_in", settings.codeLifespan().toSeconds());
        answer.put("interval", flow.interval().toSeconds());
        settings.wire().device(answer);
        return Response.json(200, answer);
    }

    private Set<String> scopes(Parameters form) {
        if (settings.requirements().scope()) {
            form.required("scope");
        }
        Set<String> scopes = settings.wire().scope(form).map(Scopes::parse).orElse(Set.of());
        for (String scope : scopes) {
            if (!settings.scopes().isEmpty() && !settings.scopes().contains(scope)) {
                throw new OAuthException("invalid_scope", "The scope " + scope + " is unknown");
            }
        }
        return scopes;
    }

    private List<String> audiences(Parameters form) {
        if (settings.requirements().audience()) {
            form.required("audience");
        }
        List<String> audiences = new ArrayList<>(form.values("audience"));
        for (String audience : audiences) {
            if (!settings.audiences().isEmpty() && !settings.audiences().contains(audience)) {
                throw new OAuthException("access_denied", "The client may not access the audience " + audience);
            }
        }
        for (String resource : form.values("resource")) {
            requireAbsolute(resource);
            audiences.add(resource);
        }
        return List.copyOf(audiences);
    }

    /** RFC 8707 §2. */
    private static void requireAbsolute(String resource) {
        try {
            URI uri = new URI(resource);
            if (!uri.isAbsolute() || uri.getRawFragment() != null) {
                throw new OAuthException("invalid_target", "The resource must be an absolute URI without a fragment");
            }
        } catch (URISyntaxException e) {
            throw new OAuthException("invalid_target", "The resource is no URI: " + e.getReason());
        }
    }
}

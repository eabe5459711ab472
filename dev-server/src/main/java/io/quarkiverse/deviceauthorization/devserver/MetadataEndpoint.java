package io.quarkiverse.deviceauthorization.devserver;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Both metadata documents: OpenID Connect Discovery 1.0 §3 and RFC 8414 §2 with RFC 8628 §4. */
final class MetadataEndpoint implements Handler {

    private static final List<String> CLIENT_AUTHENTICATION = List.of("none", "client_secret_basic", "client_secret_post",
            "client_secret_jwt", "private_key_jwt");

    private final Map<String, Object> metadata = new LinkedHashMap<>();

    MetadataEndpoint(Settings settings, String issuer) {
        Set<String> scopes = new TreeSet<>(settings.scopes());
        if (scopes.isEmpty()) {
            scopes.addAll(List.of("openid", "profile", "email", "offline_access"));
        }
        List<String> algorithms = Stream.of(ClientAssertions.SECRET_ALGORITHMS, ClientAssertions.KEY_ALGORITHMS)
                .flatMap(List::stream).toList();
        metadata.put("issuer", issuer);
        metadata.put("device_authorization_endpoint", issuer + Endpoint.DEVICE_AUTHORIZATION.path());
        metadata.put("token_endpoint", issuer + Endpoint.TOKEN.path());
        metadata.put("revocation_endpoint", issuer + Endpoint.REVOCATION.path());
        metadata.put("userinfo_endpoint", issuer + Endpoint.USERINFO.path());
        metadata.put("jwks_uri", issuer + Endpoint.JWKS.path());
        metadata.put("scopes_supported", scopes);
        metadata.put("grant_types_supported", List.of(TokenEndpoint.DEVICE_CODE_GRANT, TokenEndpoint.REFRESH_TOKEN_GRANT));
        metadata.put("response_types_supported", List.of("none")); // required, though there is no authorization endpoint
        metadata.put("subject_types_supported", List.of("public"));
        metadata.put("id_token_signing_alg_values_supported", List.of("RS256"));
        metadata.put("code_challenge_methods_supported", List.of(Pkce.METHOD));
        metadata.put("dpop_signing_alg_values_supported", List.of(DpopProofs.ALGORITHM));
        metadata.put("token_endpoint_auth_methods_supported", CLIENT_AUTHENTICATION);
        metadata.put("token_endpoint_auth_signing_alg_values_supported", algorithms);
        metadata.put("revocation_endpoint_auth_methods_supported", CLIENT_AUTHENTICATION);
        metadata.put("revocation_endpoint_auth_signing_alg_values_supported", algorithms);
    }

    @Override
    public Response handle(Request request) {
        return Response.json(200, metadata);
    }
}

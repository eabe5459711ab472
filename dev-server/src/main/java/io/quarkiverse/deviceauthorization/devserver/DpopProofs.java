package io.quarkiverse.deviceauthorization.devserver;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.lang.JoseException;

/**
 * Checks DPoP proofs (RFC 9449 §4.3), at the device authorization endpoint too (draft-parecki-oauth-dpop-device-flow). What it
 * finds is the thumbprint of the key (RFC 7638), which tokens are bound to.
 */
final class DpopProofs {

    static final String ALGORITHM = "ES256";

    /** The code with which a server asks for its nonce: the same request is expected again, at once. */
    static final String USE_NONCE = "use_dpop_nonce";

    private static final String INVALID_PROOF = "invalid_dpop_proof";

    private static final Duration TOLERANCE = Duration.ofSeconds(60);

    private final Settings settings;
    private final String issuer;
    private final DpopNonces nonces;
    private final UsedIds used;

    DpopProofs(Settings settings, String issuer, DpopNonces nonces) {
        this.settings = settings;
        this.issuer = issuer;
        this.nonces = nonces;
        this.used = new UsedIds(settings.clock());
    }

    /**
     * The key that a request to an OAuth endpoint shows, if any.
     *
     * @throws OAuthException {@code invalid_dpop_proof} or {@code use_dpop_nonce}, {@code invalid_request} when there is no
     *         proof though the server demands one
     */
    Optional<String> keyOf(Request request) {
        if (!settings.requirements().dpop() && headers(request).isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(check(request, Optional.empty()));
    }

    /** The key that a request to a resource shows, with a proof for this access token. */
    String keyOf(Request request, String accessToken) {
        return check(request, Optional.of(accessToken));
    }

    static OAuthException missing() {
        return OAuthException.invalidRequest("DPoP proof is missing");
    }

    static OAuthException otherKey() {
        return invalid("shows another key than before");
    }

    private static OAuthException invalid(String problem) {
        return new OAuthException(INVALID_PROOF, "The DPoP proof " + problem);
    }

    private static List<String> headers(Request request) {
        return request.headers().getOrDefault("dpop", List.of());
    }

    private String check(Request request, Optional<String> accessToken) {
        List<String> headers = headers(request);
        if (headers.isEmpty()) {
            throw accessToken.isPresent() ? invalid("is missing") : missing();
        }
        if (headers.size() > 1) {
            throw invalid("was sent twice");
        }
        try {
            JsonWebSignature proof = new JsonWebSignature();
            proof.setAlgorithmConstraints(new AlgorithmConstraints(ConstraintType.PERMIT, ALGORITHM));
            proof.setCompactSerialization(headers.get(0));
            PublicJsonWebKey key = key(proof);
            check(JwtClaims.parse(proof.getUnverifiedPayload()), request, accessToken);
            return key.calculateBase64urlEncodedThumbprint("SHA-256");
        } catch (JoseException | InvalidJwtException | MalformedClaimException | ClassCastException malformed) {
            throw invalid("is malformed");
        }
    }

    /** The key of the proof, once typ, alg, jwk and signature are found to be right. */
    private static PublicJsonWebKey key(JsonWebSignature proof) throws JoseException {
        if (!"dpop+jwt".equals(proof.getHeader("typ"))) {
            throw invalid("has another typ than dpop+jwt");
        }
        if (!ALGORITHM.equals(proof.getAlgorithmHeaderValue())) {
            throw invalid("has another alg than " + ALGORITHM);
        }
        if (proof.getObjectHeader("jwk") instanceof Map<?, ?> jwk && jwk.containsKey("d")) {
            throw invalid("shows a private key");
        }
        PublicJsonWebKey key = proof.getJwkHeader();
        if (key == null) {
            throw invalid("has no jwk");
        }
        proof.setKey(key.getPublicKey());
        if (!proof.verifySignature()) {
            throw invalid("has a wrong signature");
        }
        return key;
    }

    private void check(JwtClaims claims, Request request, Optional<String> accessToken) throws MalformedClaimException {
        if (!request.method().equals(claims.getStringClaimValue("htm"))) {
            throw invalid("is for another method: htm must be " + request.method());
        }
        String htu = Objects.toString(claims.getStringClaimValue("htu"), "");
        String addressed = "http://" + request.header("Host").orElse("") + request.path();
        if (!htu.equals(addressed) && !htu.equals(issuer + request.path())) {
            throw invalid("is for another address: htu must be that of the request without its query");
        }
        if (accessToken.isPresent() && !Codes.sha256(accessToken.get()).equals(claims.getStringClaimValue("ath"))) {
            throw invalid("is for another access token: ath must be its digest");
        }
        NumericDate issuedAt = claims.getIssuedAt();
        Instant now = settings.clock().instant();
        if (issuedAt == null || Duration.between(Instant.ofEpochSecond(issuedAt.getValue()), now).abs()
                .compareTo(TOLERANCE) > 0) {
            throw invalid("is not of this minute: iat must be the time of the request");
        }
        if (!nonces.accepts(Optional.ofNullable(claims.getStringClaimValue("nonce")))) {
            throw new OAuthException(USE_NONCE, "The DPoP proof must have the nonce of this server");
        }
        String jti = claims.getJwtId();
        if (jti == null || jti.isEmpty()) {
            throw invalid("has no jti");
        }
        if (!used.use(jti, now.plus(TOLERANCE.multipliedBy(2)).plusSeconds(1))) {
            throw invalid("was used already");
        }
    }
}

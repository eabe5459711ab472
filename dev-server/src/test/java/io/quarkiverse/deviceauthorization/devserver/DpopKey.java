package io.quarkiverse.deviceauthorization.devserver;

import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;

import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;

/** Makes DPoP proofs as a client does. */
final class DpopKey {

    final EllipticCurveJsonWebKey key = Jwts.ec();
    private final InstantSource clock;

    DpopKey(InstantSource clock) {
        this.clock = clock;
    }

    JwtClaims claims(String method, String uri) {
        JwtClaims claims = new JwtClaims();
        claims.setJwtId(UUID.randomUUID().toString());
        claims.setStringClaim("htm", method);
        claims.setStringClaim("htu", uri);
        claims.setIssuedAt(NumericDate.fromSeconds(clock.instant().getEpochSecond()));
        return claims;
    }

    String proof(String method, String uri, Consumer<JwtClaims> change) {
        JwtClaims claims = claims(method, uri);
        change.accept(claims);
        return sign(Map.of("typ", "dpop+jwt", "jwk", key.toParams(OutputControlLevel.PUBLIC_ONLY)), claims);
    }

    String sign(Map<String, Object> headers, JwtClaims claims) {
        return Jwts.sign("ES256", key.getPrivateKey(), headers, claims);
    }

    String thumbprint() {
        return key.calculateBase64urlEncodedThumbprint("SHA-256");
    }
}

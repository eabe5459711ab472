package io.quarkiverse.deviceauthorization.devserver;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.ErrorCodes;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.keys.HmacKey;
import org.jose4j.keys.resolvers.JwksVerificationKeyResolver;

/**
 * Checks the JWTs by which clients authenticate, {@code client_secret_jwt} and {@code private_key_jwt} (RFC 7523 §3, OpenID
 * Connect Core 1.0 §9). Each is good for one use.
 */
final class ClientAssertions {

    static final String TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    static final List<String> SECRET_ALGORITHMS = List.of("HS256", "HS384", "HS512");

    static final List<String> KEY_ALGORITHMS = List.of("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384",
            "ES512", "EdDSA");

    /** Nobody needs more, and what was used has to be remembered that long. */
    private static final int LONGEST_LIFESPAN_MINUTES = 60;

    /** What was wrong, the first that applies; never the message of the library, which shows the claims. */
    private static final Map<Integer, String> PROBLEMS = Map.of(
            ErrorCodes.EXPIRED, "has expired",
            ErrorCodes.EXPIRATION_MISSING, "has no exp",
            ErrorCodes.EXPIRATION_TOO_FAR_IN_FUTURE, "is good for longer than an hour",
            ErrorCodes.NOT_YET_VALID, "is not good yet",
            ErrorCodes.AUDIENCE_MISSING, "has no aud",
            ErrorCodes.AUDIENCE_INVALID, "is for another audience: aud must be the issuer or the token endpoint",
            ErrorCodes.ISSUER_MISSING, "has no iss",
            ErrorCodes.ISSUER_INVALID, "has another iss than the client_id",
            ErrorCodes.JWT_ID_MISSING, "has no jti");

    private final Settings settings;
    private final String issuer;
    private final UsedIds used;

    ClientAssertions(Settings settings, String issuer) {
        this.settings = settings;
        this.issuer = issuer;
        this.used = new UsedIds(settings.clock());
    }

    /** The client that the assertion speaks for, unchecked. */
    String subject(String assertion) {
        try {
            String subject = new JwtConsumerBuilder().setSkipAllValidators().setSkipSignatureVerification().build()
                    .processToClaims(assertion).getSubject();
            if (subject != null) {
                return subject;
            }
        } catch (InvalidJwtException | MalformedClaimException malformed) {
            throw OAuthException.invalidClient("The assertion is malformed");
        }
        throw OAuthException.invalidClient("The assertion has no sub");
    }

    /** Checks the assertion of a client that anybody may be: all but the signature. */
    void checkUnregistered(String id, String assertion) {
        check(id, assertion, new JwtConsumerBuilder().setSkipSignatureVerification());
    }

    void check(Client client, String assertion) {
        JwtConsumerBuilder consumer = new JwtConsumerBuilder();
        if (client.secret().isPresent()) {
            consumer.setVerificationKey(new HmacKey(client.secret().get().getBytes(StandardCharsets.UTF_8)))
                    .setRelaxVerificationKeyValidation() // secrets shorter than the digest are in use
                    .setJwsAlgorithmConstraints(ConstraintType.PERMIT, SECRET_ALGORITHMS.toArray(String[]::new));
        } else {
            JwksVerificationKeyResolver keys = new JwksVerificationKeyResolver(client.keys());
            keys.setDisambiguateWithVerifySignature(true);
            consumer.setVerificationKeyResolver(keys)
                    .setJwsAlgorithmConstraints(ConstraintType.PERMIT, KEY_ALGORITHMS.toArray(String[]::new));
        }
        check(client.id(), assertion, consumer);
    }

    private void check(String clientId, String assertion, JwtConsumerBuilder consumer) {
        try {
            JwtClaims claims = consumer.setExpectedIssuer(clientId).setExpectedSubject(clientId)
                    .setExpectedAudience(issuer, issuer + Endpoint.TOKEN.path())
                    .setRequireExpirationTime().setRequireJwtId().setMaxFutureValidityInMinutes(LONGEST_LIFESPAN_MINUTES)
                    .setEvaluationTime(NumericDate.fromMilliseconds(settings.clock().millis()))
                    .build().processToClaims(assertion);
            Instant expiresAt = Instant.ofEpochSecond(claims.getExpirationTime().getValue());
            if (!used.use(clientId + ' ' + claims.getJwtId(), expiresAt)) {
                throw OAuthException.invalidClient("The assertion was used already");
            }
        } catch (InvalidJwtException invalid) {
            throw OAuthException.invalidClient("The assertion " + problem(invalid));
        } catch (MalformedClaimException malformed) {
            throw OAuthException.invalidClient("The assertion is malformed");
        }
    }

    private static String problem(InvalidJwtException invalid) {
        return invalid.getErrorDetails().stream().map(error -> PROBLEMS.get(error.getErrorCode()))
                .filter(problem -> problem != null).findFirst().orElse("is not signed as this client signs");
    }
}

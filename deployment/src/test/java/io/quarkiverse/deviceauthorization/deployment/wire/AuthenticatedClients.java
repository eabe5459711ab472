package io.quarkiverse.deviceauthorization.deployment.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;

import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;

import io.quarkiverse.deviceauthorization.devserver.DeviceAuthorizationServer;

/** The server of {@link ClientAuthenticationOverTheWireTest}, which knows the keys and secrets of its clients. */
final class AuthenticatedClients {

    static final String SIGNING_SECRET = "s1gning-s3cret-of-more-than-32-characters";
    static final String VAULT_SECRET = "v4ult:s3cret";
    static final String KEYRING_SECRET = "k3yring:s3cret";

    private AuthenticatedClients() {
    }

    static void start() {
        PublicJsonWebKey rsa = key(true);
        rsa.setKeyId("tv-pem-1");
        PublicJsonWebKey curve = key(false);
        curve.setKeyId("tv-2024");
        DevelopmentServers.start("auth", DeviceAuthorizationServer.builder().interval(Duration.ZERO)
                .secretJwtClient("tv-secret-jwt", SIGNING_SECRET)
                .assertingClient("tv-pem", publicJwk(rsa))
                .assertingClient("tv-jwk", publicJwk(curve))
                .client("tv-vault", VAULT_SECRET)
                .client("tv-keyring", KEYRING_SECRET));
        String base64 = Base64.getMimeEncoder(64, new byte[] { '\n' }).encodeToString(rsa.getPrivateKey().getEncoded());
        System.setProperty("wire.pem", file("-----BEGIN PRIVATE KEY-----\n" + base64 + "\n-----END PRIVATE KEY-----\n"));
        System.setProperty("wire.jwk", curve.toJson(OutputControlLevel.INCLUDE_PRIVATE));
        base64.lines().skip(1).forEach(DevelopmentServers.tap()::secret); // the first one tells the kind of key
        DevelopmentServers.tap().secret(curve.toParams(OutputControlLevel.INCLUDE_PRIVATE).get("d").toString());
        DevelopmentServers.tap().secret(SIGNING_SECRET);
        DevelopmentServers.tap().secret(VAULT_SECRET);
        DevelopmentServers.tap().secret(KEYRING_SECRET);
    }

    private static PublicJsonWebKey key(boolean rsa) {
        try {
            return rsa ? RsaJwkGenerator.generateJwk(2048) : EcJwkGenerator.generateJwk(EllipticCurves.P256);
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String publicJwk(PublicJsonWebKey key) {
        return key.toJson(OutputControlLevel.PUBLIC_ONLY);
    }

    private static String file(String text) {
        try {
            Path file = Files.createTempFile("client", ".pem");
            file.toFile().deleteOnExit();
            return Files.writeString(file, text).toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

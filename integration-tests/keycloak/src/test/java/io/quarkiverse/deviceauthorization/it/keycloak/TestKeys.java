package io.quarkiverse.deviceauthorization.it.keycloak;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * The keys and certificates of the server and of its clients, which the JDK's own {@code keytool} makes anew for each run.
 * <p>
 * Clients that sign have a key named like themselves, in the file that they read: {@code jwt-pem.pem},
 * {@code jwt-jwk.jwk} and {@code jwt-key-store.p12}. Clients with a certificate of the same authority:
 * {@code certificate.p12}, whom the realm knows, and {@code stranger.p12}, whom it does not. {@code trust.p12} holds
 * the certificate of the server.
 */
final class TestKeys {

    static final String PASSWORD = "changeit";

    private static final String ALL = "all.p12";

    private final Path directory;

    private TestKeys(Path directory) {
        this.directory = directory;
    }

    /** The keys of this run: the system property {@code keycloak.keys} says where they are. */
    static TestKeys ofThisRun() {
        return new TestKeys(Path.of(System.getProperty("keycloak.keys", "target/keycloak-keys")).toAbsolutePath());
    }

    /** Makes all of them, in place of those of an earlier run. */
    void generate() {
        try {
            Files.createDirectories(directory);
            Files.deleteIfExists(file(ALL));
            generateKey("authority", "EC", "CN=Devices Authority", "-ext", "bc:critical=ca:true");
            generateKey("server", "EC", "CN=localhost", "-ext", "san=ip:127.0.0.1,dns:localhost");
            generateKey("certificate", "EC", "CN=television,O=Devices", "-signer", "authority", "-ext", "eku=clientAuth");
            generateKey("stranger", "EC", "CN=stranger,O=Devices", "-signer", "authority", "-ext", "eku=clientAuth");
            generateKey("jwt-pem", "RSA", "CN=jwt-pem");
            generateKey("jwt-jwk", "EC", "CN=jwt-jwk");
            generateKey("jwt-key-store", "RSA", "CN=jwt-key-store");
            for (String alias : List.of("server", "certificate", "stranger", "jwt-key-store")) {
                storeKey(alias);
            }
            storeCertificate("server", "trust.p12");
            storeCertificate("authority", "authority.p12");
            Files.writeString(file("jwt-pem.pem"), pem(privateKey("jwt-pem")));
            Files.writeString(file("jwt-jwk.jwk"), Jwk.privateEc(certificate("jwt-jwk"), privateKey("jwt-jwk"), "jwt-jwk"));
        } catch (IOException e) {
            throw new UncheckedIOException("The keys of the tests can't be written to '" + directory + "'", e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The keys of the tests can't be made", e);
        }
    }

    /** Options of {@code kc.sh} for HTTPS beside HTTP, where a client may show a certificate but need not. */
    List<String> serverOptions() {
        return List.of("--https-port=0", "--https-client-auth=request",
                "--https-key-store-file=" + file("server.p12"), "--https-key-store-password=" + PASSWORD,
                "--https-trust-store-file=" + file("authority.p12"), "--https-trust-store-password=" + PASSWORD);
    }

    Path directory() {
        return directory;
    }

    Path file(String name) {
        return directory.resolve(name);
    }

    PrivateKey privateKey(String alias) {
        try {
            return (PrivateKey) load(ALL).getKey(alias, PASSWORD.toCharArray());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The key '" + alias + "' can't be read", e);
        }
    }

    X509Certificate certificate(String alias) {
        try {
            return (X509Certificate) load(ALL).getCertificate(alias);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The certificate '" + alias + "' can't be read", e);
        }
    }

    /** Returns what a browser needs to trust the server. */
    SSLContext trustingTheServer() {
        try {
            TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            managers.init(load("trust.p12"));
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, managers.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The server can't be trusted", e);
        }
    }

    KeyStore load(String name) {
        try (InputStream in = Files.newInputStream(file(name))) {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(in, PASSWORD.toCharArray());
            return keys;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("The key store '" + file(name) + "' can't be read", e);
        }
    }

    private void generateKey(String alias, String algorithm, String name, String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-J-XX:TieredStopAtLevel=1",
                "-genkeypair", "-alias", alias, "-keyalg", algorithm, "-dname", name, "-validity", "3650",
                "-storetype", "PKCS12", "-keystore", file(ALL).toString(), "-storepass", PASSWORD));
        command.addAll(algorithm.equals("EC") ? List.of("-groupname", "secp256r1") : List.of("-keysize", "2048"));
        Collections.addAll(command, options);
        Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (keytool.waitFor() != 0) {
                throw new IllegalStateException("keytool can't make the key '" + alias + "': " + output);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while keytool made the key '" + alias + "'", e);
        }
    }

    private void storeKey(String alias) throws IOException, GeneralSecurityException {
        KeyStore all = load(ALL);
        Key key = all.getKey(alias, PASSWORD.toCharArray());
        KeyStore one = empty();
        one.setKeyEntry(alias, key, PASSWORD.toCharArray(), all.getCertificateChain(alias));
        save(one, alias + ".p12");
    }

    private void storeCertificate(String alias, String name) throws IOException, GeneralSecurityException {
        KeyStore one = empty();
        one.setCertificateEntry(alias, certificate(alias));
        save(one, name);
    }

    private static KeyStore empty() throws IOException, GeneralSecurityException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        keys.load(null, null);
        return keys;
    }

    private void save(KeyStore keys, String name) throws IOException, GeneralSecurityException {
        try (OutputStream out = Files.newOutputStream(file(name))) {
            keys.store(out, PASSWORD.toCharArray());
        }
    }

    private static String pem(PrivateKey key) {
        return Stream.of("-----BEGIN PRIVATE KEY-----", Base64.getMimeEncoder(64, new byte[] { '\n' })
                .encodeToString(key.getEncoded()), "-----END PRIVATE KEY-----", "")
                .reduce((before, after) -> before + "\n" + after).orElseThrow();
    }
}

package io.quarkiverse.deviceauthorization.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;

import io.quarkiverse.deviceauthorization.Secret;

@DisplayName("Cryptography")
class CryptographyTest {

    @Test
    @DisplayName("is done by libraries, but for digests and keys in these classes, as the threat model says")
    void ofThePlatform() {
        assertThat(accesses(access -> isCryptography(access.getTargetOwner()) && access.getName().equals("getInstance")))
                .containsExactly(
                        // the development server: form tokens, PKCE and DPoP
                        "devserver.Codes -> MessageDigest",
                        "devserver.CsrfTokens -> Mac",
                        // SHA-1, by which Redis calls a script
                        "redis.runtime.Script -> MessageDigest",
                        // reads the client's private key
                        "runtime.credentials.SigningKeyReader -> KeyStore",
                        // SHA-256
                        "runtime.store.EncryptionKey -> MessageDigest",
                        "runtime.store.FileNames -> MessageDigest",
                        "runtime.token.TokenVersions -> MessageDigest",
                        "web.runtime.Asset -> MessageDigest",
                        "web.runtime.BrowserCookie -> MessageDigest");
    }

    @Test
    @DisplayName("compares secrets in a time that tells nothing of them")
    void constantTime() {
        assertThat(accesses(access -> access.getTargetOwner().isEquivalentTo(MessageDigest.class)
                && access.getName().equals("isEqual"))).containsExactly(
                        "Secret -> MessageDigest",
                        "devserver.ClientAuthentication -> MessageDigest",
                        "devserver.CsrfTokens -> MessageDigest",
                        "devserver.Pkce -> MessageDigest",
                        "web.runtime.BrowserCookie -> MessageDigest");
        assertThat(
                accesses(access -> access.getTargetOwner().isEquivalentTo(Secret.class) && access.getName().equals("equals")))
                .as("the nonce of an ID token").contains("runtime.idtoken.IdTokenCheck -> Secret");
    }

    @Test
    @DisplayName("compares them in no other way")
    void otherwise() {
        assertThat(Code.all().stream().flatMap(type -> type.getMethods().stream())
                .filter(method -> method.getAccessesFromSelf().stream().anyMatch(CryptographyTest::takesOut))
                .filter(method -> method.getAccessesFromSelf().stream().anyMatch(CryptographyTest::compares))
                .map(method -> Code.file(method.getOwner()) + "." + method.getName()))
                .as("methods that take the text out of a secret, and compare a text").containsExactly(
                        // the names of claims
                        "runtime.idtoken.IdTokenClaims.getClaim");
        assertThat(
                accesses(access -> access.getTargetOwner().isEquivalentTo(Arrays.class) && access.getName().equals("equals")))
                .as("what is compared until it differs").containsExactly(
                        // requests for codes that are made up
                        "runtime.endpoint.PollTemplate -> Arrays");
    }

    private static boolean takesOut(JavaAccess<?> access) {
        return access.getTargetOwner().isEquivalentTo(Secret.class) && access.getName().equals("value");
    }

    private static boolean compares(JavaAccess<?> access) {
        return (access.getTargetOwner().isEquivalentTo(String.class) || access.getTargetOwner().isEquivalentTo(Objects.class))
                && access.getName().equals("equals");
    }

    private static boolean isCryptography(JavaClass type) {
        return Code.isIn(type, "java.security") || Code.isIn(type, "javax.crypto");
    }

    @Test
    @DisplayName("has random numbers that nobody can guess; others only spread what is done in time")
    void random() {
        assertThat(accesses(access -> access.getTargetOwner().isEquivalentTo(ThreadLocalRandom.class)
                && access.getName().equals("current"))).containsExactly(
                        "runtime.flow.TakeOver -> ThreadLocalRandom",
                        "runtime.protocol.RecentAnswer -> ThreadLocalRandom",
                        "runtime.token.RefreshAttempt -> ThreadLocalRandom");
        assertThat(accesses(access -> access.getTargetOwner().isEquivalentTo(Math.class) && access.getName().equals("random")
                || access.getTargetOwner().isEquivalentTo(Random.class) && access.getName().equals("<init>"))).isEmpty();
    }

    private static Set<String> accesses(Predicate<JavaAccess<?>> which) {
        return Code.all().stream().flatMap(type -> type.getAccessesFromSelf().stream()).filter(which)
                .map(access -> Code.file(access.getOriginOwner()) + " -> " + access.getTargetOwner().getSimpleName())
                .collect(Collectors.toCollection(TreeSet::new));
    }
}

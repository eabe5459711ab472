package io.quarkiverse.deviceauthorization.architecture;

import static org.assertj.core.api.Assertions.assertThat;

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

package io.quarkiverse.deviceauthorization.runtime.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyPairGenerator;
import java.security.KeyStoreSpi;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.Security;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Date;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.quarkiverse.deviceauthorization.AuthorizationRequest;
import io.quarkiverse.deviceauthorization.AuthorizationServerException;

@DisplayName("The passwords of a key store are overwritten")
class KeyStorePasswordsTest {

    private static final String NAME = "key-store-of-a-test";

    private final RecordingApi api = new RecordingApi();
    private final List<char[]> arrays = new ArrayList<>();
    private final List<String> passwords = new ArrayList<>();
    private boolean broken;

    @TempDir
    Path folder;

    /** Java asks the first provider first whether a file is a key store of its kind. */
    @BeforeEach
    void look() throws IOException {
        Files.writeString(folder.resolve("keys"), "a key store");
        Security.insertProviderAt(new Keys(), 1);
    }

    @AfterEach
    void lookNoMore() {
        Security.removeProvider(NAME);
    }

    @Test
    @DisplayName("when the key has been read")
    void read() {
        start();
        assertThat(api.sent()).hasSize(1);
        assertThat(passwords).containsExactly("of-the-store", "of-the-key");
        assertThat(arrays).allSatisfy(array -> assertThat(array).containsOnly('\0'));
    }

    @Test
    @DisplayName("when it could not be read")
    void notRead() {
        broken = true;
        assertThatThrownBy(this::start).isInstanceOf(AuthorizationServerException.class);
        assertThat(passwords).containsExactly("of-the-store");
        assertThat(arrays).allSatisfy(array -> assertThat(array).containsOnly('\0'));
    }

    private void start() {
        new RequestsOf(Servers.of(Settings.of("credentials.jwt.key-store-file", folder.resolve("keys").toString(),
                "credentials.jwt.key-store-password", "of-the-store", "credentials.jwt.key-password", "of-the-key"), api,
                Answers.CLOCK), api).start(AuthorizationRequest.defaults());
    }

    private void see(char[] password) {
        arrays.add(password);
        passwords.add(new String(password));
    }

    private final class Keys extends Provider {

        private static final long serialVersionUID = 1;

        private Keys() {
            super(NAME, "1", "Sees the passwords that it gets");
            putService(new Service(this, "KeyStore", "SEEN", SeenKeyStore.class.getName(), List.of(), Map.of()) {
                @Override
                public Object newInstance(Object parameter) {
                    return new SeenKeyStore();
                }
            });
        }
    }

    /** Has one key, and takes every file for one of its own. */
    private final class SeenKeyStore extends KeyStoreSpi {

        @Override
        public boolean engineProbe(InputStream in) {
            return true;
        }

        @Override
        public void engineLoad(InputStream in, char[] password) throws IOException {
            see(password);
            if (broken) {
                throw new IOException("broken");
            }
        }

        @Override
        public Key engineGetKey(String alias, char[] password) throws NoSuchAlgorithmException {
            see(password);
            return KeyPairGenerator.getInstance("RSA").generateKeyPair().getPrivate();
        }

        @Override
        public Enumeration<String> engineAliases() {
            return Collections.enumeration(Set.of("one"));
        }

        @Override
        public boolean engineIsKeyEntry(String alias) {
            return true;
        }

        @Override
        public Certificate engineGetCertificate(String alias) {
            return null;
        }

        @Override
        public Certificate[] engineGetCertificateChain(String alias) {
            return new Certificate[0];
        }

        @Override
        public Date engineGetCreationDate(String alias) {
            return new Date(0);
        }

        @Override
        public void engineSetKeyEntry(String alias, Key key, char[] password, Certificate[] chain) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void engineSetKeyEntry(String alias, byte[] key, Certificate[] chain) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void engineSetCertificateEntry(String alias, Certificate certificate) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void engineDeleteEntry(String alias) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean engineContainsAlias(String alias) {
            return true;
        }

        @Override
        public int engineSize() {
            return 1;
        }

        @Override
        public boolean engineIsCertificateEntry(String alias) {
            return false;
        }

        @Override
        public String engineGetCertificateAlias(Certificate certificate) {
            return null;
        }

        @Override
        public void engineStore(OutputStream stream, char[] password) {
            throw new UnsupportedOperationException();
        }
    }
}

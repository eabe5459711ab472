package io.quarkiverse.deviceauthorization.runtime.config;

import static io.quarkiverse.deviceauthorization.runtime.config.Written.problem;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What is set for the store of tokens belongs to the one that is used")
class StorageCheckTest {

    private static final String LONG_KEY = "0123456789abcdef0123456789abcdef";

    @Test
    void filesWithAllTheyCanHave() {
        assertWrong(Written.forDefault().with("tokens.store", "file").with("tokens.file.directory", "/var/lib/acme")
                .with("tokens.encryption.key", LONG_KEY));
        assertWrong(Written.forDefault().with("tokens.store", "file").with("tokens.encryption.provider.name", "vault")
                .with("tokens.encryption.provider.key", "secret").with("tokens.encryption.accept-plain", "true"));
    }

    @Test
    void memoryWithLimits() {
        assertWrong(Written.forDefault().with("tokens.memory.max-owners", "10000").with("tokens.memory.idle-timeout", "12H"));
        assertWrong(Written.forDefault().with("tokens.store", "memory").with("tokens.memory.max-owners", "none"),
                problem("tokens.memory.max-owners", "'none' is not a whole number above 0. Write for example 10000"));
    }

    @Test
    void aStoreThatNobodyKnows() {
        assertWrong(Written.forDefault().with("tokens.store", "redis"),
                problem("tokens.store", "'redis' is not known. Write one of memory, file"));
    }

    @Test
    void aDirectoryWithoutFiles() {
        assertWrong(Written.forDefault().with("tokens.file.directory", "/var/lib/acme"), problem("tokens.file.directory",
                "belongs to files, and none are used. Set quarkus.device-authorization.tokens.store=file, or remove it"));
        assertWrong(Written.forDefault().with("tokens.store", "${}").with("tokens.file.directory", "/var/lib/acme"));
    }

    @Test
    void limitsOfMemoryForFiles() {
        assertWrong(Written.forDefault().with("tokens.store", "file").with("tokens.memory.max-owners", "5"),
                problem("tokens.memory.max-owners", "belongs to memory, and files are used. Remove it"));
    }

    @Test
    void keysThatDoNotDo() {
        assertWrong(Written.forDefault().with("tokens.encryption.key", "short"), problem("tokens.encryption.key",
                "is shorter than 32 characters. Make a longer one, for example with: openssl rand -base64 32"));
        assertWrong(
                Written.forDefault().with("tokens.encryption.key", LONG_KEY).with("tokens.encryption.provider.name", "vault"),
                problem("tokens.encryption.provider.name", "and tokens.encryption.key are two keys at once. Keep one of them"));
        assertWrong(Written.forDefault().with("tokens.encryption.provider.keyring-name", "vault"), problem(
                "tokens.encryption.provider.keyring-name", "belongs to a credentials provider, but none is used. Set"
                        + " quarkus.device-authorization.tokens.encryption.provider.name, or remove it"));
    }

    @Test
    void aKeyThatComesToNothing() {
        assertWrong(Written.forDefault().with("tokens.store", "file").with("tokens.encryption.key", ""), problem(
                "tokens.encryption.key", "is set, but to nothing, and nothing would be encrypted. Give it the secret, or remove"
                        + " it"));
        assertWrong(Written.forDefault().with("tokens.store", "file").with("tokens.encryption.key", "${}"));
    }

    @Test
    void plainTextIsAcceptedWhereThereIsAKey() {
        assertWrong(Written.forDefault().with("tokens.store", "file").with("tokens.encryption.key", LONG_KEY)
                .with("tokens.encryption.accept-plain", "true"));
        assertWrong(Written.forDefault().with("tokens.encryption.accept-plain", "false"));
        assertWrong(Written.forDefault().with("tokens.store", "file").with("tokens.encryption.accept-plain", "true"), problem(
                "tokens.encryption.accept-plain", "belongs to encryption, and there is none. Set"
                        + " quarkus.device-authorization.tokens.encryption.key, or remove it"));
        assertWrong(Written.forDefault().with("tokens.encryption.accept-plain", "maybe"), problem(
                "tokens.encryption.accept-plain", "'maybe' is neither true nor false. Write one of them"));
    }

    @Test
    void aDirectoryThatOnlyAShellUnderstands() {
        assertWrong(Written.forDefault().with("tokens.store", "file").with("tokens.file.directory", "~/tokens"), problem(
                "tokens.file.directory", "'~/tokens' begins with ~, which only a shell understands. Write"
                        + " ${user.home}/tokens"));
    }

    @Test
    void memoryIsNotEncrypted() {
        assertWrong(Written.forDefault().with("tokens.store", "memory").with("tokens.encryption.key", LONG_KEY), problem(
                "tokens.encryption.key", "belongs to a store that outlives the application. Remove it, or set"
                        + " quarkus.device-authorization.tokens.store to another one"));
    }

    private static void assertWrong(Written written, String... problems) {
        assertThat(written.wrong(true)).containsExactly(problems);
    }
}

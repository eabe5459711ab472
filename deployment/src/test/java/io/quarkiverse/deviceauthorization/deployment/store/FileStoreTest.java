package io.quarkiverse.deviceauthorization.deployment.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.deviceauthorization.AuthorizationRequiredException;
import io.quarkiverse.deviceauthorization.DeviceAuthorization;
import io.quarkiverse.deviceauthorization.DeviceAuthorizationName;
import io.quarkiverse.deviceauthorization.PendingAuthorization;
import io.quarkiverse.deviceauthorization.Tokens;
import io.quarkiverse.deviceauthorization.deployment.Http;
import io.quarkus.credentials.CredentialsProvider;
import io.quarkus.test.QuarkusUnitTest;

@DisplayName("With tokens.store=file")
class FileStoreTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClasses(Http.class, Vault.class))
            .overrideConfigKey("quarkus.device-authorization.scopes", "openid,offline_access")
            .overrideConfigKey("quarkus.device-authorization.tokens.store", "file")
            .overrideConfigKey("quarkus.device-authorization.tokens.file.directory", directory().toString())
            .overrideConfigKey("quarkus.device-authorization.tokens.encryption.provider.name", "tokens")
            .overrideConfigKey("quarkus.device-authorization.tokens.encryption.provider.key", "secret")
            .overrideConfigKey("quarkus.device-authorization.tv.auth-server-url",
                    "${quarkus.device-authorization.auth-server-url}")
            .overrideConfigKey("quarkus.device-authorization.tv.client-id", "${quarkus.device-authorization.client-id}")
            .overrideConfigKey("quarkus.device-authorization.tv.scopes", "openid,offline_access");

    @ApplicationScoped
    static class Vault implements CredentialsProvider {

        @Override
        public Map<String, String> getCredentials(String name) {
            return Map.of("secret", "0123456789abcdef0123456789abcdef");
        }
    }

    @Inject
    DeviceAuthorization client;

    @Inject
    @DeviceAuthorizationName("tv")
    DeviceAuthorization tv;

    @ConfigProperty(name = "quarkus.device-authorization.auth-server-url")
    String server;

    /** The class is loaded twice, and has a directory each time; this is the one that is used. */
    @ConfigProperty(name = "quarkus.device-authorization.tokens.file.directory")
    Path directory;

    @AfterEach
    void signOut() {
        client.logoutAll();
        tv.logoutAll();
    }

    @Test
    void tokensAreInFilesAndEncryptedByTheKeyOfACredentialsProvider() throws IOException {
        Tokens tokens = signIn(client);

        List<Path> files = files();
        assertThat(files).isNotEmpty();
        for (Path file : files) {
            assertThat(Files.readString(file)).as(file.toString())
                    .doesNotContain(tokens.accessToken().value(), tokens.refreshToken().orElseThrow().value())
                    .contains("\"jwe\"");
        }
    }

    @Test
    void aClientThatSaysNothingKeepsItsTokensInMemory() throws IOException {
        signIn(tv);

        assertThat(files()).isEmpty();
    }

    @Test
    void ownersAreListedAndSignedOutOneByOneOrAll() throws IOException {
        signIn(client.forOwner("Ann"));
        signIn(client.forOwner("ann"));
        signIn(client.forOwner("../bob"));
        assertThat(client.owners()).containsExactlyInAnyOrder("Ann", "ann", "../bob");

        client.forOwner("ann").logout();
        assertThat(client.owners()).containsExactlyInAnyOrder("Ann", "../bob");
        assertThat(client.forOwner("Ann").tokens()).isNotNull();

        client.logoutAll();
        assertThat(client.owners()).isEmpty();
        assertThatThrownBy(() -> client.forOwner("Ann").tokens()).isInstanceOf(AuthorizationRequiredException.class);
    }

    @Test
    void otherTokensThanRefusedOnesAreRefreshedAndStored() {
        Tokens first = signIn(client);
        Tokens second = client.refresh(first);

        assertThat(second.accessToken()).isNotEqualTo(first.accessToken());
        assertThat(client.tokens()).isSameAs(second);
        assertThat(client.refresh(first)).as("what is there is good enough").isSameAs(second);
    }

    private Tokens signIn(DeviceAuthorization deviceAuthorization) {
        PendingAuthorization pending = deviceAuthorization.start();
        Http.decide(server, "approve", pending.userCode());
        return deviceAuthorization.await(pending);
    }

    private List<Path> files() throws IOException {
        Path tokens = directory.resolve("device-authorization");
        if (!Files.exists(tokens)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(tokens)) {
            return all.filter(file -> file.getFileName().toString().endsWith(".json") && file.getParent().endsWith("tokens"))
                    .toList();
        }
    }

    private static Path directory() {
        try {
            return Files.createTempDirectory("device-authorization-test");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}

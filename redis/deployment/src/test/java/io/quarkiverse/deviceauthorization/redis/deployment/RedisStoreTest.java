package io.quarkiverse.deviceauthorization.redis.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.deviceauthorization.DeviceAuthorization;
import io.quarkiverse.deviceauthorization.DeviceAuthorizationName;
import io.quarkiverse.deviceauthorization.PendingAuthorization;
import io.quarkiverse.deviceauthorization.Tokens;
import io.quarkiverse.deviceauthorization.redis.runtime.RedisAuthorizationStore;
import io.quarkiverse.deviceauthorization.store.AuthorizationStore;
import io.quarkus.credentials.CredentialsProvider;
import io.quarkus.test.QuarkusUnitTest;

@DisplayName("An application with the extension and a Redis server")
@Tag("redis")
class RedisStoreTest {

    private static final int SERVER = Servers.running("store");

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClasses(Servers.class, Http.class, Vault.class))
            .overrideConfigKey("quarkus.redis.devservices.enabled", "false")
            .overrideConfigKey("quarkus.redis.hosts", Servers.uri(SERVER))
            .overrideConfigKey("quarkus.device-authorization.scopes", "openid,offline_access")
            .overrideConfigKey("quarkus.device-authorization.encrypted.auth-server-url",
                    "${quarkus.device-authorization.auth-server-url}")
            .overrideConfigKey("quarkus.device-authorization.encrypted.client-id",
                    "${quarkus.device-authorization.client-id}")
            .overrideConfigKey("quarkus.device-authorization.encrypted.tokens.encryption.provider.name", "tokens")
            .overrideConfigKey("quarkus.device-authorization.encrypted.tokens.encryption.provider.key", "secret")
            .overrideConfigKey("quarkus.device-authorization.tv.auth-server-url",
                    "${quarkus.device-authorization.auth-server-url}")
            .overrideConfigKey("quarkus.device-authorization.tv.client-id", "${quarkus.device-authorization.client-id}")
            .overrideConfigKey("quarkus.device-authorization.tv.tokens.store", "memory");

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
    @DeviceAuthorizationName("encrypted")
    DeviceAuthorization encrypted;

    @Inject
    @DeviceAuthorizationName("tv")
    DeviceAuthorization declined;

    @Inject
    AuthorizationStore store;

    @ConfigProperty(name = "quarkus.device-authorization.auth-server-url")
    String server;

    @BeforeEach
    void forget() {
        Servers.command(SERVER, "FLUSHALL");
    }

    @Test
    @DisplayName("keeps flows and tokens there, under keys that expire")
    void keys() {
        assertThat(store).isInstanceOf(RedisAuthorizationStore.class);
        Tokens tokens = signIn(client.forOwner("alice"));

        assertThat(client.forOwner("alice").tokens().accessToken()).isEqualTo(tokens.accessToken());
        assertThat(client.owners()).containsExactly("alice");
        assertThat(Servers.keys(SERVER)).contains("device-authorization:{<default>}:tokens:alice",
                "device-authorization:{<default>}:owners")
                .allSatisfy(key -> assertThat(key).startsWith("device-authorization:{<default>}:"))
                .allSatisfy(key -> assertThat((Long) Servers.command(SERVER, "PTTL", key)).as(key).isPositive());
        assertThat(Servers.dump(SERVER)).as("what whoever can read the server gets").contains(tokens.accessToken().value());
    }

    @Test
    @DisplayName("shows no token and no device code there, if the client encrypts, with a key of a credentials provider")
    void encryption() {
        PendingAuthorization pending = encrypted.forOwner("alice").start();
        assertThat(Servers.dump(SERVER)).contains("alice", "{encrypted}").doesNotContain(pending.deviceCode().value());
        Http.approve(server, pending.userCode());
        Tokens tokens = encrypted.forOwner("alice").await(pending);

        assertThat(Servers.dump(SERVER)).contains("jwe").doesNotContain(tokens.accessToken().value());
        assertThat(encrypted.forOwner("alice").tokens().accessToken()).isEqualTo(tokens.accessToken());
    }

    @Test
    @DisplayName("keeps nothing of a client there that says tokens.store=memory")
    void declines() {
        signIn(declined);

        assertThat(declined.owners()).isNotEmpty();
        assertThat(Servers.keys(SERVER)).isEmpty();
    }

    private Tokens signIn(DeviceAuthorization deviceAuthorization) {
        PendingAuthorization pending = deviceAuthorization.start();
        Http.approve(server, pending.userCode());
        return deviceAuthorization.await(pending);
    }
}

package io.quarkiverse.deviceauthorization.deployment.devservices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

import jakarta.inject.Inject;

import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.deviceauthorization.DeviceAuthorization;
import io.quarkiverse.deviceauthorization.DeviceAuthorizationException;
import io.quarkiverse.deviceauthorization.DeviceAuthorizationName;
import io.quarkiverse.deviceauthorization.PendingAuthorization;
import io.quarkiverse.deviceauthorization.Tokens;
import io.quarkiverse.deviceauthorization.devserver.Script;
import io.quarkus.test.QuarkusUnitTest;

@DisplayName("The Dev Service configures injected clients that lack a server, and no others")
class DevServiceTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withEmptyApplication()
            .withConfiguration("""
                    quarkus.device-authorization.devservices.behaviour=auth0
                    quarkus.device-authorization.devservices.interval=2S
                    quarkus.device-authorization.devservices.code-lifespan=7M
                    quarkus.device-authorization.devservices.access-token-lifespan=3M
                    quarkus.device-authorization.devservices.refresh-token-rotation=false
                    quarkus.device-authorization.devservices.users.carol.claims.sub=u-7
                    quarkus.device-authorization.devservices.users.carol.claims.name=Carol
                    quarkus.device-authorization.devservices.users.carol.claims."groups"=["admin","dev"]
                    quarkus.device-authorization.scopes=openid,profile,offline_access
                    quarkus.device-authorization.audience=https://api.example.com
                    quarkus.device-authorization.own-id.client-id=my-app
                    quarkus.device-authorization.own-server.auth-server-url=http://localhost:1
                    quarkus.device-authorization.own-server.client-id=my-app
                    quarkus.device-authorization.yoto.provider=yoto
                    quarkus.device-authorization.yoto.client-id=my-app
                    quarkus.device-authorization.idle.client-id=my-app
                    """);

    @Inject
    DeviceAuthorization client;

    @Inject
    @DeviceAuthorizationName("own-id")
    DeviceAuthorization ownId;

    @Inject
    @DeviceAuthorizationName("own-server")
    DeviceAuthorization ownServer;

    @Inject
    @DeviceAuthorizationName("yoto")
    DeviceAuthorization yoto;

    @Inject
    Config config;

    @Test
    void aPersonSignsInAsAtAuth0() {
        PendingAuthorization pending = client.start();
        assertThat(pending.interval()).isEqualTo(Duration.ofSeconds(2));
        assertThat(pending.expiresAt()).isCloseTo(Instant.now().plus(Duration.ofMinutes(7)), within(30, ChronoUnit.SECONDS));

        Script.ofDevService().approve(pending.userCode(), "carol");

        Tokens tokens = client.await(pending);
        JsonWebToken person = tokens.identity().orElseThrow();
        assertThat(person.getSubject()).isEqualTo("u-7");
        assertThat(person.<String> getClaim("name")).isEqualTo("Carol");
        assertThat(person.getGroups()).containsExactlyInAnyOrder("admin", "dev");
        assertThat(client.refresh(tokens).refreshToken()).isEqualTo(tokens.refreshToken());
        assertThat(tokens.expiresAt()).hasValueSatisfying(end -> assertThat(end)
                .isCloseTo(Instant.now().plus(Duration.ofMinutes(3)), within(30, ChronoUnit.SECONDS)));
        assertThat(tokens.parameters()).doesNotContainKey("expires_in");
    }

    @Test
    void auth0AsksForAnAudience() {
        assertThatThrownBy(ownId::start).isInstanceOf(DeviceAuthorizationException.class)
                .hasMessageContaining("invalid_request");
    }

    @Test
    void whatTheUserConfiguredStays() {
        assertThat(server("own-id.")).isEqualTo(server("")).isPresent();
        assertThat(config.getValue("quarkus.device-authorization.own-id.client-id", String.class)).isEqualTo("my-app");
        assertThat(config.getValue("quarkus.device-authorization.client-id", String.class)).isEqualTo("quarkus-app");
        assertThat(server("own-server.")).hasValue("http://localhost:1");
    }

    @Test
    void othersGetNoServer() {
        assertThat(server("yoto.").or(() -> server("\"yoto\"."))).isEmpty();
        assertThat(server("idle.").or(() -> server("\"idle\"."))).isEmpty();
    }

    private Optional<String> server(String name) {
        return config.getOptionalValue("quarkus.device-authorization." + name + "auth-server-url", String.class);
    }
}

package io.quarkiverse.deviceauthorization.web.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.deviceauthorization.DeviceAuthorization;
import io.quarkiverse.deviceauthorization.filter.OwnerResolver;
import io.quarkiverse.deviceauthorization.filter.RestCall;
import io.quarkiverse.deviceauthorization.web.deployment.Browser.Answer;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.test.QuarkusUnitTest;
import io.quarkus.test.common.http.TestHTTPResource;
import io.vertx.ext.web.RoutingContext;

@DisplayName("The sign-in page of an application that knows its users")
class OwnersTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClass(Browser.class))
            .overrideConfigKey("quarkus.http.auth.basic", "true")
            .overrideConfigKey("quarkus.security.users.embedded.enabled", "true")
            .overrideConfigKey("quarkus.security.users.embedded.plain-text", "true")
            .overrideConfigKey("quarkus.security.users.embedded.users.ada", "secret")
            .overrideConfigKey("quarkus.security.users.embedded.users.grace", "secret")
            .overrideConfigKey("quarkus.device-authorization-web.clients", "<default>,open")
            .overrideConfigKey("quarkus.device-authorization.open.auth-server-url",
                    "${quarkus.device-authorization.auth-server-url}")
            .overrideConfigKey("quarkus.device-authorization.open.client-id", "open")
            .overrideConfigKey("quarkus.http.auth.permission.page.paths", "/sign-in,/sign-in/start,/sign-in/events")
            .overrideConfigKey("quarkus.http.auth.permission.page.policy", "authenticated");

    @ApplicationScoped
    static class SignedInUser implements OwnerResolver {

        @Inject
        SecurityIdentity identity;

        @Inject
        RoutingContext request;

        @Override
        public Optional<String> owner(RestCall call) {
            assertThat(call.request()).isEmpty();
            assertThat(request.request().path()).contains("/sign-in");
            return identity.isAnonymous() ? Optional.empty() : Optional.of(identity.getPrincipal().getName());
        }
    }

    @TestHTTPResource("sign-in")
    String page;

    @ConfigProperty(name = "quarkus.device-authorization.auth-server-url")
    String server;

    @Inject
    DeviceAuthorization client;

    private Browser ada;

    @BeforeEach
    void open() {
        ada = browser("ada");
    }

    private Browser browser(String user) {
        return new Browser(page).with("Authorization", "Basic "
                + Base64.getEncoder().encodeToString((user + ":secret").getBytes(StandardCharsets.US_ASCII)));
    }

    @Test
    @DisplayName("signs in the owner whom the OwnerResolver names, and nobody else")
    void owner() {
        Answer pending = ada.start();
        Browser.decide(server, "approve", pending.code());
        await().atMost(Duration.ofSeconds(20)).until(ada::open, answer -> answer.state().equals("approved"));

        assertThat(client.owners()).containsExactly("ada");
        assertThat(client.forOwner("ada").tokens().accessToken().value()).isNotBlank();
    }

    @Test
    @DisplayName("doesn't show one person's sign-in to another, not even with the same cookie")
    void others() {
        Answer pending = ada.start();
        Browser grace = browser("grace");
        grace.cookie(ada.cookie());

        assertThat(grace.open().state()).isEqualTo("none");
        assertThat(grace.get("/events").status()).isEqualTo(204);
        grace.press("/cancel");
        assertThat(ada.open().code()).isEqualTo(pending.code());
    }

    @Test
    @DisplayName("is behind the application's permissions, as any path")
    void permissions() {
        Browser nobody = new Browser(page);

        assertThat(nobody.open().status()).isEqualTo(401);
        assertThat(nobody.press("/start").status()).isEqualTo(401);
        assertThat(nobody.get("/events").status()).isEqualTo(401);
    }

    @Test
    @DisplayName("refuses those for whom the resolver names nobody, rather than sign them in as somebody else")
    void nobody() {
        Answer answer = new Browser(page + "/open").open();

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.text()).contains("Please sign in to the application first");
        assertThat(answer.body()).doesNotContain("<form");
    }
}

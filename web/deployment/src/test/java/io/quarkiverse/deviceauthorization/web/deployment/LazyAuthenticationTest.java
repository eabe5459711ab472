package io.quarkiverse.deviceauthorization.web.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.deviceauthorization.DeviceAuthorization;
import io.quarkiverse.deviceauthorization.PendingAuthorization;
import io.quarkiverse.deviceauthorization.filter.OwnerResolver;
import io.quarkiverse.deviceauthorization.filter.RestCall;
import io.quarkiverse.deviceauthorization.web.deployment.Browser.Answer;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.test.QuarkusUnitTest;
import io.quarkus.test.common.http.TestHTTPResource;

@DisplayName("The sign-in page of an application that finds out who somebody is only when it has to know")
class LazyAuthenticationTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClass(Browser.class))
            .overrideConfigKey("quarkus.http.auth.proactive", "false")
            .overrideConfigKey("quarkus.http.auth.basic", "true")
            .overrideConfigKey("quarkus.security.users.embedded.enabled", "true")
            .overrideConfigKey("quarkus.security.users.embedded.plain-text", "true")
            .overrideConfigKey("quarkus.security.users.embedded.users.ada", "secret");

    @ApplicationScoped
    static class SignedInUser implements OwnerResolver {

        @Inject
        SecurityIdentity identity;

        @Override
        public Optional<String> owner(RestCall call) {
            return identity.isAnonymous() ? Optional.empty() : Optional.of(identity.getPrincipal().getName());
        }
    }

    @TestHTTPResource("sign-in")
    String page;

    @Inject
    DeviceAuthorization client;

    @Test
    @DisplayName("finds it out, and reads the form after that")
    void owner() {
        Browser ada = new Browser(page).with("Authorization",
                "Basic " + Base64.getEncoder().encodeToString("ada:secret".getBytes(StandardCharsets.US_ASCII)));
        Answer pending = ada.start();

        assertThat(pending.state()).isEqualTo("waiting");
        String id = ada.cookie().substring(ada.cookie().indexOf('.') + 1);
        assertThat(client.forOwner("ada").resume(id)).map(PendingAuthorization::userCode).contains(pending.code());
        assertThat(new Browser(page).open().status()).as("for nobody").isEqualTo(403);
    }
}

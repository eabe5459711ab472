package io.quarkiverse.deviceauthorization.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.deviceauthorization.DeviceAuthorization;
import io.quarkiverse.deviceauthorization.DeviceAuthorizationName;
import io.quarkiverse.deviceauthorization.provider.ProviderAdapter;
import io.quarkiverse.deviceauthorization.provider.ProviderAnswer;
import io.quarkiverse.deviceauthorization.provider.ProviderRequest.Kind;
import io.quarkus.test.QuarkusUnitTest;

@DisplayName("An application with provider adapters of its own")
class AdapterBeanTest {

    private static final String SERVER = "${quarkus.device-authorization.auth-server-url}";

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withEmptyApplication()
            .overrideConfigKey("quarkus.device-authorization.office.auth-server-url", SERVER)
            .overrideConfigKey("quarkus.device-authorization.office.client-id", "office")
            .overrideConfigKey("quarkus.device-authorization.plain.auth-server-url", SERVER)
            .overrideConfigKey("quarkus.device-authorization.plain.client-id", "plain");

    @Singleton
    static class OfDefault implements ProviderAdapter {

        @Override
        public ProviderAnswer answer(Kind kind, ProviderAnswer answer) {
            return answer.with("adapted", "for the default client");
        }
    }

    @ApplicationScoped
    @DeviceAuthorizationName("office")
    static class OfOffice implements ProviderAdapter {

        @Override
        public ProviderAnswer answer(Kind kind, ProviderAnswer answer) {
            return answer.with("adapted", "for the office");
        }
    }

    @Inject
    DeviceAuthorization standard;

    @Inject
    @DeviceAuthorizationName("office")
    DeviceAuthorization office;

    @Inject
    @DeviceAuthorizationName("plain")
    DeviceAuthorization plain;

    @Test
    void eachClientHasItsOwn() {
        assertThat(standard.start().parameters()).containsEntry("adapted", "for the default client");
        assertThat(office.start().parameters()).containsEntry("adapted", "for the office");
        assertThat(plain.start().parameters()).doesNotContainKey("adapted");
    }
}

package io.quarkiverse.deviceauthorization.deployment.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;

import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.deviceauthorization.DeviceAuthorization;
import io.quarkiverse.deviceauthorization.runtime.filter.FilterClients;
import io.quarkus.arc.Arc;
import io.quarkus.test.QuarkusUnitTest;

@DisplayName("REST clients without annotations stay as they are")
class NothingToFilterTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = FilterApplication.of();

    public interface Things {

        @GET
        String get();
    }

    @Inject
    DeviceAuthorization client;

    @Inject
    Api api;

    @Test
    void nothingIsAdded() {
        Api.signIn(client);
        api.answer((call, response) -> response.end());
        assertThat(Arc.container().instance(FilterClients.class).isAvailable()).isFalse();
        assertThat(ConfigProvider.getConfig().getOptionalValue("quarkus.rest-client.logging.masked-headers", String.class)
                .orElse("")).doesNotContain("DPoP");
        assertThatThrownBy(() -> api.client(Things.class).get()).hasMessageContaining("401");
        assertThat(api.authorizations()).containsOnlyNulls();
    }
}

package io.quarkiverse.deviceauthorization.deployment.nativeimage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.util.List;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;

import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.deviceauthorization.DeviceAuthorization;
import io.quarkiverse.deviceauthorization.filter.DeviceAuthorizationFilter;
import io.quarkiverse.deviceauthorization.filter.Owner;
import io.quarkus.test.QuarkusUnitTest;

@DisplayName("A native executable")
class NativeRegistrationTest {

    private static final String OURS = "io.quarkiverse.deviceauthorization.";

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClasses(Things.class, MoreThings.class, Registrations.class,
                    ResourceFolder.class))
            .overrideConfigKey("quarkus.rest-client.things.url", "http://localhost")
            .addBuildChainCustomizer(new Registrations());

    interface MoreThings {

        @GET
        String get(@Owner @HeaderParam("Caller") String owner);
    }

    @jakarta.ws.rs.Path("/things")
    @RegisterRestClient(configKey = "things")
    @DeviceAuthorizationFilter
    interface Things extends MoreThings {
    }

    @Test
    @DisplayName("finds by reflection its configuration, what is listed here, and nothing else of ours")
    void reflection() {
        assertThat(Registrations.of(Registrations.REFLECTION)).filteredOn(name -> name.startsWith(OURS))
                .filteredOn(name -> !name.startsWith(OURS + "runtime.config."))
                // by later versions of Quarkus, which make it
                .filteredOn(name -> !name.endsWith("Things_DeviceAuthorizationFilter ()"))
                .extracting(name -> name.substring(OURS.length())).containsExactly(
                        // the qualifier, by Quarkus
                        "DeviceAuthorizationName (constructors, methods)",
                        // by us: annotations of the methods of REST clients are read when they are called
                        "deployment.nativeimage.NativeRegistrationTest$MoreThings (constructors, methods)",
                        "deployment.nativeimage.NativeRegistrationTest$Things (constructors, methods)",
                        // by the REST client, for JSON, which it is not: what is sent to an authorization server
                        "provider.ProviderRequest$Format (constructors, methods, fields)",
                        // beans, by Quarkus
                        "runtime.DeviceAuthorizationClients.<init>",
                        "runtime.endpoint.OutgoingRequest (constructors, methods, fields)",
                        "runtime.endpoint.OutgoingRequest and its members",
                        "runtime.health.DeviceAuthorizationEndpointHealthCheck.<init>");
    }

    @Test
    @DisplayName("finds by reflection what reads the values of keys that have a few")
    void converters() {
        assertThat(Registrations.of(Registrations.REFLECTION))
                .filteredOn(name -> name.startsWith(OURS + "runtime.config.EnumConverters$")).hasSize(4)
                .allMatch(name -> name.contains("(constructors"));
    }

    @Test
    @DisplayName("makes no proxies for us")
    void proxies() {
        assertThat(Registrations.of(Registrations.PROXIES)).filteredOn(name -> name.startsWith(OURS)).isEmpty();
    }

    @Test
    @DisplayName("has the words of prompts, in each language")
    void texts() throws IOException, URISyntaxException {
        List<String> patterns = Registrations.of(Registrations.RESOURCES);
        assertThat(ResourceFolder.files(DeviceAuthorization.class, "META-INF/device-authorization")).isNotEmpty()
                .allMatch(file -> patterns.stream().anyMatch(file::matches));
    }

    @Test
    @DisplayName("can use TLS")
    void tls() {
        assertThat(Registrations.of(Registrations.TLS)).contains("device-authorization");
    }
}

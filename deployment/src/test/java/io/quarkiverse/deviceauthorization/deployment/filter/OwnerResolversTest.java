package io.quarkiverse.deviceauthorization.deployment.filter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;

import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;

import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.deviceauthorization.DeviceAuthorizationName;
import io.quarkiverse.deviceauthorization.filter.DeviceAuthorizationFilter;
import io.quarkiverse.deviceauthorization.filter.Owner;
import io.quarkiverse.deviceauthorization.filter.OwnerResolver;
import io.quarkiverse.deviceauthorization.filter.RestCall;
import io.quarkus.test.QuarkusUnitTest;

@DisplayName("Two beans that tell owners, or an owner whom nobody asks for, fail the build")
class OwnerResolversTest {

    private static final String HERE = OwnerResolversTest.class.getName() + "$";

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClasses(Filtered.class, Unfiltered.class, One.class, Other.class,
                    OfTv.class))
            .assertException(failure -> assertThat(failure)
                    .hasStackTraceContaining(HERE + "One and " + HERE + "Other are each an OwnerResolver of all clients, and it"
                            + " isn't known which one counts. Give one of them @DeviceAuthorizationName, or remove it")
                    .hasStackTraceContaining("- @Owner of " + HERE + "Unfiltered.get() has no effect, since nobody sends tokens"
                            + " there. Add @DeviceAuthorizationFilter to the method or its interface"));

    @RegisterRestClient
    @DeviceAuthorizationFilter("tv")
    public interface Filtered {

        @GET
        String get(@Owner @HeaderParam("X-Account") String owner);
    }

    @RegisterRestClient
    @Path("unfiltered")
    public interface Unfiltered {

        @GET
        String get(@Owner @HeaderParam("X-Account") String owner);

        @GET
        @Path("other")
        @DeviceAuthorizationFilter("tv")
        String other();
    }

    @Singleton
    public static class One implements OwnerResolver {

        @Override
        public Optional<String> owner(RestCall call) {
            return Optional.of("one");
        }
    }

    @Singleton
    public static class Other extends One {
    }

    @Singleton
    @DeviceAuthorizationName("tv")
    public static class OfTv extends One {
    }

    @Test
    void theBuildFails() {
        throw new AssertionError(QuarkusUnitTest.THE_BUILD_WAS_EXPECTED_TO_FAIL);
    }
}

package io.quarkiverse.deviceauthorization.deployment.filter;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.deviceauthorization.filter.DeviceAuthorizationFilter;
import io.quarkiverse.deviceauthorization.filter.Owner;
import io.quarkus.test.QuarkusUnitTest;

@DisplayName("Annotations that would do nothing, or something else, fail the build, all of them at once")
class AnnotationProblemsTest {

    private static final String HERE = AnnotationProblemsTest.class.getName() + "$";

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(
                    jar -> jar.addClasses(Resource.class, NoRestClient.class, Blank.class, Locator.class, Sub.class,
                            Owners.class))
            .assertException(failure -> assertThat(failure)
                    .hasStackTraceContaining("The REST clients with device authorization are wrong:\n"
                            + "- @DeviceAuthorizationFilter of " + HERE + "Blank has a blank name. Name a client, or leave the"
                            + " name out for the default one\n"
                            + noEffect("Locator.sub()")
                            + noEffect("NoRestClient")
                            + noEffect("NoRestClient.call()")
                            + noEffect("Resource")
                            + noEffect("Resource.get()")
                            + "- @Owner of " + HERE
                            + "Locator.sub() has no effect. It belongs to a parameter of a REST client's"
                            + " method with @GET, @POST or the like\n"
                            + "- @Owner of " + HERE + "Owners.body() would be sent as the body. Add @NotBody to the parameter,"
                            + " or @HeaderParam or the like if it shall be sent\n"));

    private static String noEffect(String where) {
        return "- @DeviceAuthorizationFilter of " + HERE + where + " has no effect. It belongs to the interface of a REST"
                + " client, or to one of its methods with @GET, @POST or the like\n";
    }

    @Path("server")
    @DeviceAuthorizationFilter
    public static class Resource {

        @GET
        @DeviceAuthorizationFilter("yoto")
        public String get() {
            return "";
        }
    }

    @DeviceAuthorizationFilter
    public interface NoRestClient {

        @DeviceAuthorizationFilter
        String call();
    }

    @DeviceAuthorizationFilter(" ")
    public interface Blank {

        @GET
        String get();
    }

    public interface Locator {

        @Path("sub/{name}")
        @DeviceAuthorizationFilter
        Sub sub(@Owner @PathParam("name") String name);
    }

    public interface Sub {

        @GET
        String get();
    }

    @DeviceAuthorizationFilter
    public interface Owners {

        @POST
        String body(@Owner String owner);
    }

    @Test
    void theBuildFails() {
        throw new AssertionError(QuarkusUnitTest.THE_BUILD_WAS_EXPECTED_TO_FAIL);
    }
}

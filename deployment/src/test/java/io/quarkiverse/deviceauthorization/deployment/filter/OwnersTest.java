package io.quarkiverse.deviceauthorization.deployment.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;

import org.eclipse.microprofile.rest.client.annotation.RegisterProvider;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jboss.resteasy.reactive.client.spi.ResteasyReactiveClientRequestContext;
import org.jboss.resteasy.reactive.client.spi.ResteasyReactiveClientRequestFilter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.deviceauthorization.AuthorizationRequiredException;
import io.quarkiverse.deviceauthorization.DeviceAuthorization;
import io.quarkiverse.deviceauthorization.DeviceAuthorizationName;
import io.quarkiverse.deviceauthorization.deployment.Http;
import io.quarkiverse.deviceauthorization.devserver.DeviceAuthorizationServer;
import io.quarkiverse.deviceauthorization.filter.DeviceAuthorizationFilter;
import io.quarkiverse.deviceauthorization.filter.Owner;
import io.quarkiverse.deviceauthorization.filter.OwnerResolver;
import io.quarkiverse.deviceauthorization.filter.RestCall;
import io.quarkus.arc.Arc;
import io.quarkus.arc.ManagedContext;
import io.quarkus.rest.client.reactive.NotBody;
import io.quarkus.test.QuarkusUnitTest;
import io.quarkus.test.common.http.TestHTTPResource;
import io.smallrye.mutiny.Uni;

@DisplayName("Each call is sent with the tokens of its owner")
class OwnersTest {

    private static final int OWNERS = 50;

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = application();

    private static QuarkusUnitTest application() {
        DeviceAuthorizationServer.Builder server = DeviceAuthorizationServer.builder().user("alice", Map.of("sub", "alice"));
        IntStream.range(0, OWNERS).forEach(i -> server.user("user-" + i, Map.of("sub", "user-" + i)));
        QuarkusUnitTest application = FilterApplication.of(server)
                .overrideConfigKey("quarkus.rest-client.hello.url", "${filter-test.server}");
        FilterApplication.client(application, "yoto.");
        return application;
    }

    @RegisterRestClient(configKey = "hello")
    @Path("/api/hello")
    public interface Hello {

        @GET
        @DeviceAuthorizationFilter
        String ofRequest();

        @GET
        @DeviceAuthorizationFilter
        Uni<String> reactiveOfRequest();

        @GET
        @DeviceAuthorizationFilter
        String ofParameter(@Owner @NotBody UUID owner);

        @GET
        @DeviceAuthorizationFilter
        String ofOptional(@Owner @NotBody Optional<String> owner);

        @GET
        @DeviceAuthorizationFilter
        String ofSentParameter(@Owner @HeaderParam("X-Account") String owner);

        @GET
        @DeviceAuthorizationFilter("yoto")
        String ofHeader(@HeaderParam("X-User") String user);
    }

    /** Leaves the caller's thread before the tokens are asked for. */
    @RegisterRestClient(configKey = "hello")
    @RegisterProvider(Elsewhere.class)
    @Path("/api/hello")
    @DeviceAuthorizationFilter
    public interface FromElsewhere {

        @GET
        Uni<String> reactiveOfRequest();
    }

    public static class Elsewhere implements ResteasyReactiveClientRequestFilter {

        @Override
        public void filter(ResteasyReactiveClientRequestContext request) {
            request.suspend();
            new Thread(request::resume).start();
        }
    }

    /** Who is served. */
    @RequestScoped
    public static class Identity {

        private String name;

        void name(String name) {
            this.name = name;
        }

        String name() {
            return name;
        }
    }

    @ApplicationScoped
    public static class OfRequest implements OwnerResolver {

        @Inject
        Identity identity;

        @Override
        public Optional<String> owner(RestCall call) {
            return Optional.ofNullable(identity.name());
        }
    }

    @ApplicationScoped
    @DeviceAuthorizationName("yoto")
    public static class OfHeader implements OwnerResolver {

        @Override
        public Optional<String> owner(RestCall call) {
            assertThat(call.method().orElseThrow().getName()).isEqualTo("ofHeader");
            assertThat(call.arguments()).hasSize(1);
            assertThat(call).hasToString(
                    "RestCall[GET io.quarkiverse.deviceauthorization.deployment.filter.OwnersTest$Hello.ofHeader]");
            return call.request().map(request -> request.getHeaderString("X-User"));
        }
    }

    @Path("mine")
    public static class Mine {

        @Inject
        Identity identity;

        @RestClient
        Hello hello;

        @RestClient
        FromElsewhere fromElsewhere;

        @GET
        @Path("blocking")
        public String blocking(@HeaderParam("X-Me") String me) {
            identity.name(me);
            return hello.ofRequest();
        }

        @GET
        @Path("reactive")
        public Uni<String> reactive(@HeaderParam("X-Me") String me) {
            identity.name(me);
            return hello.reactiveOfRequest();
        }

        @GET
        @Path("elsewhere")
        public Uni<String> elsewhere(@HeaderParam("X-Me") String me) {
            identity.name(me);
            return fromElsewhere.reactiveOfRequest();
        }
    }

    @Inject
    DeviceAuthorization client;

    @Inject
    @DeviceAuthorizationName("yoto")
    DeviceAuthorization yoto;

    @Inject
    Api api;

    @Inject
    Identity identity;

    @RestClient
    Hello hello;

    @TestHTTPResource("mine")
    String mine;

    @BeforeEach
    void reset() {
        api.reset();
    }

    @Test
    @DisplayName("who is named by a parameter, whether it is sent or not")
    void parameter() {
        UUID owner = UUID.randomUUID();
        Api.signIn(client.forOwner(owner.toString()), "user-1");
        Api.signIn(client.forOwner("account"), "user-2");
        assertThat(hello.ofParameter(owner)).contains("\"sub\":\"user-1\"");
        assertThat(hello.ofSentParameter("account")).contains("\"sub\":\"user-2\"");
        assertThat(hello.ofOptional(Optional.of("account"))).contains("\"sub\":\"user-2\"");
        assertThatThrownBy(() -> hello.ofOptional(Optional.empty())).isExactlyInstanceOf(AuthorizationRequiredException.class);
        assertThatThrownBy(() -> hello.ofParameter(null)).isExactlyInstanceOf(AuthorizationRequiredException.class)
                .hasMessageMatching("The call of \\w+\\.ofParameter\\(\\) has no owner, since its @Owner parameter is empty");
        assertThatThrownBy(() -> hello.ofSentParameter("nobody")).isExactlyInstanceOf(AuthorizationRequiredException.class)
                .hasMessageContaining("as 'nobody'");
    }

    @Test
    @DisplayName("who is found by the resolver of the client")
    void resolver() {
        Api.signIn(yoto.forOwner("bob"), "user-3");
        assertThat(hello.ofHeader("bob")).contains("\"sub\":\"user-3\"");
        assertThatThrownBy(() -> hello.ofHeader(null)).isExactlyInstanceOf(AuthorizationRequiredException.class)
                .hasMessageMatching("The call of \\w+\\.ofHeader\\(\\) has no owner, since its OwnerResolver names nobody");
    }

    @Test
    @DisplayName("who is served, also by 50 requests at a time, on workers and event loops, and whatever other filters"
            + " do: nobody sees anything of anybody else")
    void parallel() throws Exception {
        signInAll();
        for (String kind : List.of("blocking", "reactive", "elsewhere")) {
            List<CompletableFuture<String>> answers = new ArrayList<>();
            for (int round = 0; round < 4; round++) {
                for (int i = 0; i < OWNERS; i++) {
                    answers.add(Http.getAsync(mine + "/" + kind, "X-Me", "owner-" + i));
                }
            }
            for (int i = 0; i < answers.size(); i++) {
                assertThat(answers.get(i).get(30, TimeUnit.SECONDS)).as(kind).contains("\"sub\":\"user-" + i % OWNERS + "\"");
            }
        }
    }

    private void signInAll() {
        for (int i = 0; i < OWNERS; i++) {
            Api.signIn(client.forOwner("owner-" + i), "user-" + i);
        }
    }

    @Test
    @DisplayName("also on virtual threads, where there are any")
    void virtualThreads() throws Exception {
        signInAll();
        ExecutorService threads = threads();
        List<Future<String>> answers = new ArrayList<>();
        for (int i = 0; i < OWNERS; i++) {
            String owner = "owner-" + i;
            answers.add(threads.submit(() -> ofOwner(owner)));
        }
        for (int i = 0; i < OWNERS; i++) {
            assertThat(answers.get(i).get(30, TimeUnit.SECONDS)).contains("\"sub\":\"user-" + i + "\"");
        }
        threads.shutdown();
    }

    private String ofOwner(String owner) {
        ManagedContext request = Arc.container().requestContext();
        request.activate();
        try {
            identity.name(owner);
            return hello.ofRequest();
        } finally {
            request.terminate();
        }
    }

    /** Java 17 has none. */
    private static ExecutorService threads() throws ReflectiveOperationException {
        return Runtime.version().feature() < 21 ? Executors.newCachedThreadPool()
                : (ExecutorService) Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
    }

    @Test
    @DisplayName("and a request that serves nobody gets nobody's")
    void nobody() {
        Api.signIn(client);
        assertThat(Http.get(mine + "/blocking").statusCode()).isEqualTo(500);
    }
}

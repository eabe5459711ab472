package io.quarkiverse.deviceauthorization.deployment.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;

import org.eclipse.microprofile.rest.client.annotation.ClientHeaderParam;
import org.eclipse.microprofile.rest.client.annotation.RegisterClientHeaders;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.deviceauthorization.AuthorizationRequiredException;
import io.quarkiverse.deviceauthorization.DeviceAuthorization;
import io.quarkiverse.deviceauthorization.DeviceAuthorizationName;
import io.quarkiverse.deviceauthorization.Tokens;
import io.quarkiverse.deviceauthorization.filter.DeviceAuthorizationFilter;
import io.quarkus.arc.InactiveBeanException;
import io.quarkus.rest.client.reactive.ClientQueryParam;
import io.quarkus.test.QuarkusUnitTest;

@DisplayName("@DeviceAuthorizationFilter says which tokens are sent")
class AnnotationsTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = application();

    private static QuarkusUnitTest application() {
        QuarkusUnitTest application = FilterApplication.of()
                .overrideConfigKey("quarkus.rest-client.hello.url", "${filter-test.server}")
                .overrideConfigKey("quarkus.device-authorization.off.active", "false");
        FilterApplication.client(application, "yoto.");
        FilterApplication.client(application, "\"tv.box\".");
        return application;
    }

    @RegisterRestClient(configKey = "hello")
    @DeviceAuthorizationFilter
    public interface Injected {

        @GET
        @Path("/api/hello")
        String hello();
    }

    @Path("things")
    public interface OnlyMethods {

        @GET
        @Path("yoto")
        @DeviceAuthorizationFilter("yoto")
        String yoto();

        @GET
        @Path("box")
        @DeviceAuthorizationFilter("tv.box")
        String box();

        @GET
        @Path("none")
        String none();
    }

    @DeviceAuthorizationFilter
    interface Both {

        @GET
        @DeviceAuthorizationFilter("yoto")
        String yoto();

        @GET
        @Path("sub/{name}")
        @ClientQueryParam(name = "q", value = "1")
        String usual(@PathParam("name") String name);

        @Path("sub")
        Sub sub();

        @Path("own")
        OwnSub ownSub();
    }

    public interface Sub {

        @GET
        @Path("plain")
        String plain();

        @GET
        @Path("box")
        @DeviceAuthorizationFilter("tv.box")
        String box();
    }

    @DeviceAuthorizationFilter("yoto")
    public interface OwnSub {

        @GET
        String get();
    }

    @DeviceAuthorizationFilter("yoto")
    public interface Base {

        @GET
        String get();
    }

    @Path("inherited")
    public interface Inherited extends Base {
    }

    @Path("inherited")
    @DeviceAuthorizationFilter("tv.box")
    public interface Other extends Base {
    }

    @DeviceAuthorizationFilter
    @RegisterClientHeaders
    public interface Headers {

        @GET
        @ClientHeaderParam(name = "Authorization", value = "Basic b3du")
        String own();

        @GET
        @ClientHeaderParam(name = "X-Other", value = "other")
        String other();
    }

    @DeviceAuthorizationFilter("off")
    public interface Off {

        @GET
        String get();
    }

    @Inject
    DeviceAuthorization client;

    @Inject
    @DeviceAuthorizationName("yoto")
    DeviceAuthorization yoto;

    @Inject
    @DeviceAuthorizationName("tv.box")
    DeviceAuthorization box;

    @Inject
    @RestClient
    Injected injected;

    @Inject
    Api api;

    private Tokens clients;
    private Tokens yotos;
    private Tokens boxes;

    @BeforeEach
    void signIn() {
        api.reset();
        clients = Api.signIn(client);
        yotos = Api.signIn(yoto);
        boxes = Api.signIn(box);
    }

    @Test
    @DisplayName("for all calls of a REST client that is injected")
    void injected() {
        assertThat(injected.hello()).contains("Hello").contains("\"client_id\":\"tv\"");
    }

    @Test
    @DisplayName("for single methods, of different clients; a method without it is sent without")
    void methods() {
        OnlyMethods methods = api.client(OnlyMethods.class);
        methods.yoto();
        methods.box();
        assertThatThrownBy(methods::none).hasMessageContaining("401");
        assertThat(api.authorizations()).containsExactly(yotos.authorizationHeader(), boxes.authorizationHeader(), null);
    }

    @Test
    @DisplayName("for a method rather than for its type, and the rest of the request stays")
    void methodBeforeType() {
        Both both = api.client(Both.class);
        both.yoto();
        both.usual("name");
        assertThat(api.authorizations()).containsExactly(yotos.authorizationHeader(), clients.authorizationHeader());
        assertThat(api.calls().get(1).path()).isEqualTo("/sub/name");
    }

    @Test
    @DisplayName("for sub-resources, unless they say something else")
    void subResources() {
        Both both = api.client(Both.class);
        both.sub().plain();
        both.sub().box();
        both.ownSub().get();
        assertThat(api.authorizations()).containsExactly(clients.authorizationHeader(), boxes.authorizationHeader(),
                yotos.authorizationHeader());
    }

    @Test
    @DisplayName("for interfaces that extend it, unless they say something else")
    void inheritance() {
        api.client(Inherited.class).get();
        api.client(Other.class).get();
        assertThat(api.authorizations()).containsExactly(yotos.authorizationHeader(), boxes.authorizationHeader());
    }

    @Test
    @DisplayName("but not where the application says who calls")
    void headers() {
        Headers headers = api.client(Headers.class);
        headers.own();
        headers.other();
        assertThat(api.authorizations()).containsExactly("Basic b3du", clients.authorizationHeader());
        assertThat(api.calls().get(1).headers().get("X-Other")).isEqualTo("other");
    }

    @Test
    @DisplayName("of one client only: nobody else's are used instead")
    void otherClients() {
        yoto.logout();
        assertThatThrownBy(() -> api.client(OnlyMethods.class).yoto()).isExactlyInstanceOf(AuthorizationRequiredException.class)
                .hasMessageContaining("client 'yoto'");
    }

    @Test
    @DisplayName("of a client that is switched off, which says so when it is needed")
    void switchedOff() {
        assertThatThrownBy(() -> api.client(Off.class).get()).isInstanceOf(InactiveBeanException.class)
                .hasMessageContaining("quarkus.device-authorization.off.active=false");
    }
}

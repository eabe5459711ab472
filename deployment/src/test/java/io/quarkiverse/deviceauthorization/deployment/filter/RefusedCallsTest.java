package io.quarkiverse.deviceauthorization.deployment.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientRequestFilter;
import jakarta.ws.rs.client.ClientResponseContext;
import jakarta.ws.rs.client.ClientResponseFilter;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import org.awaitility.Awaitility;
import org.jboss.resteasy.reactive.PartType;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.deviceauthorization.AuthorizationRequiredException;
import io.quarkiverse.deviceauthorization.AuthorizationServerException;
import io.quarkiverse.deviceauthorization.DeviceAuthorization;
import io.quarkiverse.deviceauthorization.Tokens;
import io.quarkiverse.deviceauthorization.deployment.Http;
import io.quarkiverse.deviceauthorization.filter.DeviceAuthorizationFilter;
import io.quarkus.rest.client.reactive.ClientExceptionMapper;
import io.quarkus.test.QuarkusUnitTest;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.buffer.Buffer;

@DisplayName("When a resource refuses the tokens of a call, they are refreshed once")
class RefusedCallsTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = FilterApplication.of();

    @DeviceAuthorizationFilter
    @jakarta.ws.rs.Path("things")
    public interface Things {

        @GET
        String text();

        @GET
        byte[] bytes();

        @GET
        void nothing();

        @GET
        InputStream stream();

        @GET
        File file();

        @GET
        Response response();

        @GET
        RestResponse<String> restResponse();

        @GET
        Uni<String> uni();

        @GET
        Uni<Response> uniResponse();

        @GET
        CompletionStage<String> stage();

        @GET
        @Produces(MediaType.SERVER_SENT_EVENTS)
        Multi<String> events();

        @GET
        String as(@HeaderParam("Authorization") String authorization);

        @POST
        String post(String body);

        @POST
        @Consumes(MediaType.APPLICATION_JSON)
        String post(Thing thing);

        @POST
        @Consumes(MediaType.APPLICATION_OCTET_STREAM)
        String post(byte[] body);

        @POST
        @Consumes(MediaType.APPLICATION_OCTET_STREAM)
        String post(File body);

        @POST
        @Consumes(MediaType.APPLICATION_OCTET_STREAM)
        String post(InputStream body);

        @POST
        @Consumes(MediaType.APPLICATION_OCTET_STREAM)
        String post(Multi<Buffer> body);

        @POST
        String form(@RestForm String name, @RestForm int size);

        @POST
        @Consumes(MediaType.MULTIPART_FORM_DATA)
        String multipart(@RestForm String name, @RestForm @PartType(MediaType.APPLICATION_OCTET_STREAM) File file,
                @RestForm @PartType(MediaType.APPLICATION_JSON) Thing thing);

        @POST
        @Consumes(MediaType.MULTIPART_FORM_DATA)
        String multipart(@RestForm @PartType(MediaType.APPLICATION_OCTET_STREAM) Multi<Byte> file);

        @POST
        @Consumes(MediaType.MULTIPART_FORM_DATA)
        String multipart(@RestForm @PartType(MediaType.APPLICATION_OCTET_STREAM) InputStream file);
    }

    public record Thing(String name, int size) {
    }

    /** Says what the caller gets for a refusal. */
    @DeviceAuthorizationFilter
    @jakarta.ws.rs.Path("things")
    public interface Mapped {

        @GET
        String text();

        @ClientExceptionMapper
        static RuntimeException map(Response response) {
            return response.getStatus() == 401
                    ? new IllegalStateException("refused: " + response.readEntity(String.class))
                    : null;
        }
    }

    /** Counts what other filters see. */
    public static class Counting implements ClientRequestFilter, ClientResponseFilter {

        private final AtomicInteger requests = new AtomicInteger();
        private final AtomicInteger responses = new AtomicInteger();

        @Override
        public void filter(ClientRequestContext request) {
            requests.incrementAndGet();
        }

        @Override
        public void filter(ClientRequestContext request, ClientResponseContext response) {
            responses.incrementAndGet();
        }
    }

    @Inject
    DeviceAuthorization deviceAuthorization;

    @Inject
    Api api;

    private Tokens first;
    private Things things;

    @BeforeEach
    void signIn() {
        api.reset();
        first = Api.signIn(deviceAuthorization);
        things = api.client(Things.class);
    }

    @Test
    void aCallIsSentAgainWithNewOnes() {
        api.refuse(first);
        assertThat(things.text()).isEqualTo("hello");
        assertThat(api.authorizations()).containsExactly(first.authorizationHeader(),
                deviceAuthorization.tokens().authorizationHeader());
        assertThat(api.refreshes()).isOne();
    }

    @Test
    void goodOnesAreNot() {
        assertThat(things.text()).isEqualTo("hello");
        assertThat(api.authorizations()).containsExactly(first.authorizationHeader());
        assertThat(api.refreshes()).isZero();
    }

    @Test
    @DisplayName("whatever the caller expects")
    void anyResult() throws Exception {
        List<Call> all = List.of(() -> new String(things.bytes(), StandardCharsets.UTF_8),
                () -> {
                    things.nothing();
                    return "hello";
                },
                () -> new String(things.stream().readAllBytes(), StandardCharsets.UTF_8),
                () -> Files.readString(things.file().toPath()),
                () -> {
                    try (Response response = things.response()) {
                        return response.readEntity(String.class);
                    }
                },
                () -> things.restResponse().getEntity(),
                () -> things.uni().await().atMost(Duration.ofSeconds(10)),
                () -> things.uniResponse().await().atMost(Duration.ofSeconds(10)).readEntity(String.class),
                () -> things.stage().toCompletableFuture().get(10, TimeUnit.SECONDS));
        for (Call call : all) {
            api.reset();
            first = Api.signIn(deviceAuthorization);
            api.refuse(first);
            assertThat(call.result()).isEqualTo("hello");
            assertThat(api.calls()).hasSize(2);
        }
    }

    private interface Call {
        String result() throws Exception;
    }

    @Test
    @DisplayName("also before the events of a stream")
    void events() {
        api.refuse(first);
        api.answer((call, response) -> response.putHeader("Content-Type", "text/event-stream")
                .end("data: one\n\ndata: two\n\n"));
        assertThat(things.events().collect().asList().await().atMost(Duration.ofSeconds(10))).containsExactly("one", "two");
        assertThat(api.calls()).hasSize(2);
    }

    @Test
    @DisplayName("and the same body is sent again: text, objects, bytes, files, forms")
    void bodies() throws IOException {
        File file = Files.writeString(Files.createTempFile("filter", ".txt"), "from a file").toFile();
        List<Call> all = List.of(() -> things.post("text"), () -> things.post(new Thing("chair", 2)),
                () -> things.post("bytes".getBytes(StandardCharsets.UTF_8)), () -> things.post(file),
                () -> things.form("chair", 2));
        for (Call call : all) {
            assertRepeated(call);
            assertThat(api.calls().get(0).body()).isNotBlank().isEqualTo(api.calls().get(1).body());
            assertThat(api.calls().get(0).headers().getAll("Content-Type"))
                    .hasSize(1).isEqualTo(api.calls().get(1).headers().getAll("Content-Type"));
        }
    }

    @Test
    @DisplayName("and the same parts")
    void multipart() throws IOException {
        File file = Files.writeString(Files.createTempFile("filter", ".txt"), "from a file").toFile();
        assertRepeated(() -> things.multipart("chair", file, new Thing("chair", 2)));
        assertThat(parts(0)).contains("chair", "from a file", "\"size\":2").isEqualTo(parts(1));
    }

    /** The boundary is another one each time. */
    private String parts(int call) {
        String body = api.calls().get(call).body();
        return body.replace(body.substring(0, body.indexOf('\r')), "");
    }

    private void assertRepeated(Call call) {
        api.reset();
        first = Api.signIn(deviceAuthorization);
        api.refuse(first);
        assertThat(result(call)).isEqualTo("hello");
        assertThat(api.calls()).hasSize(2);
    }

    private static String result(Call call) {
        try {
            return call.result();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    @DisplayName("A stream can't be sent again: the caller gets the refusal, and the next call the new tokens")
    void streams() {
        List<Call> all = List.of(() -> things.post(new ByteArrayInputStream("stream".getBytes(StandardCharsets.UTF_8))),
                () -> things.post(Multi.createFrom().items(Buffer.buffer("one"), Buffer.buffer("two"))),
                () -> things.multipart(Multi.createFrom().items((byte) 1, (byte) 2)),
                () -> things.multipart(new ByteArrayInputStream("part".getBytes(StandardCharsets.UTF_8))));
        for (Call call : all) {
            api.reset();
            first = Api.signIn(deviceAuthorization);
            api.refuse(first);
            assertThatThrownBy(call::result).isInstanceOfSatisfying(WebApplicationException.class, refusal -> {
                assertThat(refusal.getResponse().getStatus()).isEqualTo(401);
                assertThat(refusal.getResponse().readEntity(String.class)).isEqualTo("who are you?");
            });
            assertThat(api.calls()).hasSize(1);
            assertThat(result(call)).isEqualTo("hello");
            assertThat(api.refreshes()).isOne();
        }
    }

    @Test
    @DisplayName("A resource that refuses whatever comes gets a call twice, and later ones once, without more refreshes")
    void refusedForEver() {
        api.refuseAll();
        for (int i = 0; i < 5; i++) {
            assertThatThrownBy(things::text).isInstanceOfSatisfying(WebApplicationException.class,
                    refusal -> assertThat(refusal.getResponse().getStatus()).isEqualTo(401));
        }
        assertThat(api.calls()).hasSize(6);
        assertThat(api.refreshes()).isOne();
        Response response = api.builder().property("microprofile.rest.client.disable.default.mapper", true).build(Things.class)
                .response();
        assertThat(response.getStatus()).isEqualTo(401);
        assertThat(response.readEntity(String.class)).isEqualTo("who are you?");
    }

    @Test
    @DisplayName("also with bodies that can't be repeated")
    void streamsRefusedForEver() {
        api.refuseAll();
        for (int i = 0; i < 5; i++) {
            assertThatThrownBy(() -> things.post(new ByteArrayInputStream(new byte[] { 1 })))
                    .isInstanceOf(WebApplicationException.class);
        }
        assertThat(api.calls()).hasSize(5);
        assertThat(api.refreshes()).isOne();
    }

    @Test
    @DisplayName("Exception mappers see the last answer, and it is whole")
    void mappers() {
        Mapped mapped = api.client(Mapped.class);
        api.refuse(first);
        assertThat(mapped.text()).isEqualTo("hello");
        api.refuseAll();
        assertThatThrownBy(mapped::text).isExactlyInstanceOf(IllegalStateException.class)
                .hasMessage("refused: who are you?");
    }

    @Test
    @DisplayName("Other filters see one call")
    void otherFilters() {
        Counting counting = new Counting();
        things = api.builder().register(counting).build(Things.class);
        api.refuse(first);
        assertThat(things.text()).isEqualTo("hello");
        assertThat(counting.requests).hasValue(1);
        assertThat(counting.responses).hasValue(1);
    }

    @Test
    @DisplayName("The application's own header goes first, and its refusal is the application's")
    void ownHeader() {
        api.answer((call, response) -> response.setStatusCode(401).end());
        assertThatThrownBy(() -> things.as("Basic b3du")).isInstanceOf(WebApplicationException.class)
                .hasMessageContaining("401");
        assertThat(api.authorizations()).containsExactly("Basic b3du");
        assertThat(api.refreshes()).isZero();
    }

    @Test
    @DisplayName("A call that is subscribed to again takes the tokens of then")
    void subscribedAgain() {
        Uni<String> call = things.uni();
        assertThat(call.await().atMost(Duration.ofSeconds(10))).isEqualTo("hello");
        Tokens second = Api.signIn(deviceAuthorization);
        assertThat(call.await().atMost(Duration.ofSeconds(10))).isEqualTo("hello");
        api.answer((received, response) -> response.reset());
        assertThatThrownBy(() -> call.await().atMost(Duration.ofSeconds(10))).isNotNull();
        Tokens third = Api.signIn(deviceAuthorization);
        api.answer((received, response) -> response.end("hello"));
        assertThat(call.await().atMost(Duration.ofSeconds(10))).isEqualTo("hello");
        assertThat(api.authorizations()).containsExactly(first.authorizationHeader(), second.authorizationHeader(),
                second.authorizationHeader(), third.authorizationHeader());
    }

    @Test
    @DisplayName("When a person is needed, the caller learns it as it is")
    void personNeeded() {
        deviceAuthorization.logout();
        assertAll(AuthorizationRequiredException.class, "Nobody is signed in for the default client");
        assertThat(api.calls()).isEmpty();
    }

    private void assertAll(Class<? extends Throwable> type, String message) {
        List<Call> all = List.of(things::text, () -> things.response().toString(), () -> things.post("text"),
                () -> things.uni().await().atMost(Duration.ofSeconds(10)),
                () -> things.events().collect().asList().await().atMost(Duration.ofSeconds(10)).toString());
        for (Call call : all) {
            assertThatThrownBy(call::result).isExactlyInstanceOf(type).hasMessageContaining(message);
        }
        assertThatThrownBy(() -> things.stage().toCompletableFuture().get(10, TimeUnit.SECONDS)).cause()
                .isExactlyInstanceOf(type).hasMessageContaining(message);
    }

    @Test
    @DisplayName("When they can't be refreshed, the caller learns why, and not that the person is to sign in again")
    void serverDown() {
        api.refuse(first);
        Http.decide(FilterApplication.server(), "fail&status=503&times=50", "");
        try {
            assertAll(AuthorizationServerException.class, "503");
        } finally {
            Http.decide(FilterApplication.server(), "reset", "");
        }
        Awaitility.await().ignoreException(AuthorizationServerException.class).until(things::text, "hello"::equals);
    }

    @Test
    @DisplayName("When they can't be refreshed without a person, the caller learns it, whatever the body was")
    void refreshRejected() {
        api.refuse(first);
        Http.decide(FilterApplication.server(),
                "answer&status=400&content_type=application/json&body={\"error\":\"invalid_grant\"}",
                "");
        assertThatThrownBy(() -> things.post(new ByteArrayInputStream(new byte[] { 1 })))
                .isExactlyInstanceOf(AuthorizationRequiredException.class).hasMessageContaining("sign in");
        assertAll(AuthorizationRequiredException.class, "Nobody is signed in");
    }

    @Test
    @DisplayName("An answer that nobody sees costs no connection, however long it is")
    void connections() throws IOException {
        api.refuseAtLength();
        for (int i = 0; i < 10; i++) {
            api.refuse(deviceAuthorization.tokens());
            assertThat(things.stream().readAllBytes()).asString().isEqualTo("hello");
            Api.signIn(deviceAuthorization);
        }
        assertThat(api.calls()).hasSize(20);
        assertThat(api.connections()).as("the second one while the first answer is still coming").isLessThanOrEqualTo(2);
    }
}

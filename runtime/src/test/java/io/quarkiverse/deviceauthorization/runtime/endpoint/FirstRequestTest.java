package io.quarkiverse.deviceauthorization.runtime.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

import jakarta.ws.rs.core.Response;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import io.quarkiverse.deviceauthorization.AuthorizationRequest;
import io.quarkiverse.deviceauthorization.runtime.config.ClientSettings;
import io.quarkiverse.deviceauthorization.runtime.credentials.ClientAuthentication;
import io.quarkiverse.deviceauthorization.runtime.protocol.DeviceCodes;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;

@DisplayName("The first request of a client")
class FirstRequestTest {

    private static final String METADATA = "{\"issuer\":\"https://login.example.com\",\"device_authorization_endpoint\":"
            + "\"https://login.example.com/device\",\"token_endpoint\":\"https://login.example.com/token\"}";

    private final Vertx vertx = Vertx.vertx();
    private final RecordingApi api = new RecordingApi();
    private final List<Boolean> madeOnEventLoop = new CopyOnWriteArrayList<>();
    private final List<Context> sentIn = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private HttpAuthorizationServer server(ClientSettings settings) {
        return new HttpAuthorizationServer(settings, this::make,
                ClientAuthentication.of(settings, name -> null, Answers.CLOCK), () -> false, Answers.CLOCK);
    }

    private AuthorizationServerApi make() {
        madeOnEventLoop.add(Context.isOnEventLoopThread());
        return new AuthorizationServerApi() {
            @Override
            public Uni<Response> post(URI endpoint, OutgoingRequest request) {
                sentIn.add(Vertx.currentContext());
                return api.post(endpoint, request);
            }

            @Override
            public Uni<Response> get(URI resource, String authorization, String proof) {
                sentIn.add(Vertx.currentContext());
                return api.get(resource, authorization, proof);
            }
        };
    }

    private DeviceCodes start(HttpAuthorizationServer server, Context caller) throws Exception {
        api.answering(200, "application/json", RecordingApi.CODES);
        CompletableFuture<DeviceCodes> codes = new CompletableFuture<>();
        caller.runOnContext(nothing -> server.requestCodes(AuthorizationRequest.defaults()).subscribe()
                .with(codes::complete, codes::completeExceptionally));
        return codes.get(20, TimeUnit.SECONDS);
    }

    @Test
    @DisplayName("keeps no event loop waiting for the REST client, and is sent in the context of whoever wants it")
    void onAnEventLoop() throws Exception {
        Context caller = vertx.getOrCreateContext();
        HttpAuthorizationServer server = server(Settings.of());

        assertThat(start(server, caller).userCode()).isEqualTo("WDJB-MJHT");
        assertThat(start(server, caller).userCode()).isEqualTo("WDJB-MJHT");

        assertThat(madeOnEventLoop).containsExactly(false);
        assertThat(sentIn).containsExactly(caller, caller);
    }

    @Test
    @DisplayName("does so, too, where it is the one for the metadata")
    void discovery() throws Exception {
        Context caller = vertx.getOrCreateContext();
        api.answering(200, "application/json", METADATA);

        assertThat(start(server(Settings.only("client-id", "tv", "auth-server-url", "https://login.example.com")), caller)
                .userCode()).isEqualTo("WDJB-MJHT");

        assertThat(madeOnEventLoop).containsExactly(false);
        assertThat(sentIn).containsExactly(caller, caller);
    }
}

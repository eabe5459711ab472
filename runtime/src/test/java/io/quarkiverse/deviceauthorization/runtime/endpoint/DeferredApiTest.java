package io.quarkiverse.deviceauthorization.runtime.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

import jakarta.ws.rs.core.Response;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import io.quarkiverse.deviceauthorization.provider.ProviderRequest.Format;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import io.smallrye.mutiny.subscription.UniEmitter;

@DisplayName("A request whose caller goes away")
class DeferredApiTest {

    private static final URI SERVER = URI.create("https://id.example/");
    private static final OutgoingRequest REQUEST = new OutgoingRequest(Format.FORM, new byte[0], Map.of());

    private final AtomicReference<UniEmitter<? super Response>> sent = new AtomicReference<>();
    private final AtomicBoolean reset = new AtomicBoolean();
    private final DeferredApi api = new DeferredApi(() -> new AuthorizationServerApi() {

        @Override
        public Uni<Response> post(URI endpoint, OutgoingRequest request) {
            return answer();
        }

        @Override
        public Uni<Response> get(URI resource, String authorization, String proof) {
            return answer();
        }

        private Uni<Response> answer() {
            return Uni.createFrom().<Response> emitter(sent::set).onCancellation().invoke(() -> reset.set(true));
        }
    });

    @Test
    @DisplayName("is not reset, which could close the connection while another request is under way on it")
    void notReset() {
        goAway(api.post(SERVER, REQUEST)); // makes the REST client
        goAway(api.post(SERVER, REQUEST));
        goAway(api.get(SERVER, null, null));
    }

    private void goAway(Uni<Response> request) {
        sent.set(null);
        UniAssertSubscriber<Response> caller = request.subscribe().withSubscriber(UniAssertSubscriber.create());
        assertThat(sent.get()).as("the request").isNotNull();

        caller.cancel();
        assertThat(reset).as("reset").isFalse();
        sent.get().complete(Response.ok().build());
        caller.assertNotTerminated();
    }

    @Test
    @DisplayName("fails without anybody being told")
    void fails() {
        UniAssertSubscriber<Response> caller = api.post(SERVER, REQUEST).subscribe()
                .withSubscriber(UniAssertSubscriber.create());
        caller.cancel();
        sent.get().fail(new IllegalStateException("closed"));

        caller.assertNotTerminated();
    }
}

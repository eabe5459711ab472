package io.quarkiverse.deviceauthorization.runtime.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import jakarta.ws.rs.core.Response;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.quarkiverse.deviceauthorization.AccessDeniedException;
import io.quarkiverse.deviceauthorization.AuthorizationRequest;
import io.quarkiverse.deviceauthorization.DeviceCodeExpiredException;
import io.quarkiverse.deviceauthorization.PendingAuthorization;
import io.quarkiverse.deviceauthorization.Secret;
import io.quarkiverse.deviceauthorization.Tokens;
import io.quarkiverse.deviceauthorization.event.Approved;
import io.quarkiverse.deviceauthorization.event.DeviceAuthorizationEvent;
import io.quarkiverse.deviceauthorization.event.Pending;
import io.quarkiverse.deviceauthorization.event.Refreshed;
import io.quarkiverse.deviceauthorization.event.SlowedDown;
import io.quarkiverse.deviceauthorization.event.Started;
import io.quarkiverse.deviceauthorization.runtime.VirtualTime;
import io.quarkiverse.deviceauthorization.runtime.config.ClientSettings;
import io.quarkiverse.deviceauthorization.runtime.flow.Flows;
import io.quarkiverse.deviceauthorization.runtime.flow.PollingPolicy;
import io.quarkiverse.deviceauthorization.runtime.protocol.Telemetry;
import io.quarkiverse.deviceauthorization.runtime.store.MemoryAuthorizationStore;
import io.quarkiverse.deviceauthorization.runtime.token.RefreshPolicy;
import io.quarkiverse.deviceauthorization.runtime.token.TokenVault;
import io.quarkiverse.deviceauthorization.store.AuthorizationStore;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;

/** From the first request to the end, on a virtual clock. */
@DisplayName("At a provider that is not RFC 8628 on the wire")
class ProviderSignInTest {

    /** What the provider answers, by status and body. */
    private enum Wire {

        TRAKT("""
                200 {"device_code":"d9c1","user_code":"5055CC52","verification_url":"https://trakt.tv/activate",\
                "expires_in":600,"interval":5}""", "400 ", "429 ", "418 ", "410 ", """
                200 {"access_token":"access-%1$d","token_type":"bearer","expires_in":900,"refresh_token":"refresh-%1$d",\
                "scope":"public","created_at":1}""", "https://trakt.tv/activate/5055CC52"),
        SALESFORCE("""
                200 {"device_code":"M3hv","user_code":"WZPX2K7Q","verification_uri":\
                "https://acme.my.salesforce.com/setup/connect","interval":5}""",
                "400 {\"error\":\"authorization_pending\",\"error_description\":\"pending\"}",
                "400 {\"error\":\"slow_down\"}", "400 {\"error\":\"access_denied\"}", "400 {\"error\":\"expired_token\"}",
                """
                        200 {"access_token":"access-%1$d","refresh_token":"refresh-%1$d","scope":"api refresh_token",\
                        "instance_url":"https://acme.my.salesforce.com","token_type":"Bearer"}""",
                "https://acme.my.salesforce.com/setup/connect?user_code=WZPX2K7Q");

        private final String codes;
        private final String pending;
        private final String slowDown;
        private final String denied;
        private final String expired;
        private final String tokens;
        private final URI complete;

        Wire(String codes, String pending, String slowDown, String denied, String expired, String tokens, String complete) {
            this.codes = codes;
            this.pending = pending;
            this.slowDown = slowDown;
            this.denied = denied;
            this.expired = expired;
            this.tokens = tokens;
            this.complete = URI.create(complete);
        }
    }

    private final VirtualTime time = new VirtualTime();
    private final RecordingApi api = new RecordingApi();
    private final List<Double> times = new ArrayList<>();
    private final List<DeviceAuthorizationEvent> events = new ArrayList<>();
    private TokenVault vault;
    private Flows flows;

    @ParameterizedTest
    @EnumSource
    @DisplayName("somebody signs in, slowly, and the tokens are refreshed when their time is over:")
    void approved(Wire wire) {
        client(wire);
        answer(wire.codes, wire.pending, wire.slowDown, wire.pending, wire.tokens.formatted(1));
        PendingAuthorization pending = start();
        UniAssertSubscriber<Tokens> waiting = await(pending);
        time.advance(60);

        assertThat(pending.verificationUriComplete()).contains(wire.complete);
        assertThat(pending.expiresAt()).isEqualTo(time.instant().minusSeconds(60).plus(Duration.ofMinutes(10)));
        assertThat(times).as("R15, R16").containsExactly(0.0, 5.0, 10.0, 20.0, 30.0);
        assertThat(waiting.getItem().accessToken()).isEqualTo(Secret.of("access-1"));

        answer(wire.tokens.formatted(2));
        time.advance(Duration.ofMinutes(14));

        assertThat(vault.of("family").get().await().indefinitely().refreshToken()).contains(Secret.of("refresh-2"));
        assertThat(events).<Class<?>> extracting(Object::getClass).containsExactly(Started.class, Pending.class,
                SlowedDown.class, Pending.class, Approved.class, Refreshed.class);
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("somebody says no:")
    void denied(Wire wire) {
        client(wire);
        answer(wire.codes, wire.pending, wire.denied);
        UniAssertSubscriber<Tokens> waiting = await(start());
        time.advance(600);

        assertThat(waiting.getFailure()).isInstanceOf(AccessDeniedException.class)
                .hasMessageStartingWith("The person refused to sign in for the default client: access_denied, HTTP status ");
        assertThat(times).as("R17").containsExactly(0.0, 5.0, 10.0);
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("the server says that the time is over:")
    void expired(Wire wire) {
        client(wire);
        answer(wire.codes, wire.pending, wire.expired);
        UniAssertSubscriber<Tokens> waiting = await(start());
        time.advance(600);

        assertThat(waiting.getFailure()).isInstanceOf(DeviceCodeExpiredException.class)
                .hasMessage("Nobody approved the sign-in for the default client before its code expired. Start a new one when"
                        + " the person asks for it");
        assertThat(times).as("R18").containsExactly(0.0, 5.0, 10.0);
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("nobody comes for ten minutes, whether the server says how long its codes live or not:")
    void ignored(Wire wire) {
        client(wire);
        answer(wire.codes);
        for (int i = 0; i < 120; i++) {
            answer(wire.pending);
        }
        UniAssertSubscriber<Tokens> waiting = await(start());
        time.advance(599);
        waiting.assertNotTerminated();
        time.advance(10);

        assertThat(waiting.getFailure()).isInstanceOf(DeviceCodeExpiredException.class);
    }

    private void client(Wire wire) {
        String provider = wire.name().toLowerCase(Locale.ROOT);
        ClientSettings settings = Settings.only("provider", provider, "client-id", "tv", "credentials.secret", "s3cret");
        AuthorizationServerApi timed = new AuthorizationServerApi() {
            @Override
            public Uni<Response> post(URI endpoint, OutgoingRequest request) {
                times.add(time.seconds());
                return api.post(endpoint, request);
            }

            @Override
            public Uni<Response> get(URI resource, String authorization, String proof) {
                return api.get(resource, authorization, proof);
            }
        };
        HttpAuthorizationServer server = Servers.of(settings, timed, time);
        AuthorizationStore store = new MemoryAuthorizationStore(time);
        vault = new TokenVault(settings.name(), server, store, new RefreshPolicy(Duration.ofSeconds(30), Duration.ofMinutes(1)),
                time, time, events::add, Telemetry.NONE);
        flows = new Flows(settings.name(), server, store, vault,
                new PollingPolicy(Duration.ofMinutes(10), Duration.ofMinutes(1), 20, Duration.ofSeconds(10), 256, 100_000),
                time, time,
                events::add, Telemetry.NONE);
    }

    private void answer(String... answers) {
        for (String answer : answers) {
            String body = answer.substring(4);
            api.answering(Integer.parseInt(answer.substring(0, 3)), "application/json", body.isEmpty() ? null : body);
        }
    }

    private PendingAuthorization start() {
        return flows.start("family", AuthorizationRequest.defaults()).await().indefinitely();
    }

    private UniAssertSubscriber<Tokens> await(PendingAuthorization pending) {
        return flows.await(pending).subscribe().withSubscriber(UniAssertSubscriber.create());
    }
}

package io.quarkiverse.deviceauthorization.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import jakarta.ws.rs.core.Response;

import io.quarkiverse.deviceauthorization.AuthorizationRequest;
import io.quarkiverse.deviceauthorization.PendingAuthorization;
import io.quarkiverse.deviceauthorization.Tokens;
import io.quarkiverse.deviceauthorization.event.DeviceAuthorizationEvent;
import io.quarkiverse.deviceauthorization.provider.ProviderRequest.Format;
import io.quarkiverse.deviceauthorization.runtime.VirtualTime;
import io.quarkiverse.deviceauthorization.runtime.config.ClientConfig;
import io.quarkiverse.deviceauthorization.runtime.config.ClientSettings;
import io.quarkiverse.deviceauthorization.runtime.credentials.ClientAuthentication;
import io.quarkiverse.deviceauthorization.runtime.endpoint.AuthorizationServerApi;
import io.quarkiverse.deviceauthorization.runtime.endpoint.HttpAuthorizationServer;
import io.quarkiverse.deviceauthorization.runtime.endpoint.OutgoingRequest;
import io.quarkiverse.deviceauthorization.runtime.endpoint.Settings;
import io.quarkiverse.deviceauthorization.runtime.flow.Flows;
import io.quarkiverse.deviceauthorization.runtime.flow.PollingPolicy;
import io.quarkiverse.deviceauthorization.runtime.protocol.Telemetry;
import io.quarkiverse.deviceauthorization.runtime.store.MemoryAuthorizationStore;
import io.quarkiverse.deviceauthorization.runtime.token.OwnerTokens;
import io.quarkiverse.deviceauthorization.runtime.token.RefreshPolicy;
import io.quarkiverse.deviceauthorization.runtime.token.TokenVault;
import io.quarkiverse.deviceauthorization.store.AuthorizationStore;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;

/**
 * The whole client, from its configuration to what it puts on the wire, on a virtual clock. A case says how the client is
 * configured and what the server answers, lets somebody sign in, and looks at what was sent, when, and what came of it.
 */
final class Scenario {

    static final String OWNER = "family";

    /** When every scenario begins. */
    static final Instant BEGINNING = Instant.parse("2026-03-01T12:00:00Z");

    final VirtualTime time;
    final AuthorizationStore store;
    final HttpAuthorizationServer server;
    private final ClientSettings settings;
    private final boolean certificate;
    private final Deque<ServerAnswer> script;
    private final List<SentRequest> sent;
    private final List<DeviceAuthorizationEvent> events;
    private final Flows flows;
    private final TokenVault vault;
    private PendingAuthorization flow;
    private UniAssertSubscriber<Tokens> waiting;

    private Scenario(ClientSettings settings, boolean certificate) {
        this(settings, certificate, atTheBeginning(), null);
    }

    private Scenario(ClientSettings settings, boolean certificate, VirtualTime time, Scenario other) {
        this.settings = settings;
        this.certificate = certificate;
        this.time = time;
        this.store = other == null ? new MemoryAuthorizationStore(time) : other.store;
        this.script = other == null ? new ArrayDeque<>() : other.script;
        this.sent = other == null ? new ArrayList<>() : other.sent;
        this.events = other == null ? new ArrayList<>() : other.events;
        ClientConfig config = settings.config();
        this.server = new HttpAuthorizationServer(settings, ScriptedApi::new,
                ClientAuthentication.of(settings, name -> null, time), () -> certificate, time);
        this.vault = new TokenVault(settings.name(), server, store,
                new RefreshPolicy(config.tokens().refreshSkew(), Duration.ofMinutes(1)), time, time, events::add,
                Telemetry.NONE);
        this.flows = new Flows(settings.name(), server, store, vault, new PollingPolicy(config.polling().maxInterval(),
                config.polling().maxBackoff(), config.polling().maxFailures(), config.readTimeout(),
                config.polling().maxInFlight(),
                config.polling().maxPending()), time, time, events::add, Telemetry.NONE);
    }

    private static VirtualTime atTheBeginning() {
        VirtualTime time = new VirtualTime();
        time.setClockForward(Duration.between(time.instant(), BEGINNING));
        return time;
    }

    // Given

    /**
     * A public client "tv" of the server at {@code https://login.example.com}, with the endpoints {@code /device},
     * {@code /token} and {@code /revoke}, unless the case says otherwise.
     *
     * @param keysAndValues members of its configuration and their values, in turn
     */
    static Scenario client(String... keysAndValues) {
        return new Scenario(Settings.of(keysAndValues), false);
    }

    /** A client that is configured by these members and nothing else. */
    static Scenario configured(String... keysAndValues) {
        return new Scenario(Settings.only(keysAndValues), false);
    }

    /** The same client, which shows a certificate. */
    Scenario withCertificate() {
        return new Scenario(settings, true);
    }

    /** The same client in another process: it shares store and time, and the server. */
    Scenario inAnotherProcess() {
        return new Scenario(settings, certificate, time, this);
    }

    /** What the server answers to one request after the other; when nothing is left, "not yet". */
    Scenario answering(ServerAnswer... answers) {
        script.addAll(Arrays.asList(answers));
        return this;
    }

    // When

    PendingAuthorization start() {
        return start(AuthorizationRequest.defaults());
    }

    PendingAuthorization start(AuthorizationRequest request) {
        flow = done(flows.start(OWNER, request));
        return flow;
    }

    /** Awaits the flow that was started last. */
    Scenario await() {
        waiting = flows.await(flow).subscribe().withSubscriber(UniAssertSubscriber.create());
        return this;
    }

    /** Starts a flow and awaits it. */
    Scenario signIn() {
        start();
        return await();
    }

    /** Lets seconds pass. */
    Scenario advance(long seconds) {
        time.advance(seconds);
        return this;
    }

    /** The tokens of the owner, refreshed if that is needed. */
    Uni<Tokens> tokens() {
        return owner().get();
    }

    OwnerTokens owner() {
        return vault.of(OWNER);
    }

    void signOut() {
        done(owner().signOut());
    }

    static <T> T done(Uni<T> work) {
        return work.await().atMost(Duration.ofSeconds(10));
    }

    // Then

    PendingAuthorization flow() {
        return flow;
    }

    List<SentRequest> sent() {
        return sent;
    }

    SentRequest sent(int number) {
        assertThat(sent).as("requests on the wire").hasSizeGreaterThan(number);
        return sent.get(number);
    }

    SentRequest last() {
        return sent(sent.size() - 1);
    }

    /** When the client polled, in seconds since the start. */
    List<Double> polls() {
        return sent.stream().filter(SentRequest::isPoll).map(SentRequest::at).toList();
    }

    /** When the client asked for device codes. */
    List<Double> starts() {
        return sent.stream().filter(request -> request.method().equals("POST") && request.endpoint().getPath()
                .equals("/device")).map(SentRequest::at).toList();
    }

    /** What the sign-in that is awaited brought. */
    Tokens granted() {
        return waiting.assertCompleted().getItem();
    }

    /** Why the sign-in that is awaited ended. */
    Throwable refusal() {
        return waiting.assertFailed().getFailure();
    }

    void stillWaits() {
        waiting.assertNotTerminated();
    }

    <E extends DeviceAuthorizationEvent> List<E> events(Class<E> kind) {
        return events.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    List<DeviceAuthorizationEvent> events() {
        return events;
    }

    /** The server's end of the wire. */
    private final class ScriptedApi implements AuthorizationServerApi {

        @Override
        public Uni<Response> post(URI endpoint, OutgoingRequest request) {
            return answer(new SentRequest(time.seconds(), "POST", endpoint, request.headers(), request.format(),
                    new String(request.body(), StandardCharsets.UTF_8)));
        }

        @Override
        public Uni<Response> get(URI resource, String authorization, String proof) {
            if (resource.getPath().matches(".*(jwks|certs|/keys).*")) { // read beside everything else: no part of the script
                return ServerAnswer.json(200, "{\"keys\":[]}").response().get();
            }
            Map<String, String> headers = new HashMap<>();
            headers.put("Authorization", authorization);
            headers.put("DPoP", proof);
            return answer(new SentRequest(time.seconds(), "GET", resource, headers, Format.FORM, ""));
        }

        private Uni<Response> answer(SentRequest request) {
            sent.add(request);
            ServerAnswer answer = script.isEmpty() ? ServerAnswer.pending() : script.remove();
            return answer.delay().isZero() ? answer.response().get()
                    : Uni.createFrom().<Response> emitter(emitter -> time.schedule(answer.delay(),
                            () -> answer.response().get().subscribe().with(emitter::complete, emitter::fail)));
        }
    }
}

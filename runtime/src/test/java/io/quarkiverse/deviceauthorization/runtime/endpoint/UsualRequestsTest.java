package io.quarkiverse.deviceauthorization.runtime.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import io.quarkiverse.deviceauthorization.AuthorizationRequest;
import io.quarkiverse.deviceauthorization.DeviceAuthorizationName;
import io.quarkiverse.deviceauthorization.PendingAuthorization;
import io.quarkiverse.deviceauthorization.Secret;
import io.quarkiverse.deviceauthorization.provider.ProviderAdapter;
import io.quarkiverse.deviceauthorization.provider.ProviderRequest;
import io.quarkiverse.deviceauthorization.provider.ProviderRequest.Format;
import io.quarkiverse.deviceauthorization.provider.ProviderRequest.Kind;
import io.quarkiverse.deviceauthorization.runtime.config.ClientSettings;
import io.quarkiverse.deviceauthorization.runtime.config.ConfigValues;
import io.quarkiverse.deviceauthorization.runtime.credentials.ClientAuthentication;
import io.quarkiverse.deviceauthorization.runtime.provider.Provider;
import io.quarkiverse.deviceauthorization.store.FlowBinding;
import io.quarkiverse.deviceauthorization.store.StoredFlow;

@DisplayName("The request of a flow that asks for what the configuration says")
class UsualRequestsTest {

    private static final List<String> CODES = List.of("device-1", "GmRhmhcxhwAzkoEqiMEg_DnyEysNkuNhszIySk9eS",
            "4/4-GMMhmHCXhWEzkobqIHGG_EnNYYsAkukHspeYUk9E8", "a b+c&d=e%20\"f\"", "schlüssel-鍵-🔑", "x");

    /** It asks for the same, but is not as usual. */
    private static final AuthorizationRequest UNUSUAL = AuthorizationRequest.builder().header("X-Trace", "1").build();

    static Stream<Arguments> clients() {
        return Stream.of(Provider.values()).map(ConfigValues::spelling)
                .flatMap(provider -> Stream.of(
                        Arguments.of(provider, List.of("scopes", "openid,other")),
                        Arguments.of(provider, List.of("credentials.secret", "s3cret&/", "audience", "https://api.example.com",
                                "resources", "https://a.example.com,https://b.example.com"))));
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("clients")
    @DisplayName("is byte for byte what it would be on its own, whatever the device code is:")
    void same(String provider, List<String> configuration) {
        ProviderClient client = new ProviderClient(provider, configuration.toArray(String[]::new));
        for (String code : CODES) {
            client.answering(400, "{\"error\":\"authorization_pending\"}").answering(400,
                    "{\"error\":\"authorization_pending\"}");
            poll(client, code, AuthorizationRequest.defaults());
            poll(client, code, UNUSUAL);
            List<OutgoingRequest> sent = client.api.requests();
            OutgoingRequest usual = sent.get(sent.size() - 2);
            OutgoingRequest onItsOwn = sent.get(sent.size() - 1);
            assertThat(text(usual)).as("the body for %s", code).isEqualTo(text(onItsOwn));
            assertThat(usual.headers()).as("the headers for %s", code).isEqualTo(onItsOwn.headers());
            assertThat(usual.format()).as("the format for %s", code).isEqualTo(onItsOwn.format());
        }
    }

    @Test
    @DisplayName("is written once: to start, and for all polls but for the code")
    void once() {
        ClientSettings settings = Settings.of("scopes", "openid", "credentials.secret", "s3cret");
        UsualRequests usual = usual(settings);
        assertThat(usual.start(AuthorizationRequest.defaults(), FlowBinding.none())).isPresent()
                .containsSame(usual.start(AuthorizationRequest.builder().build(), FlowBinding.none()).get());
        assertThat(usual.poll(flow("a", AuthorizationRequest.defaults(), FlowBinding.none()))).isPresent()
                .containsSame(usual.poll(flow("b", AuthorizationRequest.builder().build(), FlowBinding.none())).get());
    }

    @Test
    @DisplayName("is another one where the flow is tied to something, or asks for something else")
    void unusual() {
        UsualRequests usual = usual(Settings.of());
        for (FlowBinding binding : List.of(
                new FlowBinding(Optional.of(Secret.of("verifier")), Optional.empty(), Optional.empty(), Optional.empty()),
                new FlowBinding(Optional.empty(), Optional.of(Secret.of("key")), Optional.empty(), Optional.empty()))) {
            assertThat(usual.start(AuthorizationRequest.defaults(), binding)).isEmpty();
            assertThat(usual.poll(flow("a", AuthorizationRequest.defaults(), binding))).isEmpty();
        }
        AuthorizationRequest other = AuthorizationRequest.builder().scopes("other").build();
        assertThat(usual.start(other, FlowBinding.none())).isEmpty();
        assertThat(usual.poll(flow("a", other, FlowBinding.none()))).isEmpty();
    }

    @Test
    @DisplayName("is signed each time where the client signs")
    void signed() {
        UsualRequests usual = usual(Settings.of("credentials.secret", "a-secret-of-thirty-two-characters",
                "credentials.method", "post-jwt"));
        assertThat(usual.start(AuthorizationRequest.defaults(), FlowBinding.none())).isEmpty();
        assertThat(usual.poll(flow("a", AuthorizationRequest.defaults(), FlowBinding.none()))).isEmpty();
    }

    @Test
    @DisplayName("is seen by an adapter of the application each time")
    void adapter() {
        List<Kind> seen = new ArrayList<>();
        RecordingApi api = new RecordingApi();
        RequestsOf requests = new RequestsOf(Servers.of(Settings.of().with(new ProviderAdapter() {
            @Override
            public ProviderRequest request(ProviderRequest request) {
                seen.add(request.kind());
                return request.with("count", String.valueOf(seen.size()));
            }
        }), api, Answers.CLOCK), api);
        requests.start(AuthorizationRequest.defaults());
        requests.poll(400, "{\"error\":\"authorization_pending\"}");
        requests.poll(400, "{\"error\":\"authorization_pending\"}");
        assertThat(seen).containsExactly(Kind.DEVICE_AUTHORIZATION, Kind.DEVICE_TOKEN, Kind.DEVICE_TOKEN);
        assertThat(api.sent()).extracting(RecordingApi.Sent::body).satisfiesExactly(
                start -> assertThat(start).contains("count=1"), poll -> assertThat(poll).contains("count=2"),
                poll -> assertThat(poll).contains("count=3"));
    }

    @Test
    @DisplayName("has no template where an adapter does more with the code than to send it once, in a form")
    void noTemplate() {
        assertThat(PollTemplate.of(code -> request(Format.FORM, "a=1&device_code=" + encoded(code), Map.of()))).isPresent();
        assertThat(PollTemplate.of(code -> request(Format.JSON, "{\"device_code\":\"" + code + "\"}", Map.of()))).isEmpty();
        assertThat(PollTemplate.of(code -> request(Format.FORM, "device_code=" + code.hashCode(), Map.of()))).isEmpty();
        assertThat(PollTemplate.of(code -> request(Format.FORM, "code=" + encoded(code) + "&again=" + encoded(code), Map.of())))
                .isEmpty();
        assertThat(PollTemplate.of(code -> request(Format.FORM, "code=" + encoded(code) + "&n=" + code.length(), Map.of())))
                .isEmpty();
        assertThat(PollTemplate.of(code -> request(Format.FORM, "code=" + encoded(code), Map.of("X-Code", encoded(code)))))
                .isEmpty();
    }

    private static void poll(ProviderClient client, String code, AuthorizationRequest request) {
        client.server.deviceTokenRequest(flow(code, request, FlowBinding.none())).send().await().indefinitely();
    }

    private static StoredFlow flow(String code, AuthorizationRequest request, FlowBinding binding) {
        return StoredFlow.started(new PendingAuthorization(DeviceAuthorizationName.DEFAULT, "default", "id", "CODE",
                URI.create("https://login.example.com/activate"), Optional.empty(), Answers.NOW, Duration.ofSeconds(5),
                Secret.of(code), Map.of()), request, binding, Instant.EPOCH);
    }

    private static UsualRequests usual(ClientSettings settings) {
        ClientAuthentication authentication = ClientAuthentication.of(settings, name -> null, Answers.CLOCK);
        return new UsualRequests(
                new Exchange(settings, RecordingApi::new, authentication, new Unusable(settings), Answers.CLOCK),
                new RequestForms(settings));
    }

    private static OutgoingRequest request(Format format, String body, Map<String, String> headers) {
        return new OutgoingRequest(format, body.getBytes(StandardCharsets.US_ASCII), headers);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String text(OutgoingRequest request) {
        return new String(request.body(), StandardCharsets.UTF_8);
    }
}

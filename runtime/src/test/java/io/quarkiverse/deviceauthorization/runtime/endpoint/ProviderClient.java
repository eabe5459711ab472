package io.quarkiverse.deviceauthorization.runtime.endpoint;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.quarkiverse.deviceauthorization.AuthorizationRequest;
import io.quarkiverse.deviceauthorization.DeviceAuthorizationException;
import io.quarkiverse.deviceauthorization.DeviceAuthorizationName;
import io.quarkiverse.deviceauthorization.PendingAuthorization;
import io.quarkiverse.deviceauthorization.Secret;
import io.quarkiverse.deviceauthorization.Tokens;
import io.quarkiverse.deviceauthorization.runtime.VirtualTime;
import io.quarkiverse.deviceauthorization.runtime.config.ClientSettings;
import io.quarkiverse.deviceauthorization.runtime.protocol.DeviceCodes;
import io.quarkiverse.deviceauthorization.runtime.protocol.Refusal;
import io.quarkiverse.deviceauthorization.runtime.protocol.Telemetry;
import io.quarkiverse.deviceauthorization.runtime.protocol.TokenAnswer;
import io.quarkiverse.deviceauthorization.runtime.store.MemoryAuthorizationStore;
import io.quarkiverse.deviceauthorization.runtime.token.RefreshPolicy;
import io.quarkiverse.deviceauthorization.runtime.token.TokenVault;
import io.quarkiverse.deviceauthorization.store.FlowBinding;
import io.quarkiverse.deviceauthorization.store.StoredFlow;

/** A client of a provider, with nothing set but what its page in the documentation says. */
final class ProviderClient {

    /** What has to be set for a provider besides the client id. */
    static final Map<String, List<String>> REQUIRED = Map.ofEntries(
            Map.entry("auth0",
                    List.of("auth-server-url", "https://my-tenant.eu.auth0.com", "audience", "https://api.example.com")),
            Map.entry("google", List.of("credentials.secret", "s3cret")),
            Map.entry("microsoft", List.of("auth-server-url", "https://login.microsoftonline.com/contoso.com/v2.0")),
            Map.entry("okta", List.of("auth-server-url", "https://my-company.okta.com/oauth2/default")),
            Map.entry("keycloak", List.of("auth-server-url", "https://keycloak.example.com/realms/home")),
            Map.entry("trakt", List.of("credentials.secret", "s3cret")));

    static final Tokens TOKENS = new Tokens(Secret.of("access-1"), "Bearer", Optional.of(Secret.of("refresh-1")),
            Optional.empty(), Optional.of(Answers.NOW), Set.of(), Map.of());

    final RecordingApi api = new RecordingApi();
    final ClientSettings settings;
    final HttpAuthorizationServer server;

    ProviderClient(String provider, String... keysAndValues) {
        List<String> keys = new ArrayList<>(List.of("provider", provider, "client-id", "tv"));
        keys.addAll(REQUIRED.getOrDefault(provider, List.of()));
        keys.addAll(List.of(keysAndValues));
        settings = Settings.only(keys.toArray(String[]::new));
        server = Servers.of(settings, api, Answers.CLOCK);
        if (settings.discovery()) {
            String issuer = settings.authServerUrl().orElseThrow().toString();
            api.answering(200, "application/json", """
                    {"issuer":"%1$s","device_authorization_endpoint":"%1$s/device","token_endpoint":"%1$s/token",\
                    "revocation_endpoint":"%1$s/revoke"}""".formatted(issuer));
        }
    }

    ProviderClient answering(int status, String body) {
        api.answering(status, "application/json", body.isEmpty() ? null : body);
        return this;
    }

    DeviceCodes start() {
        return server.requestCodes(AuthorizationRequest.defaults()).await().indefinitely();
    }

    TokenAnswer poll() {
        return poll(AuthorizationRequest.defaults());
    }

    TokenAnswer poll(AuthorizationRequest request) {
        return server.deviceTokenRequest(StoredFlow.started(new PendingAuthorization(DeviceAuthorizationName.DEFAULT,
                "default", "id", "CODE", URI.create("https://login.example.com/activate"), Optional.empty(), Answers.NOW,
                Duration.ofSeconds(5), Secret.of("device-1"), Map.of()), request, FlowBinding.none(), Instant.EPOCH))
                .send().await().indefinitely();
    }

    TokenAnswer refresh() {
        return server.refresh(TOKENS).await().indefinitely();
    }

    void revoke() {
        server.revoke(TOKENS).await().indefinitely();
    }

    /** @return why a poll ended the flow */
    DeviceAuthorizationException refusedPoll() {
        TokenAnswer.Error error = (TokenAnswer.Error) poll();
        return new Refusal(settings.name(), server::cure).ofPoll(error.meaning(), error.error());
    }

    /** Asks for tokens whose time is over. */
    Tokens tokens() {
        MemoryAuthorizationStore store = new MemoryAuthorizationStore(Answers.CLOCK);
        TokenVault vault = new TokenVault(settings.name(), server, store,
                new RefreshPolicy(Duration.ofSeconds(30), Duration.ofMinutes(1)), Answers.CLOCK, new VirtualTime(), event -> {
                }, Telemetry.NONE);
        vault.of("family").granted(TOKENS, "flow").await().indefinitely();
        return vault.of("family").get().await().indefinitely();
    }
}

package io.quarkiverse.deviceauthorization.runtime.endpoint;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.quarkiverse.deviceauthorization.AuthorizationRequest;
import io.quarkiverse.deviceauthorization.DeviceAuthorizationName;
import io.quarkiverse.deviceauthorization.PendingAuthorization;
import io.quarkiverse.deviceauthorization.Secret;
import io.quarkiverse.deviceauthorization.Tokens;
import io.quarkiverse.deviceauthorization.runtime.protocol.DeviceCodes;
import io.quarkiverse.deviceauthorization.runtime.protocol.TokenAnswer;
import io.quarkiverse.deviceauthorization.store.FlowBinding;
import io.quarkiverse.deviceauthorization.store.StoredFlow;

/** Every kind of request that a client sends, one after the other. */
final class RequestsOf {

    static final String TOKENS = "{\"access_token\":\"access\",\"token_type\":\"Bearer\",\"expires_in\":60,"
            + "\"refresh_token\":\"refresh\"}";

    private final HttpAuthorizationServer server;
    private final RecordingApi api;
    private FlowBinding binding = FlowBinding.none();

    RequestsOf(HttpAuthorizationServer server, RecordingApi api) {
        this.server = server;
        this.api = api;
    }

    DeviceCodes start(AuthorizationRequest request) {
        api.answering(200, "application/json", RecordingApi.CODES);
        DeviceCodes codes = server.requestCodes(request).await().atMost(Duration.ofSeconds(5));
        binding = codes.binding();
        return codes;
    }

    /** The flow that was started last. */
    StoredFlow flow() {
        return StoredFlow.started(new PendingAuthorization(DeviceAuthorizationName.DEFAULT, "default", "id", "CODE",
                URI.create("https://login.example.com/activate"), Optional.empty(), Instant.EPOCH, Duration.ofSeconds(5),
                Secret.of("the-device-code"), Map.of()), AuthorizationRequest.defaults(), binding, Instant.EPOCH);
    }

    TokenAnswer poll(int status, String body) {
        api.answering(status, "application/json", body);
        return server.deviceTokenRequest(flow()).send().await().atMost(Duration.ofSeconds(5));
    }

    TokenAnswer refresh(Tokens tokens) {
        api.answering(200, "application/json", TOKENS);
        return server.refresh(tokens).await().atMost(Duration.ofSeconds(5));
    }

    void revoke(Tokens tokens) {
        api.answering(200, null, null);
        server.revoke(tokens).await().atMost(Duration.ofSeconds(5));
    }

    /** Sends one of each: device authorization, poll, poll, refresh, revocation. */
    void all() {
        start(AuthorizationRequest.defaults());
        poll(400, "{\"error\":\"authorization_pending\"}");
        poll(200, TOKENS);
        refresh(tokens("Bearer", Optional.empty()));
        revoke(tokens("Bearer", Optional.empty()));
    }

    static Tokens tokens(String type, Optional<Secret> dpopKey) {
        return new Tokens(Secret.of("access"), type, Optional.of(Secret.of("refresh")), Optional.empty(), Optional.empty(),
                Set.of("openid"), Map.of(), dpopKey);
    }

    /** The parameters of a body. */
    static Map<String, String> form(String body) {
        Map<String, String> form = new LinkedHashMap<>();
        Arrays.stream(body.split("&")).map(field -> field.split("=", 2)).forEach(field -> form.put(field[0],
                URLDecoder.decode(field[1], StandardCharsets.UTF_8)));
        return form;
    }
}

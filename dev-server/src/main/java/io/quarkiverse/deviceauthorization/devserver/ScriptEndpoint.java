package io.quarkiverse.deviceauthorization.devserver;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;

/** {@code /dev/script}: the {@link Script} over HTTP, and what it has led to. */
final class ScriptEndpoint implements Handler {

    static final String PATH = "/dev/script";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Settings settings;
    private final QueuedScript script;
    private final DeviceFlows flows;
    private final Counters counters;
    private final SigningKeys keys;
    private final DpopNonces nonces;

    ScriptEndpoint(Settings settings, QueuedScript script, DeviceFlows flows, Counters counters, SigningKeys keys,
            DpopNonces nonces) {
        this.settings = settings;
        this.script = script;
        this.flows = flows;
        this.counters = counters;
        this.keys = keys;
        this.nonces = nonces;
    }

    /** Pages of other sites must not steer this server: browsers send their {@code Origin} along. */
    @Override
    public Response handle(Request request) {
        if (request.header("Origin").filter(origin -> !request.isOwnOrigin(origin)).isPresent()) {
            return Response.error(403, "access_denied", "Pages of other sites may not use the script");
        }
        if (request.method().equals("POST")) {
            try {
                run(parameters(request));
            } catch (IllegalArgumentException e) {
                return Response.error(400, "invalid_request", e.getMessage());
            }
        }
        return Response.json(200, state());
    }

    private static Map<String, String> parameters(Request request) {
        Map<String, String> parameters = new LinkedHashMap<>();
        if (request.hasContentType("application/json")) {
            try {
                JSON.readValue(request.body(), new TypeReference<Map<String, Object>>() {
                }).forEach((name, value) -> parameters.put(name, String.valueOf(value)));
            } catch (JsonProcessingException e) {
                throw new IllegalArgumentException("The body is no JSON object: " + e.getOriginalMessage(), e);
            }
        } else {
            request.form().asMap().forEach((name, values) -> parameters.put(name, values.get(0)));
        }
        return parameters;
    }

    private void run(Map<String, String> parameters) {
        String action = parameters.getOrDefault("action", "");
        Optional<String> userCode = Optional.ofNullable(parameters.get("user_code"));
        Endpoint endpoint = named(Endpoint.values(), "endpoint", parameters.getOrDefault("endpoint", "token"));
        switch (action) {
            case "pending" -> script.pending(number(parameters, "times", "1"));
            case "slow_down" -> script.slowDown();
            case "approve" -> {
                String user = parameters.getOrDefault("user", settings.users().keySet().iterator().next());
                userCode.ifPresentOrElse(code -> script.approve(code, user), () -> script.approve(user));
            }
            case "deny" -> userCode.ifPresentOrElse(script::deny, script::deny);
            case "expire" -> userCode.ifPresentOrElse(script::expire, script::expire);
            case "fail" -> script.fail(endpoint, number(parameters, "status", "502"), number(parameters, "times", "1"));
            case "drop_connection" -> script.dropConnection(endpoint);
            case "lose_answer" -> script.loseAnswer(endpoint);
            case "answer" -> script.answer(endpoint, number(parameters, "status", "200"),
                    parameters.getOrDefault("content_type", "application/json"), parameters.getOrDefault("body", ""));
            case "flaw_id_token" ->
                script.flawIdToken(named(IdTokenFlaw.values(), "flaw", parameters.getOrDefault("flaw", "")));
            case "rotate_signing_key" -> keys.rotate();
            case "rotate_dpop_nonce" -> nonces.rotate();
            case "reset" -> script.reset();
            default ->
                throw new IllegalArgumentException("The action must be one of pending, slow_down, approve, deny, expire, "
                        + "fail, drop_connection, lose_answer, answer, flaw_id_token, rotate_signing_key, rotate_dpop_nonce, reset");
        }
    }

    private static int number(Map<String, String> parameters, String name, String fallback) {
        String value = parameters.getOrDefault(name, fallback);
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + " must be a number: " + value, e);
        }
    }

    private static <E extends Enum<E>> E named(E[] all, String what, String name) {
        for (E one : all) {
            if (one.name().equalsIgnoreCase(name)) {
                return one;
            }
        }
        throw new IllegalArgumentException("There is no " + what + " " + name);
    }

    private Map<String, Object> state() {
        Instant now = settings.clock().instant();
        List<Map<String, Object>> known = flows.all().stream().map(flow -> describe(flow, now)).toList();
        Map<String, Object> counted = new LinkedHashMap<>();
        counted.put("device_authorization_requests", counters.deviceAuthorizationRequests());
        counted.put("token_requests", counters.tokenRequests());
        counted.put("jwks_requests", counters.jwksRequests());
        counted.put("early_polls", counters.earlyPolls());
        counted.put("refresh_token_reuses", counters.refreshTokenReuses());
        counted.put("revocations", counters.revocations());
        Map<String, Object> state = new LinkedHashMap<>();
        settings.serviceName().ifPresent(name -> state.put("service_name", name));
        state.put("flows", known);
        state.put("queue", script.queued());
        state.put("counters", counted);
        state.put("users", List.copyOf(settings.users().keySet()));
        return state;
    }

    private static Map<String, Object> describe(DeviceFlow flow, Instant now) {
        Map<String, Object> description = new LinkedHashMap<>();
        description.put("user_code", flow.userCode);
        description.put("client_id", flow.clientId);
        boolean over = flow.expired(now) && flow.state() != DeviceFlow.State.REDEEMED;
        description.put("state", over ? "expired" : flow.state().name().toLowerCase(Locale.ROOT));
        flow.user().ifPresent(user -> description.put("user", user.name()));
        return description;
    }
}

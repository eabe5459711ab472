package io.quarkiverse.deviceauthorization.runtime.config;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.quarkiverse.deviceauthorization.runtime.provider.Preset.Endpoint;
import io.quarkiverse.deviceauthorization.runtime.provider.Provider;

/**
 * Finds everything that is wrong in the configuration of one client. Works on the texts that were written, so that
 * it says the same when the application is built and when it starts, and never stops at the first problem.
 */
public final class ClientConfigCheck {

    private static final Set<String> OWN_PARAMETERS = Set.of("client_id", "client_secret", "client_assertion",
            "client_assertion_type", "scope", "audience", "resource", "authorization_details", "grant_type", "device_code",
            "code_challenge", "code_challenge_method", "code_verifier", "nonce");
    private static final Set<String> OWN_HEADERS = Set.of("authorization", "content-type", "content-length", "host", "accept",
            "cache-control", "dpop");
    private static final List<String> TEXTS = List.of("client-id", "audience", "id-token.issuer", "tls-configuration-name",
            "proxy-configuration-name");
    private static final List<String> FLAGS = List.of("active", "discovery-enabled", "pkce", "dpop", "id-token.check",
            "health.probe");
    private static final List<String> DURATIONS = List.of("polling.default-interval", "polling.min-interval",
            "polling.max-interval", "polling.max-backoff", "connect-timeout", "read-timeout", "health.timeout");
    private static final List<String> DURATIONS_OR_ZERO = List.of("tokens.refresh-skew", "id-token.leeway", "health.cache");

    private final ConfigValues values;
    private final UrlRules urls;
    private final ValueCheck check;

    private ClientConfigCheck(ConfigValues values, boolean production) {
        this.values = values;
        this.urls = new UrlRules(production);
        this.check = new ValueCheck(values);
    }

    /**
     * @param values the configuration of a client
     * @param production whether the application goes to production, where plain HTTP is refused
     * @return what is wrong with the values that are there, and which the provider wants to be there already
     */
    public static List<ConfigProblem> wrong(ConfigValues values, boolean production) {
        ClientConfigCheck config = new ClientConfigCheck(values, production);
        config.spelling();
        config.server();
        TEXTS.forEach(config.check::text);
        new CredentialsCheck(values, config.check).run();
        new StorageCheck(values, config.check).run();
        config.request();
        config.polling();
        config.check.oneOf("prompt", PromptKind.values());
        DURATIONS.forEach(member -> config.check.duration(member, false));
        DURATIONS_OR_ZERO.forEach(member -> config.check.duration(member, true));
        FLAGS.forEach(config.check::flag);
        return config.check.problems();
    }

    private void spelling() {
        String prefix = ConfigKeys.key(values.client(), "");
        for (String key : values.unread()) {
            String member = key.substring(prefix.length());
            if (!values.isDefault(key)) {
                String cure = values.key(member);
                check.problems().add(new ConfigProblem(key, "is not read, since other keys of this client are written without"
                        + " quotes. Write " + cure + " (in the environment " + ConfigKeys.environmentVariable(cure) + ")"));
            }
        }
    }

    private void server() {
        check.oneOf("provider", Provider.values());
        check.judge("auth-server-url", urls::server);
        for (Endpoint endpoint : Endpoint.values()) {
            check.judge(ConfigKeys.path(endpoint), urls::endpoint);
        }
        values.preset().ifPresent(preset -> new PresetCheck(values, preset, check).run());
    }

    private void request() {
        for (String scope : values.list("scopes")) {
            if (scope.chars().anyMatch(Character::isWhitespace)) {
                check.add("scopes", "'" + scope + "' has white space in it. Separate scopes by commas: "
                        + String.join(",", scope.split("\\s+")));
            } else if (scope.equals("oidc")) {
                check.add("scopes", "'oidc' is no scope of OpenID Connect. Write openid");
            }
        }
        values.list("resources").forEach(resource -> urls.resource(resource)
                .ifPresent(message -> check.add("resources", message)));
        check.judge("authorization-details", ClientConfigCheck::authorizationDetails);
        additions("extra-params", OWN_PARAMETERS, "is set by the extension itself: use client-id, scopes, audience,"
                + " resources, authorization-details, pkce or credentials, and AuthorizationRequest for a nonce");
        additions("headers", OWN_HEADERS, "is set by the extension itself: use credentials for authentication, or dpop");
    }

    private void polling() {
        Optional<Duration> min = check.parsed("polling.min-interval");
        Optional<Duration> max = check.parsed("polling.max-interval");
        if (min.isPresent() && max.isPresent() && min.get().compareTo(max.get()) > 0) {
            check.add("polling.min-interval", "is longer than polling.max-interval. Swap them");
        }
        check.count("polling.max-failures", 20);
        check.count("polling.max-in-flight", 256);
        check.count("polling.max-pending", 100_000);
    }

    private void additions(String group, Set<String> own, String message) {
        for (String name : values.namesIn(group)) {
            if (own.contains(name.toLowerCase(Locale.ROOT))) {
                check.add(group + "." + name, message);
            }
        }
    }

    /** Without the text itself: what somebody asks for can be private, such as an account number. */
    private static Optional<String> authorizationDetails(String text) {
        return isArrayOfTypes(text) ? Optional.empty()
                : Optional.of("is no JSON array of objects with a text 'type' each (RFC 9396 §2). Write for example"
                        + " [{\"type\":\"account_information\"}]");
    }

    private static boolean isArrayOfTypes(String text) {
        try {
            JsonNode array = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).readTree(text);
            boolean typed = array != null && array.isArray() && !array.isEmpty();
            for (int index = 0; typed && index < array.size(); index++) {
                typed = array.get(index).path("type").isTextual();
            }
            return typed;
        } catch (JsonProcessingException e) {
            return false;
        }
    }
}

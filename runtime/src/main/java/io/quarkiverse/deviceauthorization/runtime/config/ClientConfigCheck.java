package io.quarkiverse.deviceauthorization.runtime.config;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

import io.quarkiverse.deviceauthorization.runtime.provider.Preset;
import io.quarkiverse.deviceauthorization.runtime.provider.Preset.Endpoint;
import io.quarkiverse.deviceauthorization.runtime.provider.Provider;

/**
 * Finds everything that is wrong in the configuration of one client. Works on the texts that were written, so that it says the
 * same when the application is built and when it starts, and never stops at the first problem.
 */
public final class ClientConfigCheck {

    /** Those that {@code AuthorizationRequest} takes neither, and below its headers. */
    static final Set<String> OWN_PARAMETERS = Set.of("client_id", "client_secret", "client_assertion",
            "client_assertion_type", "scope", "audience", "resource", "authorization_details", "grant_type", "device_code",
            "code_challenge", "code_challenge_method", "code_verifier", "nonce");
    static final Set<String> OWN_HEADERS = Set.of("authorization", "content-type", "content-length", "host", "accept",
            "cache-control", "dpop");
    private static final List<String> TEXTS = List.of("client-id", "audience", "id-token.issuer", "tls-configuration-name",
            "proxy-configuration-name");
    private static final List<String> FLAGS = List.of("active", "discovery-enabled", "pkce", "dpop", "id-token.check",
            "health.probe", "prompt.open-browser");
    private static final List<String> DURATIONS = List.of("polling.default-interval", "polling.min-interval",
            "polling.max-interval", "polling.max-backoff");
    private static final List<String> TIMEOUTS = List.of("connect-timeout", "read-timeout", "health.timeout");
    private static final List<String> DURATIONS_OR_ZERO = List.of("tokens.refresh-skew", "id-token.leeway", "health.cache");

    /** What the intervals are where nobody has set them. */
    private static final Duration MIN_INTERVAL = Duration.ofSeconds(1);
    private static final Duration MAX_INTERVAL = Duration.ofMinutes(10);

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
        for (String member : TEXTS) {
            config.check.text(member);
        }
        new CredentialsCheck(values, config.check).run();
        new StorageCheck(values, config.check).run();
        config.request();
        config.polling();
        config.check.oneOf("prompt", PromptKind.class);
        config.check.language("prompt.locale");
        for (String member : DURATIONS) {
            config.check.duration(member, false);
        }
        for (String member : TIMEOUTS) {
            config.check.timeout(member);
        }
        for (String member : DURATIONS_OR_ZERO) {
            config.check.duration(member, true);
        }
        for (String member : FLAGS) {
            config.check.flag(member);
        }
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
        check.oneOf("provider", Provider.class);
        Optional<String> server = values.resolved("auth-server-url");
        if (server.isPresent()) {
            check.add("auth-server-url", urls.server(server.get()));
        }
        for (Endpoint endpoint : Endpoint.values()) {
            Optional<String> path = values.resolved(ConfigKeys.path(endpoint));
            if (path.isPresent()) {
                check.add(ConfigKeys.path(endpoint), urls.endpoint(path.get()));
            }
        }
        for (String host : values.list("discovery-allowed-hosts")) {
            check.add("discovery-allowed-hosts", urls.host(host));
        }
        Optional<Preset> preset = values.preset();
        if (preset.isPresent()) {
            new PresetCheck(values, preset.get(), check).run();
        }
    }

    private void request() {
        for (String scope : values.list("scopes")) {
            if (hasWhitespace(scope)) {
                check.add("scopes", "'" + scope + "' has white space in it. Separate scopes by commas: "
                        + String.join(",", scope.split("\\s+")));
            } else if (scope.equals("oidc")) {
                check.add("scopes", "'oidc' is no scope of OpenID Connect. Write openid");
            }
        }
        for (String resource : values.list("resources")) {
            check.add("resources", urls.resource(resource));
        }
        Optional<String> details = values.resolved("authorization-details");
        if (details.isPresent()) {
            check.add("authorization-details", AuthorizationDetailsRule.problem(details.get()));
        }
        additions("extra-params", OWN_PARAMETERS, "is set by the extension itself: use client-id, scopes, audience,"
                + " resources, authorization-details, pkce or credentials, and AuthorizationRequest for a nonce");
        additions("headers", OWN_HEADERS, "is set by the extension itself: use credentials for authentication, or dpop");
        for (String member : values.namesIn("headers").isEmpty() ? List.<String> of() : values.members()) {
            if (member.startsWith("headers.")) {
                check.text(member); // HTTP has no white space around the value of a field (RFC 9110 §5.5)
            }
        }
    }

    private static boolean hasWhitespace(String text) {
        for (int index = 0; index < text.length(); index++) {
            if (Character.isWhitespace(text.charAt(index))) {
                return true;
            }
        }
        return false;
    }

    private void polling() {
        Optional<Duration> min = check.parsed("polling.min-interval");
        Optional<Duration> max = check.parsed("polling.max-interval");
        if (min.isPresent() && max.isPresent() && min.get().compareTo(max.get()) > 0) {
            check.add("polling.min-interval", "is longer than polling.max-interval. Swap them");
        } else if (min.isPresent() && max.isEmpty() && min.get().compareTo(MAX_INTERVAL) > 0) {
            check.add("polling.min-interval", "is longer than polling.max-interval, which is 10M. Set that too");
        } else if (max.isPresent() && min.isEmpty() && isPositive(max.get()) && max.get().compareTo(MIN_INTERVAL) < 0) {
            check.add("polling.max-interval", "is shorter than polling.min-interval, which is 1S. Set that too");
        }
        check.count("polling.max-failures", 20);
        check.count("polling.max-in-flight", 256);
        check.count("polling.max-pending", 100_000);
    }

    private static boolean isPositive(Duration duration) {
        return !duration.isNegative() && !duration.isZero();
    }

    private void additions(String group, Set<String> own, String message) {
        for (String name : values.namesIn(group)) {
            if (own.contains(name.toLowerCase(Locale.ROOT))) {
                check.add(group + "." + name, message);
            }
        }
    }
}

package io.quarkiverse.deviceauthorization.runtime.config;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.quarkiverse.deviceauthorization.runtime.provider.Provider;
import io.quarkus.runtime.configuration.DurationConverter;

/**
 * Finds everything that is wrong in the configuration of one client. Works on the texts that were written, so that
 * it says the same when the application is built and when it starts, and never stops at the first problem.
 */
public final class ClientConfigCheck {

    private static final Set<String> OWN_PARAMETERS = Set.of("client_id", "client_secret", "scope", "audience",
            "resource", "grant_type", "device_code");
    private static final Set<String> OWN_HEADERS = Set.of("authorization", "content-type", "content-length", "host", "accept",
            "cache-control");

    private final ConfigValues values;
    private final List<ConfigProblem> problems = new ArrayList<>();

    private ClientConfigCheck(ConfigValues values) {
        this.values = values;
    }

    /**
     * @param values the configuration of a client
     * @param production whether the application goes to production, where plain HTTP is refused
     * @return what is wrong with the values that are there
     */
    public static List<ConfigProblem> wrong(ConfigValues values, boolean production) {
        ClientConfigCheck check = new ClientConfigCheck(values);
        UrlRules urls = new UrlRules(production);
        check.spelling();
        check.oneOf("provider", Provider.values());
        check.judge("auth-server-url", urls::server);
        check.judge("device-authorization-path", urls::endpoint);
        check.judge("token-path", urls::endpoint);
        check.judge("revoke-path", urls::endpoint);
        check.text("client-id");
        check.text("audience");
        check.credentials();
        check.scopes();
        check.list("resources").forEach(resource -> urls.resource(resource)
                .ifPresent(message -> check.add("resources", message)));
        check.additions("extra-params", OWN_PARAMETERS, "is set by the extension itself: use client-id, scopes, audience,"
                + " resources or credentials");
        check.additions("headers", OWN_HEADERS, "is set by the extension itself: use credentials for authentication");
        check.oneOf("prompt", PromptKind.values());
        check.polling();
        for (String timeout : List.of("connect-timeout", "read-timeout", "health.timeout")) {
            check.duration(timeout, false);
        }
        check.duration("tokens.refresh-skew", true);
        check.duration("health.cache", true);
        for (String flag : List.of("active", "discovery-enabled", "health.probe")) {
            check.flag(flag);
        }
        return check.problems;
    }

    private void spelling() {
        String prefix = ConfigKeys.key(values.client(), "");
        for (String key : values.unread()) {
            String member = key.substring(prefix.length());
            if (!values.isDefault(key)) {
                String cure = values.key(member);
                problems.add(new ConfigProblem(key, "is not read, since other keys of this client are written without quotes."
                        + " Write " + cure + " (in the environment " + ConfigKeys.environmentVariable(cure) + ")"));
            }
        }
    }

    private void credentials() {
        text("credentials.secret");
        text("credentials.bearer-token");
        oneOf("credentials.method", ClientSecretMethod.values());
        boolean secret = values.get("credentials.secret").isPresent();
        if (secret && values.get("credentials.bearer-token").isPresent()) {
            add("credentials.bearer-token", "and credentials.secret are two ways to authenticate at once. Keep the one that the"
                    + " provider asks for");
        }
        if (!secret && values.get("credentials.method").isPresent()) {
            add("credentials.method", "says how a secret is sent, but there is none. Set "
                    + values.key("credentials.secret") + ", or remove it for a public client");
        }
    }

    private void scopes() {
        for (String scope : list("scopes")) {
            if (scope.chars().anyMatch(Character::isWhitespace)) {
                add("scopes", "'" + scope + "' has white space in it. Separate scopes by commas: "
                        + String.join(",", scope.split("\\s+")));
            } else if (scope.equals("oidc")) {
                add("scopes", "'oidc' is no scope of OpenID Connect. Write openid");
            }
        }
    }

    private void polling() {
        List<String> durations = List.of("polling.default-interval", "polling.min-interval", "polling.max-interval",
                "polling.max-backoff");
        durations.forEach(member -> duration(member, false));
        Optional<Duration> min = values.get("polling.min-interval").flatMap(ClientConfigCheck::parseDuration);
        Optional<Duration> max = values.get("polling.max-interval").flatMap(ClientConfigCheck::parseDuration);
        if (min.isPresent() && max.isPresent() && min.get().compareTo(max.get()) > 0) {
            add("polling.min-interval", "is longer than polling.max-interval. Swap them");
        }
        value("polling.max-failures").ifPresent(text -> {
            if (!text.matches("[1-9][0-9]{0,8}")) {
                add("polling.max-failures", "'" + text + "' is not a whole number above 0. Write for example 20");
            }
        });
    }

    private void additions(String group, Set<String> own, String message) {
        for (String name : values.namesIn(group)) {
            if (own.contains(name.toLowerCase(Locale.ROOT))) {
                add(group + "." + name, message);
            }
        }
    }

    private void judge(String member, Function<String, Optional<String>> rule) {
        value(member).flatMap(rule).ifPresent(message -> add(member, message));
    }

    /** Without the text itself, which may be a secret. White space comes along easily, from a file for example, and unseen. */
    private void text(String member) {
        value(member).filter(text -> !text.equals(text.strip())).ifPresent(text -> add(member, text.isBlank()
                ? "is blank. Give it a value or remove it"
                : "begins or ends with white space, often a line break of the file it was read from. Remove it"));
    }

    private void flag(String member) {
        value(member).ifPresent(text -> {
            if (!values.isTrue(member) && !values.isFalse(member)) {
                add(member, "'" + text + "' is neither true nor false. Write one of them");
            }
        });
    }

    private void duration(String member, boolean zero) {
        value(member).ifPresent(text -> {
            Optional<Duration> duration = parseDuration(text);
            if (duration.isEmpty()) {
                add(member, "'" + text + "' is not a duration. Write for example 5S, 2M or PT1M30S");
            } else if (duration.get().isNegative() || !zero && duration.get().isZero()) {
                add(member, "'" + text + "' is too short. Write a duration " + (zero ? "of zero or more" : "above zero"));
            }
        });
    }

    private <E extends Enum<E>> void oneOf(String member, E[] known) {
        Function<E, String> spelling = value -> value.name().toLowerCase(Locale.ROOT).replace('_', '-');
        value(member).ifPresent(text -> {
            if (Arrays.stream(known).map(spelling).noneMatch(text.replace('_', '-')::equalsIgnoreCase)) {
                add(member, "'" + text + "' is not known. Write one of "
                        + Arrays.stream(known).map(spelling).collect(Collectors.joining(", ")));
            }
        });
    }

    private Optional<String> value(String member) {
        return values.get(member).filter(text -> !text.equals(ConfigValues.UNRESOLVED));
    }

    /** A list is one value with commas, or one value for each index. */
    private List<String> list(String member) {
        List<String> all = new ArrayList<>();
        value(member).ifPresent(text -> all.addAll(Arrays.asList(text.split("(?<!\\\\),"))));
        for (int index = 0; value(member + "[" + index + "]").isPresent(); index++) {
            all.add(value(member + "[" + index + "]").get());
        }
        return all.stream().map(String::strip).filter(text -> !text.isEmpty()).toList();
    }

    private void add(String member, String message) {
        problems.add(new ConfigProblem(values.key(member), message));
    }

    private static Optional<Duration> parseDuration(String text) {
        try {
            return Optional.ofNullable(DurationConverter.parseDuration(text.strip()));
        } catch (IllegalArgumentException | DateTimeException e) {
            return Optional.empty();
        }
    }
}

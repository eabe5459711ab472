package io.quarkiverse.deviceauthorization.runtime.config;

import java.net.URI;
import java.net.URISyntaxException;
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
import java.util.stream.Stream;

import io.quarkus.runtime.configuration.DurationConverter;

/**
 * Finds everything that is wrong or missing in the configuration of one client. Works on the texts that were written, so that
 * it says the same when the application is built and when it starts, and never stops at the first problem.
 */
public final class ClientConfigCheck {

    private static final Set<String> OWN_PARAMETERS = Set.of("client_id", "client_secret", "scope", "scopes", "audience",
            "resource", "grant_type", "device_code");
    private static final Set<String> OWN_HEADERS = Set.of("authorization", "content-type", "content-length", "host", "accept",
            "cache-control");

    private final ConfigValues values;
    private final boolean production;
    private final List<ConfigProblem> problems = new ArrayList<>();

    private ClientConfigCheck(ConfigValues values, boolean production) {
        this.values = values;
        this.production = production;
    }

    /**
     * @param values the configuration of a client
     * @param production whether the application goes to production, where plain HTTP is refused
     * @return what is wrong with the values that are there
     */
    public static List<ConfigProblem> wrong(ConfigValues values, boolean production) {
        ClientConfigCheck check = new ClientConfigCheck(values, production);
        check.oneOf("provider", Provider.values());
        check.url("auth-server-url");
        check.endpoint("device-authorization-path");
        check.endpoint("token-path");
        check.endpoint("revoke-path");
        check.notBlank("client-id");
        check.credentials();
        check.scopes();
        check.resources();
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

    /**
     * @param values the configuration of a client
     * @return the keys without which the client can't be used
     */
    public static List<ConfigProblem> missing(ConfigValues values) {
        ClientConfigCheck check = new ClientConfigCheck(values, false);
        if (values.get("client-id").isEmpty()) {
            check.add("client-id", "is missing. Set it to the client id that the provider issued");
        }
        if (!hasServer(values)) {
            check.add("auth-server-url", "is missing. Set it to the URL of the authorization server (its issuer), or set "
                    + ConfigKeys.key(values.client(), "provider"));
        } else if (values.get("provider").isEmpty()
                && values.get("discovery-enabled").map("false"::equalsIgnoreCase).orElse(false)) {
            check.endpointsWithoutDiscovery("is missing, and discovery is off. Set it to the path of the endpoint");
        }
        return check.problems;
    }

    /**
     * @param values the configuration of a client
     * @return whether it says where the authorization server is
     */
    public static boolean hasServer(ConfigValues values) {
        return values.get("auth-server-url").isPresent() || values.get("provider").isPresent()
                || Stream.of("device-authorization-path", "token-path")
                        .allMatch(path -> values.get(path).map(ClientSettings::isAbsolute).orElse(false));
    }

    private void endpointsWithoutDiscovery(String message) {
        for (String path : List.of("device-authorization-path", "token-path")) {
            if (values.get(path).isEmpty()) {
                add(path, message);
            }
        }
    }

    private void credentials() {
        notBlank("credentials.secret");
        notBlank("credentials.bearer-token");
        oneOf("credentials.method", ClientSecretMethod.values());
        boolean secret = values.get("credentials.secret").isPresent();
        if (secret && values.get("credentials.bearer-token").isPresent()) {
            add("credentials.bearer-token", "and credentials.secret are two ways to authenticate at once. Keep the one that the"
                    + " provider asks for");
        }
        if (!secret && values.get("credentials.method").isPresent()) {
            add("credentials.method", "says how a secret is sent, but there is none. Set "
                    + ConfigKeys.key(values.client(), "credentials.secret") + ", or remove it for a public client");
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

    private void resources() {
        for (String resource : list("resources")) {
            Optional<URI> uri = parse(resource);
            if (uri.isEmpty() || !uri.get().isAbsolute() || uri.get().getRawFragment() != null) {
                add("resources",
                        "'" + resource + "' is no resource indicator (RFC 8707). Write an absolute URI without fragment");
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
        for (String name : values.below(group)) {
            if (own.contains(name.toLowerCase(Locale.ROOT))) {
                add(group + "." + name, message);
            }
        }
    }

    private void url(String member) {
        value(member).ifPresent(text -> {
            Optional<URI> uri = parse(text);
            if (uri.isEmpty() || uri.get().getHost() == null || !isHttp(uri.get())) {
                add(member, "'" + text + "' is not a URL. Write for example https://login.example.com");
            } else if (uri.get().getRawQuery() != null || uri.get().getRawFragment() != null
                    || uri.get().getRawUserInfo() != null) {
                add(member, "has a query, a fragment or credentials in it. Write only scheme, host, port and path");
            } else {
                plainHttp(member, uri.get());
            }
        });
    }

    private void endpoint(String member) {
        value(member).ifPresent(text -> {
            Optional<URI> uri = parse(text);
            if (uri.isEmpty() || text.isBlank() || uri.get().getRawFragment() != null) {
                add(member, "'" + text + "' is neither a path nor a URL. Write for example /oauth/token");
            } else if (ClientSettings.isAbsolute(text)) {
                if (uri.get().getHost() == null || !isHttp(uri.get())) {
                    add(member,
                            "'" + text + "' is not an http or https URL. Write for example https://login.example.com/token");
                } else {
                    plainHttp(member, uri.get());
                }
            } else if (values.get("auth-server-url").isEmpty() && values.get("provider").isEmpty() && production) {
                add(member, "'" + text + "' is relative, and there is nothing that it is relative to. Set "
                        + ConfigKeys.key(values.client(), "auth-server-url") + ", or write a whole URL");
            }
        });
    }

    private void plainHttp(String member, URI uri) {
        if (production && uri.getScheme().equalsIgnoreCase("http") && !Loopback.is(uri)) {
            add(member, "'" + uri
                    + "' would send credentials and tokens in the clear (RFC 8628 §3.1 asks for TLS). Write https://");
        }
    }

    private void notBlank(String member) {
        values.get(member).filter(String::isBlank).ifPresent(blank -> add(member, "is blank. Give it a value or remove it"));
    }

    private void flag(String member) {
        value(member).ifPresent(text -> {
            if (!Set.of("true", "false", "yes", "no", "on", "off", "1", "0", "y", "n", "t", "f")
                    .contains(text.toLowerCase(Locale.ROOT))) {
                add(member, "'" + text + "' is neither true nor false");
            }
        });
    }

    private void duration(String member, boolean zero) {
        value(member).ifPresent(text -> {
            Optional<Duration> duration = parseDuration(text);
            if (duration.isEmpty()) {
                add(member, "'" + text + "' is not a duration. Write for example 5S, 2M or PT1M30S");
            } else if (duration.get().isNegative() || !zero && duration.get().isZero()) {
                add(member, "'" + text + "' is too short. Write a duration above zero");
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
        problems.add(new ConfigProblem(ConfigKeys.key(values.client(), member), message));
    }

    private static boolean isHttp(URI uri) {
        return "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
    }

    private static Optional<URI> parse(String text) {
        try {
            return Optional.of(new URI(text.strip()));
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    private static Optional<Duration> parseDuration(String text) {
        try {
            return Optional.ofNullable(DurationConverter.parseDuration(text.strip()));
        } catch (IllegalArgumentException | DateTimeException e) {
            return Optional.empty();
        }
    }

    /** @return the problems of several clients, in one text, one line each */
    public static String text(String headline, List<ConfigProblem> problems) {
        return problems.stream().map(problem -> "  - " + problem.text())
                .collect(Collectors.joining(System.lineSeparator(), headline + System.lineSeparator(), ""));
    }
}

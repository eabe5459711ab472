package io.quarkiverse.deviceauthorization.web.runtime;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

import org.eclipse.microprofile.config.ConfigProvider;

import io.quarkiverse.deviceauthorization.runtime.config.ConfigProblem;
import io.quarkiverse.deviceauthorization.runtime.config.OwnKeys;
import io.quarkiverse.deviceauthorization.runtime.config.UnknownKeys;
import io.quarkiverse.deviceauthorization.runtime.config.WrittenKeys;
import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.ConfigValidationException.Problem;
import io.smallrye.config.SmallRyeConfig;

/** Finds what is wrong with the configuration. */
public final class WebConfigCheck {

    /** What all keys begin with. */
    public static final String PREFIX = "quarkus.device-authorization-web.";

    private static final List<String> FLAGS = List.of(PREFIX + "auto-start", PREFIX + "link-verification-uri");
    private static final Pattern SEGMENTS = Pattern.compile("/?[A-Za-z0-9._~-]+(/[A-Za-z0-9._~-]+)*");
    private static final Pattern SEGMENT = Pattern.compile("[A-Za-z0-9._~-]+");
    private static final Pattern ORIGIN = Pattern
            .compile("https?://(\\*\\.)?[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?(:[0-9]{1,5})?");
    private static final Pattern LANGUAGE = Pattern.compile("[A-Za-z]{2}([-_][A-Za-z0-9]+)*");
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._-]+");
    private static final Duration LONGEST_HEARTBEAT = Duration.ofMinutes(5);

    private WebConfigCheck() {
    }

    /**
     * @param config what is decided when the application is built
     * @return what is wrong with it
     */
    public static List<ConfigProblem> wrong(DeviceAuthorizationWebFixedConfig config) {
        List<ConfigProblem> problems = new ArrayList<>();
        if (!SEGMENTS.matcher(config.path()).matches()) {
            problem("path", problems, "'" + config.path() + "' is no path of letters, digits and the characters . _ ~ - /,"
                    + " without a slash at its end. Write for example sign-in");
        }
        for (String client : config.clients()) {
            if (!client.equals(SignInPart.DEFAULT_CLIENT)
                    && (!SEGMENT.matcher(client).matches() || SignInPart.isTaken(client))) {
                problem("clients", problems, "the page of '" + client + "' can't be at a path of this name. Give the client a"
                        + " name of letters, digits and the characters . _ ~ -, which is none of " + SignInPart.taken());
            }
        }
        if (Set.copyOf(config.clients()).size() < config.clients().size()) {
            problem("clients", problems, "a client is named twice. Name each one once");
        }
        return problems;
    }

    /**
     * @param keys all keys that there are, without the prefix
     * @throws ConfigValidationException with everything that is wrong
     */
    static void check(DeviceAuthorizationWebConfig config, List<String> keys) {
        WrittenKeys written = WrittenKeys.of(ConfigProvider.getConfig().unwrap(SmallRyeConfig.class), PREFIX);
        List<ConfigProblem> problems = new ArrayList<>(UnknownKeys.find(new OwnKeys(PREFIX, List.of(), keys), written));
        problems.addAll(written.wrongFlags(FLAGS));
        text("title", config.title(), problems);
        text("brand", config.brand(), problems);
        localPath("stylesheet", config.stylesheet(), "/kiosk.css", problems);
        localPath("success-path", config.successPath(), "/home", problems);
        config.locale().filter(locale -> !LANGUAGE.matcher(locale).matches()).ifPresent(locale -> problem("locale", problems,
                "'" + locale + "' is no language. Write for example de"));
        config.frameAncestors().stream().flatMap(List::stream)
                .filter(ancestor -> !ancestor.equals("self") && !ORIGIN.matcher(ancestor).matches())
                .forEach(ancestor -> problem("frame-ancestors", problems, "'" + ancestor + "' is neither self nor an origin."
                        + " Write for example https://www.example.com, without a path"));
        if (!TOKEN.matcher(config.cookieName()).matches()) {
            problem("cookie-name", problems, "'" + config.cookieName() + "' can't name a cookie. Write for example"
                    + " device-authorization, with letters, digits and the characters . _ - only");
        }
        if (config.maxStartsPerMinute() < 1) {
            problem("max-starts-per-minute", problems, "nobody could sign in. Write for example 60");
        }
        if (config.maxConnections() < 0) {
            problem("max-connections", problems, config.maxConnections() + " is less than none. Write for example 1000, or 0");
        }
        if (config.heartbeat().compareTo(Duration.ofMillis(100)) < 0 || config.heartbeat().compareTo(LONGEST_HEARTBEAT) > 0) {
            problem("heartbeat", problems, "this is less than 100 milliseconds or more than 5 minutes. Write for example 15S");
        }
        if (!problems.isEmpty()) {
            throw new ConfigValidationException(problems.stream().map(problem -> new Problem(problem.text(written::source)))
                    .toArray(Problem[]::new));
        }
    }

    private static void text(String key, Optional<String> value, List<ConfigProblem> problems) {
        if (value.filter(text -> text.isBlank() || text.chars().anyMatch(Character::isISOControl)).isPresent()) {
            problem(key, problems, "this is no text that can be shown. Write one line, or leave the key out");
        }
    }

    /**
     * Nothing that a browser takes for another host: {@code //host}, <code>/\host</code>, or either after a control character.
     */
    private static void localPath(String key, Optional<String> value, String example, List<ConfigProblem> problems) {
        value.filter(path -> !path.matches("/([^/\\\\\\s\\p{Cntrl}][^\\\\\\s\\p{Cntrl}]*)?"))
                .ifPresent(path -> problem(key, problems, "'" + path + "' is no path on the same server. Write for example "
                        + example));
    }

    private static void problem(String key, List<ConfigProblem> problems, String text) {
        problems.add(new ConfigProblem(PREFIX + key, text));
    }
}

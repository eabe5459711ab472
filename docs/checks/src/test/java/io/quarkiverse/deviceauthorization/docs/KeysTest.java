package io.quarkiverse.deviceauthorization.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Configuration keys that a text names")
class KeysTest {

    private static final Pattern FULL = Pattern
            .compile("(?:(?<![\\w./@-])|-D)(quarkus\\.(?!io\\b)[a-z][\\w-]*(?:\\.(?:\"[^\"]*\"|[\\w-]+(?:\\[\\d*])?))*)");
    private static final Pattern SHORT = Pattern.compile("`([a-z][a-z-]*(?:\\.(?:\"[^\"]*\"|[\\w-]+))+)(?:=[^`]*)?`");
    private static final Pattern WITH_VALUE = Pattern.compile("`([a-z][a-z-]*(?:\\.(?:\"[^\"]*\"|[\\w-]+))*)=[^`]*`");
    private static final Pattern VARIABLE = Pattern.compile("\\bQUARKUS_DEVICE_AUTHORIZATION\\w*");

    static List<Page> pages() {
        return Page.all();
    }

    @ParameterizedTest
    @DisplayName("on a page in full are keys that there are")
    @MethodSource("pages")
    void fullKeysAreKnown(Page page) {
        assertThat(found(FULL, page.text())).as("keys on %s", page).allMatch(KnownKeys::isKeyOrGroup);
    }

    @ParameterizedTest
    @DisplayName("on a page without what all begin with are keys that there are")
    @MethodSource("pages")
    void shortKeysAreKnown(Page page) {
        assertThat(found(SHORT, page.text())).as("keys on %s", page)
                .filteredOn(key -> KnownKeys.groups().contains(key.split("\\.")[0]))
                .allMatch(key -> KnownKeys.isKeyOrGroup(KnownKeys.PREFIX + "." + key));
    }

    @ParameterizedTest
    @DisplayName("on a page with a value are keys that there are")
    @MethodSource("pages")
    void keysWithValuesAreKnown(Page page) {
        assertThat(found(WITH_VALUE, page.text())).as("keys on %s", page)
                .allMatch(key -> key.startsWith("quarkus.") ? KnownKeys.isKey(key) : KnownKeys.isShortKey(key));
    }

    @ParameterizedTest
    @DisplayName("as an environment variable are those of keys that there are")
    @MethodSource("pages")
    void variablesAreKnown(Page page) {
        Set<String> variables = KnownKeys.reference().stream()
                .map(key -> key.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT)).collect(Collectors.toSet());
        assertThat(variables).containsAll(found(VARIABLE, page.text()));
    }

    @ParameterizedTest
    @DisplayName("in README.md and CHANGELOG.md are keys that there are")
    @ValueSource(strings = { "README.md", "CHANGELOG.md" })
    void keysInTheRootAreKnown(String file) {
        String text = Project.read(Project.ROOT.resolve(file));
        assertThat(found(FULL, text)).allMatch(KnownKeys::isKeyOrGroup);
        assertThat(found(SHORT, text)).filteredOn(key -> KnownKeys.groups().contains(key.split("\\.")[0]))
                .allMatch(key -> KnownKeys.isKeyOrGroup(KnownKeys.PREFIX + "." + key));
        assertThat(found(WITH_VALUE, text))
                .allMatch(key -> key.startsWith("quarkus.") ? KnownKeys.isKey(key) : KnownKeys.isShortKey(key));
    }

    @Test
    @DisplayName("would be found if they were misspelt")
    void misspeltKeysAreFound() {
        assertThat(KnownKeys.isKey("quarkus.device-authorization.client-id")).isTrue();
        assertThat(KnownKeys.isKey("quarkus.device-authorization.\"any.name\".client-id")).isTrue();
        assertThat(KnownKeys.isKey("quarkus.device-authorization.any.client-id")).isTrue();
        assertThat(KnownKeys.isKey("quarkus.device-authorization.clientid")).isFalse();
        assertThat(KnownKeys.isKey("quarkus.device-authorization.any.clientid")).isFalse();
        assertThat(KnownKeys.isKeyOrGroup("quarkus.device-authorization.tokens")).isTrue();
        assertThat(KnownKeys.isKey("quarkus.device-authorization.tokens")).isFalse();
        assertThat(KnownKeys.isKey("quarkus.package.jar.type")).isTrue();
        assertThat(KnownKeys.isKeyOrGroup("quarkus.rest-client.logging.maskedheaders")).isFalse();
        assertThat(KnownKeys.isShortKey("client-id")).isTrue();
        assertThat(KnownKeys.isShortKey("clientid")).isFalse();
        assertThat(KnownKeys.groups()).contains("tokens", "polling", "credentials");
        assertThat(found(SHORT, "see `tokens.store` and `polling.max-failures=3`")).containsExactly("tokens.store",
                "polling.max-failures");
        assertThat(found(FULL, "-Dquarkus.a.b=1 https://quarkus.io/guides io.quarkus.x quarkus.c.\"d e\".f")).containsExactly(
                "quarkus.a.b", "quarkus.c.\"d e\".f");
    }

    private static Set<String> found(Pattern pattern, String text) {
        Set<String> found = new LinkedHashSet<>();
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            found.add(pattern.matcher("").groupCount() > 0 ? matcher.group(1) : matcher.group());
        }
        return found;
    }
}

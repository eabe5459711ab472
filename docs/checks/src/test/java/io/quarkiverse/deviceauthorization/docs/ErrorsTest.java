package io.quarkiverse.deviceauthorization.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.deviceauthorization.DeviceAuthorization;
import io.quarkiverse.deviceauthorization.OAuthError;
import io.quarkiverse.deviceauthorization.runtime.protocol.Refusal;
import io.quarkiverse.deviceauthorization.runtime.protocol.TokenAnswer.Meaning;

/** {@link ReferenceTest} looks whether each exception is listed. */
@DisplayName("The table of what throws what")
class ErrorsTest {

    private static final Pattern NAME = Pattern.compile("`(\\w+)`");
    private static final String FITTING = "<<codes,";

    private static final Page PAGE = Page.named("errors.adoc");

    @Test
    @DisplayName("has a row for each method that can fail")
    void methods() {
        Set<String> methods = Arrays.stream(DeviceAuthorization.class.getMethods()).map(Method::getName)
                .filter(name -> !name.equals("forOwner")).collect(Collectors.toCollection(TreeSet::new));
        assertThat(throwing().keySet()).containsAll(methods).isSubsetOf(methods);
    }

    @Test
    @DisplayName("names each exception")
    void exceptions() {
        Set<String> named = throwing().values().stream().flatMap(ErrorsTest::exceptionsIn)
                .collect(Collectors.toCollection(TreeSet::new));
        named.addAll(exceptionsIn(row("all of them")).toList());
        assertThat(named).containsAll(ReferenceTest.errors().map(Class::getSimpleName).toList());
    }

    @ParameterizedTest
    @ValueSource(strings = { "access_denied", "invalid_client", "unauthorized_client", "invalid_scope", "invalid_request",
            "invalid_grant", "invalid_target" })
    @DisplayName("has the exception that a code becomes, where a flow is started, polled, and tokens are refreshed")
    void codes(String code) {
        Refusal refusal = new Refusal("tv");
        OAuthError error = new OAuthError(code, Optional.empty(), Optional.empty(), 400);
        Map<String, String> throwing = throwing();
        assertThat(exceptionsIn(throwing.get("start"))).contains(refusal.ofStart(error).getClass().getSimpleName());
        assertThat(exceptionsIn(throwing.get("await")))
                .contains(refusal.ofPoll(code.equals("access_denied") ? Meaning.DENIED : Meaning.REFUSED, error).getClass()
                        .getSimpleName());
        assertThat(exceptionsIn(throwing.get("tokens"))).contains(refusal.ofRefresh(error).getClass().getSimpleName());
    }

    @Test
    @DisplayName("has what an expired code and a wrong ID token become")
    void others() {
        assertThat(exceptionsIn(throwing().get("await"))).contains("DeviceCodeExpiredException", "InvalidIdTokenException");
        assertThat(exceptionsIn(throwing().get("start"))).doesNotContain("DeviceCodeExpiredException",
                "InvalidIdTokenException", "AuthorizationRequiredException", "AuthorizationCancelledException");
    }

    /** @return by the name of each method, what its row says */
    private static Map<String, String> throwing() {
        Map<String, String> rows = new TreeMap<>();
        for (String line : table()) {
            String methods = line.substring(1, line.indexOf('|', 1));
            names(methods).forEach(name -> rows.put(name, line.substring(methods.length() + 1)));
        }
        return rows;
    }

    private static String row(String name) {
        return table().stream().filter(line -> line.startsWith("|" + name + " ")).findFirst().orElseThrow();
    }

    private static List<String> table() {
        return PAGE.lines().stream().dropWhile(line -> !line.equals("[[methods]]"))
                .dropWhile(line -> !line.startsWith("|Method")).skip(1).takeWhile(line -> !line.equals("|==="))
                .filter(line -> line.startsWith("|")).toList();
    }

    private static Stream<String> exceptionsIn(String row) {
        String fitting = PAGE.lines().get(PAGE.lines().indexOf("[[codes]]") + 1);
        return names(row.contains(FITTING) ? row + fitting : row).filter(name -> name.endsWith("Exception"));
    }

    private static Stream<String> names(String text) {
        return NAME.matcher(text).results().map(found -> found.group(1));
    }
}

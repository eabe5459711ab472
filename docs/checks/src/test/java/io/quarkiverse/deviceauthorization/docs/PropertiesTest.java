package io.quarkiverse.deviceauthorization.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("Examples of properties")
class PropertiesTest {

    private static final String TEXTS = "META-INF/device-authorization/prompt_";

    static Stream<Block> blocks() {
        return all().filter(block -> !isTexts(block));
    }

    static Stream<Block> texts() {
        return all().filter(PropertiesTest::isTexts);
    }

    private static Stream<Block> all() {
        return Page.all().stream().flatMap(page -> page.blocks().stream())
                .filter(block -> block.language().equals("properties"));
    }

    private static boolean isTexts(Block block) {
        return block.title().orElse("").contains(TEXTS);
    }

    @ParameterizedTest
    @DisplayName("have keys that there are")
    @MethodSource("blocks")
    void keysAreKnown(Block block) {
        Example example = Example.of(block.text());
        assertThat(example.keys()).as("keys in %s", block).isNotEmpty().allMatch(KnownKeys::isKey);
    }

    @ParameterizedTest
    @DisplayName("are read and found right by the extension, in each launch mode")
    @MethodSource("blocks")
    void valuesAreRight(Block block) {
        Example example = Example.of(block.text());
        for (String profile : List.of("prod", "dev", "test")) {
            assertThatCode(() -> example.read(profile)).as("%s of %s", profile, block).doesNotThrowAnyException();
            assertThat(example.wrong(profile)).as("%s of %s", profile, block).isEmpty();
        }
    }

    @ParameterizedTest
    @DisplayName("that name a client have all that it needs")
    @MethodSource("blocks")
    void clientsAreComplete(Block block) {
        assertThat(Example.of(block.text()).missing()).as("%s", block).isEmpty();
    }

    @ParameterizedTest
    @DisplayName("that are texts in another language have the keys of those in German")
    @MethodSource("texts")
    void textsAreKnown(Block block) {
        Example german = Example
                .of(Project.read(Project.ROOT.resolve("runtime/src/main/resources/" + TEXTS + "de.properties")));
        assertThat(Example.of(block.text()).keys()).as("keys in %s", block).isNotEmpty().isSubsetOf(german.keys());
    }

    @Test
    @DisplayName("would be found if they were wrong")
    void wrongExamplesAreFound() {
        Example example = Example.of("""
                quarkus.device-authorization.provider=auth0
                quarkus.device-authorization.client-id=${CLIENT_ID}
                %dev.quarkus.device-authorization.auth-server-url=https://login.example.com
                quarkus.device-authorization.scopes=oidc
                """);
        assertThat(example.keys()).contains("quarkus.device-authorization.auth-server-url");
        assertThat(example.wrong("prod")).anyMatch(problem -> problem.startsWith("quarkus.device-authorization.scopes"))
                .anyMatch(problem -> problem.startsWith("quarkus.device-authorization.audience"));
        assertThat(example.missing()).anyMatch(problem -> problem.startsWith("quarkus.device-authorization.auth-server-url"));
        assertThatThrownBy(() -> Example.of("quarkus.device-authorization.client=x").read("prod"))
                .hasMessageContaining("quarkus.device-authorization.client");
        assertThatThrownBy(() -> Example.of("quarkus.device-authorization.read-timeout=long").read("prod"))
                .hasMessageContaining("long");
        assertThat(Example.of("quarkus.device-authorization.prompt=shout").wrong("prod"))
                .anyMatch(problem -> problem.contains("'shout' is not known"));
        assertThat(Example.of("a=1\n%test.a=2\n%dev,test.b=3").values("test")).isEqualTo(Map.of("a", "2", "b", "3"));
    }
}

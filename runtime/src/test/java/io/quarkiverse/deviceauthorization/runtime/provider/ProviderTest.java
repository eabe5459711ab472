package io.quarkiverse.deviceauthorization.runtime.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.quarkiverse.deviceauthorization.runtime.config.ConfigValues;
import io.quarkiverse.deviceauthorization.runtime.provider.Preset.Endpoint;

@DisplayName("Every provider")
class ProviderTest {

    private static final Set<Provider> WITHOUT_ID_TOKENS = EnumSet.of(Provider.GITHUB, Provider.TRAKT);
    /** It is not documented which of an org's hosts is named. */
    private static final Set<Provider> WITHOUT_ONE_ISSUER = EnumSet.of(Provider.SALESFORCE);

    private static final Path PAGE = Path.of("../docs/modules/ROOT/pages/providers.adoc");
    private static final Path REFERENCE = Path.of("../docs/modules/ROOT/pages/includes/quarkus-device-authorization.adoc");
    private static final Path README = Path.of("../README.md");
    private static final Path SKILL = Path.of("../deployment/src/main/resources/META-INF/quarkus-skill.md");
    private static final Path KEYS = Path.of("src/main/java/io/quarkiverse/deviceauthorization/runtime/config")
            .resolve("ClientConfig.java");
    private static final Path CURES = Path.of("src/test/resources/io/quarkiverse/deviceauthorization/runtime/endpoint")
            .resolve("provider-cures.txt");

    @ParameterizedTest
    @EnumSource
    @DisplayName("has its section in the documentation, with its configuration:")
    void section(Provider provider) throws IOException {
        String name = name(provider);
        List<String> sections = Arrays.stream(Files.readString(PAGE).split("(?m)^(?=\\[\\[)"))
                .filter(section -> section.startsWith("[[" + name + "]]\n=== ")).toList();
        assertThat(sections).as("sections that begin with [[%s]] and a title in %s", name, PAGE).hasSize(1);
        assertThat(sections.get(0)).contains("quarkus.device-authorization.provider=" + name + "\n")
                .contains("quarkus.device-authorization.client-id=");
        provider.preset().requirements().forEach(requirement -> assertThat(sections.get(0))
                .contains("quarkus.device-authorization." + requirement.key() + "="));
        provider.preset().example()
                .ifPresent(example -> assertThat(sections.get(0)).contains("auth-server-url=" + example + "\n"));
        provider.preset().refreshScope().ifPresent(scope -> assertThat(sections.get(0)).contains(scope));
    }

    @Test
    @DisplayName("is in the table of presets, and no other is")
    void table() throws IOException {
        assertThat(Pattern.compile("(?m)^\\|<<([\\w-]+),`([\\w-]+)`>>").matcher(Files.readString(PAGE)).results()
                .map(cell -> cell.group(1) + " " + cell.group(2)))
                .as("rows of the table of presets in %s, in the order of Provider", PAGE)
                .containsExactly(Arrays.stream(Provider.values()).map(ProviderTest::name).map(name -> name + " " + name)
                        .toArray(String[]::new));
    }

    @Test
    @DisplayName("is in the configuration reference")
    void reference() throws IOException {
        assertThat(
                Files.readString(REFERENCE).lines().filter(line -> line.startsWith("a|`" + name(Provider.values()[0]) + "`")))
                .as("the values of quarkus.device-authorization.provider in %s, which the build writes: run mvn verify -pl docs"
                        + " -am -DskipTests, and commit what it writes", REFERENCE)
                .singleElement().asString().isEqualTo("a|" + names());
    }

    @Test
    @DisplayName("is told to who asks an assistant")
    void skill() throws IOException {
        assertThat(Files.readString(SKILL).lines().filter(line -> line.contains("`provider` (")))
                .as("the providers in %s", SKILL).singleElement().asString().contains("`provider` (" + names() + ")");
    }

    @Test
    @DisplayName("is counted in the README")
    void readme() throws IOException {
        assertThat(Files.readString(README).lines().filter(line -> line.contains(" providers](")))
                .as("the number of providers in %s", README).singleElement().asString()
                .contains("knows [" + Provider.values().length + " providers](");
    }

    @Test
    @DisplayName("is named in the Javadoc of its key if it needs an auth-server-url, and no other is")
    void ownServers() throws IOException {
        String javadoc = Files.readString(KEYS).replaceAll("\\s*\\R\\s*\\*\\s*", " ");
        assertThat(Pattern.compile("((?:\\{@code [\\w-]+}(?:, | and )?)+) need an \\{@code auth-server-url}").matcher(javadoc)
                .results().flatMap(all -> Pattern.compile("[\\w-]+(?=})").matcher(all.group(1)).results())
                .map(MatchResult::group)).as("providers that need an auth-server-url, says %s", KEYS)
                .containsExactlyInAnyOrder(Stream.of(Provider.values())
                        .filter(provider -> provider.preset().example().isPresent()).map(ProviderTest::name)
                        .toArray(String[]::new));
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("has no advice that is not tested, such as one that another hides:")
    void advice(Provider provider) throws IOException {
        List<String> tested = Arrays.stream(Files.readString(CURES).split("\n\n"))
                .filter(block -> block.startsWith(name(provider) + " ")).toList();
        assertThat(provider.preset().cures()).as("cures of this preset").isNotEmpty().allSatisfy(cure -> assertThat(tested)
                .as("blocks in %s that begin with \"%s \" and end with: %s", CURES, name(provider), cure.advice())
                .anyMatch(block -> block.contains(". " + cure.advice())));
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("advises in a sentence without the full stop:")
    void sentence(Provider provider) {
        assertThat(provider.preset().cures()).extracting(Cure::advice).allSatisfy(advice -> assertThat(advice)
                .matches("\\p{Lu}.*[^.]").doesNotContain("  ").doesNotContain("quarkus."));
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("has both endpoints or none, which are discovered then:")
    void endpoints(Provider provider) {
        assertThat(provider.preset().path(Endpoint.DEVICE_AUTHORIZATION).isPresent())
                .isEqualTo(provider.preset().path(Endpoint.TOKEN).isPresent());
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("names the keys and the issuer of its ID tokens, which are not checked without them, or issues none:")
    void idTokens(Provider provider) {
        Preset preset = provider.preset();
        if (preset.path(Endpoint.TOKEN).isPresent() && !WITHOUT_ID_TOKENS.contains(provider)) { // others name them in metadata
            assertThat(preset.path(Endpoint.JWKS)).as("where its keys are: path(Endpoint.JWKS, …)").isPresent();
            assertThat(preset.issuer(preset.authServerUrl().or(preset::example).orElseThrow()).isPresent())
                    .as("whether it has an issuer(…)").isNotEqualTo(WITHOUT_ONE_ISSUER.contains(provider));
        }
    }

    private static String names() {
        return Stream.of(Provider.values()).map(provider -> "`" + name(provider) + "`").collect(Collectors.joining(", "));
    }

    private static String name(Provider provider) {
        return ConfigValues.spelling(provider);
    }
}

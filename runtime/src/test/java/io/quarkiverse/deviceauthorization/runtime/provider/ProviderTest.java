package io.quarkiverse.deviceauthorization.runtime.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.quarkiverse.deviceauthorization.runtime.config.ConfigValues;
import io.quarkiverse.deviceauthorization.runtime.provider.Preset.Endpoint;

@DisplayName("Every provider")
class ProviderTest {

    private static final Path PAGE = Path.of("../docs/modules/ROOT/pages/providers.adoc");
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

    private static String name(Provider provider) {
        return ConfigValues.spelling(provider);
    }
}

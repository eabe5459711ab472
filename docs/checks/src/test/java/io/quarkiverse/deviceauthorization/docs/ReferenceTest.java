package io.quarkiverse.deviceauthorization.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import io.quarkiverse.deviceauthorization.DeviceAuthorizationException;
import io.quarkiverse.deviceauthorization.event.DeviceAuthorizationEvent;
import io.quarkiverse.deviceauthorization.runtime.config.ConfigValues;
import io.quarkiverse.deviceauthorization.runtime.provider.Provider;
import io.smallrye.config.ConfigMappings.ConfigClass;

@DisplayName("The reference")
class ReferenceTest {

    private static final Path SOURCES = Project.ROOT.resolve("runtime/src/main/java");
    private static final Set<String> OF_EACH_EVENT = Set.of("client", "owner", "id");

    /** @return the public types of the API: those outside of {@code .runtime} */
    static Stream<Class<?>> api() {
        return Project.allFiles(SOURCES, ".java").stream().map(file -> SOURCES.relativize(file).toString())
                .map(file -> file.replaceAll("\\.java$", "").replaceAll("[/\\\\]", "."))
                .filter(name -> !name.startsWith("io.quarkiverse.deviceauthorization.runtime.")
                        && !name.endsWith("package-info"))
                .<Class<?>> map(ReferenceTest::load).filter(type -> Modifier.isPublic(type.getModifiers()));
    }

    static Stream<Class<?>> events() {
        return api().filter(type -> DeviceAuthorizationEvent.class.isAssignableFrom(type) && type.isRecord());
    }

    static Stream<Class<?>> errors() {
        return api().filter(DeviceAuthorizationException.class::isAssignableFrom);
    }

    static Stream<Class<?>> spi() {
        return api().filter(type -> type.isInterface() && !type.isAnnotation())
                .filter(type -> List.of("filter", "prompt", "provider", "store").stream()
                        .anyMatch(name -> type.getPackageName().endsWith("." + name)));
    }

    static List<ConfigClass> configRoots() {
        return ConfigRoots.own();
    }

    static List<Path> generated() {
        return KnownKeys.generated();
    }

    @ParameterizedTest
    @DisplayName("lists each event, and what is in it")
    @MethodSource("events")
    void listsEvents(Class<?> event) {
        Optional<String> row = row("events.adoc", event.getSimpleName());
        assertThat(row).as("row of %s in events.adoc", event.getSimpleName()).isPresent();
        for (RecordComponent component : event.getRecordComponents()) {
            if (!OF_EACH_EVENT.contains(component.getName())) {
                assertThat(row.orElseThrow()).contains("`" + component.getName() + "`");
            }
        }
    }

    @ParameterizedTest
    @DisplayName("lists each exception")
    @MethodSource("errors")
    void listsErrors(Class<?> error) {
        assertThat(row("errors.adoc", error.getSimpleName())).as("row of %s in errors.adoc", error.getSimpleName())
                .isPresent();
    }

    @ParameterizedTest
    @DisplayName("tells of each interface that an application may implement")
    @MethodSource("spi")
    void listsSpi(Class<?> type) {
        assertThat(Page.named("spi.adoc").text()).contains("`" + type.getSimpleName() + "`");
    }

    @Test
    @DisplayName("has found some of each")
    void somethingIsFound() {
        assertThat(events().map(Class::getSimpleName)).contains("Approved", "SignedOut").hasSizeGreaterThan(10);
        assertThat(errors().map(Class::getSimpleName)).contains("AccessDeniedException", "AuthorizationStoreException");
        assertThat(spi().map(Class::getSimpleName)).contains("Prompt", "AuthorizationStore", "ProviderAdapter",
                "OwnerResolver");
        assertThat(configRoots()).hasSizeGreaterThan(2);
    }

    @ParameterizedTest
    @DisplayName("has a section for each provider that there is a preset for, and a row in the table of all")
    @EnumSource
    void listsProviders(Provider provider) {
        String name = ConfigValues.spelling(provider);
        assertThat(Page.named("providers.adoc").lines()).contains("[[" + name + "]]")
                .anyMatch(line -> line.startsWith("|<<" + name + ",`" + name + "`>>"));
    }

    @ParameterizedTest
    @DisplayName("lists each configuration key")
    @MethodSource("configRoots")
    void listsKeys(ConfigClass root) {
        assertThat(ConfigRoots.keysOf(root)).isNotEmpty().as("keys of %s", root.getType().getSimpleName())
                .allMatch(KnownKeys::isKey);
    }

    @ParameterizedTest
    @DisplayName("shows what the build has generated, on one page")
    @MethodSource("generated")
    void showsTheGenerated(Path file) {
        String include = "include::./includes/" + file.getFileName() + "[leveloffset=+1]";
        assertThat(Page.all()).filteredOn(page -> page.lines().contains(include)).as("pages with %s", include).hasSize(1);
    }

    /** @return the row of a table that begins with this name */
    private static Optional<String> row(String page, String name) {
        return Page.named(page).lines().stream().filter(line -> Arrays.asList("|`" + name + "` ", "|`" + name + "`|",
                "|[[" + name + "]]`" + name + "` ").stream().anyMatch(line::startsWith)).findFirst();
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name, false, ReferenceTest.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(name, e);
        }
    }
}

package io.quarkiverse.deviceauthorization.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;

@DisplayName("What applications are compiled with")
class PublicApiTest {

    private static final String UPDATE = "api.update";

    enum Artifact {

        RUNTIME("quarkus-device-authorization", Code::isApi),
        DEV_SERVER("quarkus-device-authorization-dev-server", type -> Code.isIn(type, Code.ROOT + ".devserver"));

        private final String id;
        private final Predicate<JavaClass> classes;

        Artifact(String id, Predicate<JavaClass> classes) {
            this.id = id;
            this.classes = classes;
        }

        List<String> listing() {
            Collection<Class<?>> types = Code.all().stream().filter(classes).map(JavaClass::reflect)
                    .collect(Collectors.toList());
            return ApiListing.of(types);
        }

        Path file() {
            return Path.of(System.getProperty("basedir", ""), "api", id + ".txt");
        }
    }

    @ParameterizedTest
    @DisplayName("is listed, so that no change of it goes unnoticed")
    @EnumSource
    void isListed(Artifact artifact) throws IOException {
        List<String> now = artifact.listing();
        if (Boolean.getBoolean(UPDATE)) {
            Files.createDirectories(artifact.file().getParent());
            Files.writeString(artifact.file(), String.join("\n", now), StandardCharsets.UTF_8);
        }
        List<String> listed = Files.readString(artifact.file(), StandardCharsets.UTF_8).lines().toList();
        assertThat(differences(listed, now)).as("""
                %s is not what the code says. If the change is meant, run this test with -D%s=true, commit what it writes, and \
                say in CHANGELOG.md what users have to do. Lines that go or change break users once there is a release""",
                artifact.file().getFileName(), UPDATE).isEmpty();
    }

    private static List<String> differences(List<String> before, List<String> after) {
        Set<String> old = lines(before);
        Set<String> fresh = lines(after);
        List<String> differences = new ArrayList<>();
        old.stream().filter(line -> !fresh.contains(line)).map(line -> "- " + line).forEach(differences::add);
        fresh.stream().filter(line -> !old.contains(line)).map(line -> "+ " + line).forEach(differences::add);
        return differences;
    }

    /** @return each line with the class that it is in */
    private static Set<String> lines(List<String> listing) {
        Set<String> lines = new TreeSet<>();
        String type = "";
        for (String line : listing) {
            if (line.startsWith(" ")) {
                lines.add(type + " { " + line.strip() + " }");
            } else if (!line.isBlank()) {
                type = line;
                lines.add(line);
            }
        }
        return lines;
    }

    @Test
    @DisplayName("names nothing of the implementation")
    void isWhole() {
        Set<String> named = new TreeSet<>();
        Code.all().stream().filter(type -> Code.isApi(type) && isVisible(type)).forEach(type -> {
            type.getRawInterfaces().forEach(parent -> add(named, type, "", parent));
            type.getRawSuperclass().ifPresent(parent -> add(named, type, "", parent));
            type.getMembers().stream().filter(PublicApiTest::isVisible).forEach(member -> member.getAllInvolvedRawTypes()
                    .forEach(involved -> add(named, type, "." + member.getName(), involved)));
        });
        assertThat(named).isEmpty();
    }

    private static void add(Set<String> named, JavaClass type, String member, JavaClass involved) {
        if (Code.isRuntime(involved.getBaseComponentType())) {
            named.add(Code.file(type) + member + " -> " + Code.file(involved.getBaseComponentType()));
        }
    }

    private static boolean isVisible(JavaClass type) {
        return isVisible(type.getModifiers()) && type.getEnclosingClass().map(PublicApiTest::isVisible).orElse(true);
    }

    private static boolean isVisible(JavaMember member) {
        return isVisible(member.getModifiers());
    }

    private static boolean isVisible(Set<JavaModifier> modifiers) {
        return modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED);
    }
}

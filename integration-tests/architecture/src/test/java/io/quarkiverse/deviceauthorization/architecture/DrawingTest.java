package io.quarkiverse.deviceauthorization.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;

import io.quarkiverse.deviceauthorization.architecture.Drawing.Box;

/** Of what the compiled classes use: a constant that the compiler has copied is no use of the class that it is from. */
@DisplayName("The drawing on the page Architecture")
class DrawingTest {

    /** What a package that is not plain Java knows. */
    private static final List<String> NOT_PLAIN = List.of("io.vertx", "io.quarkus", "jakarta.enterprise", "jakarta.inject");

    /** The one box that reaches upwards; {@link CyclesTest} lists the classes that do. */
    private static final String API = "API";

    private final Drawing drawing = Drawing.read();

    @Test
    @DisplayName("has each package in exactly one box, and none that there isn't")
    void packages() {
        assertThat(drawing.boxes().values().stream().map(Box::packages).flatMap(Collection::stream)).doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(Code.all().stream().map(JavaClass::getPackageName)
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    @Test
    @DisplayName("says of each box which others it uses: no fewer, and no more")
    void uses() {
        Map<String, String> classes = new TreeMap<>();
        dependencies().filter(dependency -> Code.isIn(target(dependency), Code.ROOT)).forEach(dependency -> {
            String from = box(dependency.getOriginClass());
            String to = box(target(dependency));
            if (!from.equals(to)) {
                classes.merge(Drawing.arrow(from, to), dependency.getDescription(), (one, other) -> one);
            }
        });
        Set<String> drawn = drawing.boxes().values().stream()
                .flatMap(box -> box.uses().stream().map(used -> Drawing.arrow(box.name(), used)))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(difference(classes.keySet(), drawn).stream().map(arrow -> arrow + ": " + classes.get(arrow)))
                .as("what is in the code, and not in the drawing").isEmpty();
        assertThat(difference(drawn, classes.keySet())).as("what is in the drawing, and not in the code").isEmpty();
    }

    @Test
    @DisplayName("has boxes that use those of layers below, and beside them where an arrow goes; only the API reaches upwards")
    void layers() {
        Set<String> beside = new TreeSet<>();
        drawing.boxes().values().stream().filter(box -> !box.name().equals(API))
                .forEach(box -> box.uses().stream().map(drawing.boxes()::get).forEach(used -> {
                    assertThat(used.layer()).as(Drawing.arrow(box.name(), used.name())).isGreaterThanOrEqualTo(box.layer());
                    if (used.layer() == box.layer()) {
                        beside.add(Drawing.arrow(box.name(), used.name()));
                    }
                }));
        assertThat(drawing.arrows()).isEqualTo(beside);
    }

    @Test
    @DisplayName("has the colour of plain Java on all that knows neither Vert.x nor CDI nor Quarkus, and on nothing else")
    void plain() {
        Set<String> others = dependencies().filter(dependency -> NOT_PLAIN.stream()
                .anyMatch(root -> Code.isIn(target(dependency), root))).map(dependency -> box(dependency.getOriginClass()))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(drawing.boxes().values().stream().filter(box -> !box.plain()).map(Box::name))
                .containsExactlyInAnyOrderElementsOf(others);
    }

    private static Stream<Dependency> dependencies() {
        return Code.all().stream().flatMap(type -> type.getDirectDependenciesFromSelf().stream());
    }

    private static JavaClass target(Dependency dependency) {
        return dependency.getTargetClass().getBaseComponentType();
    }

    private String box(JavaClass type) {
        return drawing.boxes().values().stream().filter(box -> box.packages().contains(type.getPackageName())).map(Box::name)
                .findFirst().orElseGet(() -> fail("No box has the package %s", type.getPackageName()));
    }

    private static Set<String> difference(Set<String> all, Set<String> without) {
        return all.stream().filter(arrow -> !without.contains(arrow)).collect(Collectors.toCollection(TreeSet::new));
    }
}

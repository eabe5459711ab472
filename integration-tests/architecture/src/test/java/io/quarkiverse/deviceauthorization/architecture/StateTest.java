package io.quarkiverse.deviceauthorization.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Lock;
import java.util.stream.Stream;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;

@DisplayName("Nothing changes that belongs to no object:")
class StateTest {

    /**
     * Java locks files for the whole process, not for a thread, so that there can only be one set of these locks in a process.
     * A directory is forgotten when nobody locks anything in it.
     */
    private static final Set<String> ALLOWED = Set
            .of("io.quarkiverse.deviceauthorization.runtime.store.FileLocks.OF_THIS_PROCESS");

    /** Random numbers would be made when a native executable is built, which GraalVM refuses. */
    private static final List<Class<?>> CHANGING = List.of(Thread.class, ThreadLocal.class, Executor.class, StringBuilder.class,
            AtomicBoolean.class, AtomicInteger.class,
            AtomicLong.class, AtomicReference.class,
            Lock.class, Semaphore.class, Random.class);

    @Test
    @DisplayName("static fields are final")
    void finalFields() {
        fields().that().areStatic().should().beFinal()
                .because("what two applications in one JVM share, as tests and dev mode do, one of them finds changed")
                .check(Code.all());
    }

    @Test
    @DisplayName("static fields hold nothing that changes")
    void constants() {
        assertThat(constantFields().filter(field -> CHANGING.stream().anyMatch(type -> type.isAssignableFrom(field.getType()))))
                .isEmpty();
    }

    @Test
    @DisplayName("static collections can't be changed")
    void collections() {
        assertThat(constantFields().filter(field -> Collection.class.isAssignableFrom(field.getType())
                || Map.class.isAssignableFrom(field.getType()))).isNotEmpty().allSatisfy(field -> {
                    field.setAccessible(true);
                    assertThat(field.get(null).getClass().getName())
                            .matches("java\\.util\\.(ImmutableCollections|Collections\\$(Unmodifiable|Empty|Singleton)).*");
                });
    }

    @Test
    @DisplayName("static arrays stay in their class")
    void arrays() {
        assertThat(constantFields().filter(field -> field.getType().isArray()))
                .allMatch(field -> Modifier.isPrivate(field.getModifiers()));
    }

    private static Stream<Field> constantFields() {
        return Code.all().stream().flatMap(type -> type.getFields().stream())
                .filter(field -> field.getModifiers().contains(JavaModifier.STATIC)
                        && !field.getModifiers().contains(JavaModifier.SYNTHETIC) && !ALLOWED.contains(field.getFullName()))
                .map(JavaField::reflect);
    }
}

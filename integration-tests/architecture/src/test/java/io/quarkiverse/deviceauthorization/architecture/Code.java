package io.quarkiverse.deviceauthorization.architecture;

import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.Predefined;

/** The code of all modules, without tests. */
final class Code {

    static final String ROOT = "io.quarkiverse.deviceauthorization";
    static final String RUNTIME = ROOT + ".runtime";

    /** What applications are compiled with. */
    static final String[] API = { ROOT, ROOT + ".event", ROOT + ".filter", ROOT + ".prompt", ROOT + ".provider",
            ROOT + ".store" };

    private static final JavaClasses ALL = new ClassFileImporter()
            .withImportOption(Predefined.DO_NOT_INCLUDE_TESTS).importPackages(ROOT);

    private Code() {
    }

    static JavaClasses all() {
        return ALL;
    }

    static boolean isApi(JavaClass type) {
        return Set.of(API).contains(type.getPackageName());
    }

    static boolean isRuntime(JavaClass type) {
        return isIn(type, RUNTIME);
    }

    static boolean isIn(JavaClass type, String root) {
        return type.getPackageName().equals(root) || type.getPackageName().startsWith(root + ".");
    }

    /** @return the class in whose file it is written, without the packages that all have in common */
    static String file(JavaClass type) {
        JavaClass outermost = type;
        while (outermost.getEnclosingClass().isPresent()) {
            outermost = outermost.getEnclosingClass().get();
        }
        return outermost.getName().substring(ROOT.length() + 1);
    }

    /** @return what some classes need of others, as {@code from -> to}, once for each pair of files */
    static Set<String> uses(Predicate<JavaClass> from, Predicate<JavaClass> to) {
        return ALL.stream().filter(from).flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                .filter(dependency -> to.test(dependency.getTargetClass().getBaseComponentType()))
                .map(Code::arrow).collect(Collectors.toCollection(TreeSet::new));
    }

    private static String arrow(Dependency dependency) {
        return file(dependency.getOriginClass()) + " -> " + file(dependency.getTargetClass().getBaseComponentType());
    }
}

package io.quarkiverse.deviceauthorization.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static io.quarkiverse.deviceauthorization.architecture.Code.ROOT;
import static io.quarkiverse.deviceauthorization.architecture.Code.RUNTIME;

import java.net.URI;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;

@DisplayName("A package knows no more than it says:")
class BoundariesTest {

    /** What the engine is made of: the life of a flow, and the life of tokens. */
    private static final String[] ENGINE = { RUNTIME + ".flow", RUNTIME + ".token", RUNTIME + ".protocol" };

    private static final String CONFIG_KEYS = RUNTIME + ".config.ConfigKeys";

    @Test
    @DisplayName("flows and tokens know neither HTTP nor CDI, nor Quarkus")
    void engineIsPlainJava() {
        check(classes().that().resideInAnyPackage(ENGINE).should()
                .onlyDependOnClassesThat(resideInAnyPackage("java.lang..", "java.util..", "java.time..", "java.security..",
                        "java.nio..", "org.jboss.logging..", "io.smallrye.mutiny..").or(resideInAnyPackage(Code.API))
                        .or(resideInAnyPackage(ENGINE)).or(type(URI.class)).or(name(CONFIG_KEYS)))
                .because("a flow of fifteen minutes is tested in a millisecond, with a clock, a timer, a server and a store"
                        + " that the test brings; of the configuration they know the names of keys, for messages"));
    }

    @Test
    @DisplayName("what the engine does not know by its packages, it does not know by interfaces of the API either")
    void engineShowsNothing() {
        check(noClasses().that().resideInAnyPackage(ENGINE).should().dependOnClassesThat()
                .resideInAnyPackage(ROOT + ".filter", ROOT + ".prompt", RUNTIME + ".filter", RUNTIME + ".prompt")
                .because("whom tokens are sent to, and how people are told, is decided around a flow and not in it"));
    }

    @Test
    @DisplayName("a store knows neither flows under way, nor servers")
    void storesOnlyStore() {
        check(noClasses().that().resideInAnyPackage(ROOT + ".store", RUNTIME + ".store", ROOT + ".redis..").should()
                .dependOnClassesThat().resideInAnyPackage(RUNTIME, RUNTIME + ".flow", RUNTIME + ".token",
                        RUNTIME + ".endpoint", RUNTIME + ".filter", RUNTIME + ".provider")
                .because(
                        "a store of an application can do what ours can: it replaces by compare-and-set, and decides nothing"));
    }

    @Test
    @DisplayName("Redis shares with the file store how things are written, encrypted and configured, and no more")
    void redis() {
        check(noClasses().that().resideInAPackage(ROOT + ".redis..").should()
                .dependOnClassesThat(resideInAnyPackage(RUNTIME + "..")
                        .and(not(resideInAnyPackage(RUNTIME + ".store", RUNTIME + ".credentials", RUNTIME + ".config",
                                RUNTIME + ".protocol"))))
                .because("what else it needs is missing from the interface that stores implement"));
    }

    @Test
    @DisplayName("the sign-in page is made with what every application has")
    void web() {
        check(noClasses().that().resideInAPackage(ROOT + ".web.runtime").should()
                .dependOnClassesThat(resideInAnyPackage(RUNTIME + "..").and(not(resideInAnyPackage(RUNTIME + ".config"))))
                .because("an application must be able to build the same page by itself"));
    }

    @Test
    @DisplayName("the development server is plain Java")
    void devServer() {
        check(classes().that().resideInAPackage(ROOT + ".devserver..").should().onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "javax.crypto..", "com.sun.net.httpserver..", "com.fasterxml.jackson..",
                        "org.jose4j..", "org.eclipse.microprofile.config..", ROOT + ".devserver..")
                .because("it runs in tests of any application, and by itself"));
    }

    @Test
    @DisplayName("what runs in an application knows neither the build nor the development server")
    void runtimeIsAlone() {
        check(noClasses().that().resideInAnyPackage(Code.API).or().resideInAPackage(RUNTIME + "..").or()
                .resideInAnyPackage(ROOT + ".web.runtime", ROOT + ".redis.runtime").should().dependOnClassesThat()
                .resideInAnyPackage(ROOT + "..deployment..", ROOT + ".devserver..", "io.quarkus.deployment..")
                .because("they are not there"));
        check(noClasses().that().resideOutsideOfPackages(RUNTIME + ".dev", ROOT + ".deployment..").should()
                .dependOnClassesThat().resideInAPackage(RUNTIME + ".dev")
                .because("what the Dev UI asks for is there in dev mode only"));
    }

    @Test
    @DisplayName("what is there with another extension only is named by the bridge to it only")
    void bridges() {
        check(onlyIn("io.quarkus.oidc.client..", RUNTIME + ".oidcclient", "BridgeRecorder"));
        check(onlyIn("io.quarkiverse.langchain4j..", RUNTIME + ".mcp", "BridgeRecorder"));
        check(onlyIn("io.micrometer..", RUNTIME + ".metrics", "NoDoor"));
        check(onlyIn("io.opentelemetry..", RUNTIME + ".tracing", "NoDoor"));
        check(onlyIn("org.eclipse.microprofile.health..", RUNTIME + ".health", "DeviceAuthorizationStoreHealthCheck"));
    }

    private static ArchRule onlyIn(String optional, String bridge, String door) {
        return noClasses().that().resideOutsideOfPackages(bridge, "..deployment..").and()
                .haveNameNotMatching(".*\\." + door + "(\\$.*)?").should()
                .dependOnClassesThat().resideInAPackage(optional)
                .because("a class that names it can't be loaded where it is missing");
    }

    private static DescribedPredicate<JavaClass> name(String name) {
        return DescribedPredicate.describe(name, type -> type.getName().equals(name));
    }

    private static void check(ArchRule rule) {
        rule.check(Code.all());
    }
}

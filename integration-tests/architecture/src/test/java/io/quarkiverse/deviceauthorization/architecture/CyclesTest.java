package io.quarkiverse.deviceauthorization.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Predicate;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;

@DisplayName("Packages depend on each other in one direction:")
class CyclesTest {

    @Test
    @DisplayName("those of the API")
    void api() {
        noCycles("the API", Code::isApi);
    }

    @Test
    @DisplayName("those below runtime")
    void runtime() {
        noCycles("the implementation", Code::isRuntime);
    }

    @Test
    @DisplayName("those of all other modules")
    void others() {
        noCycles("other modules", type -> !Code.isApi(type) && !Code.isRuntime(type));
    }

    /**
     * The implementation uses the API everywhere, so each line here is a cycle. They are those classes of the API that do
     * something, and that applications make with {@code new}, so that nothing can be handed to them.
     */
    @Test
    @DisplayName("the API knows the implementation through these doors, and no others")
    void doors() {
        assertThat(Code.uses(Code::isApi, Code::isRuntime)).containsExactly(
                // a record that proves and tells what its own members say: a proof of its key, the claims of its ID token
                "Tokens -> runtime.dpop.DpopKey",
                "Tokens -> runtime.idtoken.IdTokenClaims",
                // registered with REST clients that are built in code; those that are annotated have another filter, which is
                // not API, and does the same
                "filter.DeviceAuthorizationRequestFilter -> runtime.filter.Authorizer");
    }

    private static void noCycles(String what, Predicate<JavaClass> which) {
        SlicesRuleDefinition.slices().assignedFrom(new SliceAssignment() {

            @Override
            public SliceIdentifier getIdentifierOf(JavaClass type) {
                return which.test(type) ? SliceIdentifier.of(type.getPackageName()) : SliceIdentifier.ignore();
            }

            @Override
            public String getDescription() {
                return "packages of " + what;
            }
        }).should().beFreeOfCycles()
                .because("what is in a cycle can only be understood, tested and changed together").check(Code.all());
    }
}

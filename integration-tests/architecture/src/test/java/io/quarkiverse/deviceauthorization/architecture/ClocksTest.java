package io.quarkiverse.deviceauthorization.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import com.tngtech.archunit.core.domain.JavaAccess;

@DisplayName("Time comes from outside:")
class ClocksTest {

    @Test
    @DisplayName("nothing asks the system for the time of day")
    void nobodyAsks() {
        noClasses().that().resideOutsideOfPackages(Code.ROOT + ".devserver..", "..deployment..").should()
                .callMethod(Instant.class, "now").orShould().callMethod(System.class, "currentTimeMillis").orShould()
                .callMethod(Clock.class, "systemDefaultZone")
                .because("every deadline, interval and expiry is tested on a virtual clock").check(Code.all());
    }

    @Test
    @DisplayName("the clock of the system is handed over where things are put together, and nowhere else")
    void doors() {
        Set<String> users = Code.all().stream().filter(type -> !Code.isIn(type, Code.ROOT + ".devserver"))
                .flatMap(type -> type.getMethodCallsFromSelf().stream())
                .filter(call -> call.getTargetOwner().isEquivalentTo(Clock.class) && call.getName().equals("systemUTC"))
                .map(JavaAccess::getOriginOwner).map(Code::file).collect(Collectors.toCollection(TreeSet::new));
        assertThat(users).containsExactly(
                // a record that an application may make by itself, for the time in a DPoP proof
                "Tokens",
                "redis.runtime.DeviceAuthorizationStoreHealthCheck",
                "redis.runtime.RedisStoreProducer",
                "runtime.DeviceAuthorizationClients",
                "runtime.Stores",
                "runtime.dev.FlowHistory",
                "runtime.filter.Authorizer",
                "web.runtime.SignInPages");
    }
}

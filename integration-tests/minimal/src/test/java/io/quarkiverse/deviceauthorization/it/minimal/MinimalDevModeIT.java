package io.quarkiverse.deviceauthorization.it.minimal;

import static org.assertj.core.api.Assertions.assertThat;

import org.jboss.logmanager.ExtLogRecord;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkus.test.QuarkusDevModeTest;

/** Apart from the tests of the module, since Quarkus does not mix the two kinds in one run. */
@DisplayName("In dev mode, an application without HTTP")
class MinimalDevModeIT {

    @RegisterExtension
    static final QuarkusDevModeTest APPLICATION = new QuarkusDevModeTest()
            .withApplicationRoot(jar -> jar.addClasses(Kiosk.class, SignInAtStart.class))
            .setLogRecordPredicate(entry -> entry.getLoggerName().equals(SignInAtStart.class.getName()));

    @DisplayName("has the Dev Service, and nothing of the Dev UI")
    @Test
    void starts() {
        assertThat(APPLICATION.getLogRecords()).extracting(entry -> ((ExtLogRecord) entry).getFormattedMessage())
                .contains("Beans of the Dev UI: 0")
                .anyMatch(message -> message.matches("Somebody could sign in at http://localhost:[0-9]+/activate"));
    }
}

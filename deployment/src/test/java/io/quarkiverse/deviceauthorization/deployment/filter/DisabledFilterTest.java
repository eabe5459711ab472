package io.quarkiverse.deviceauthorization.deployment.filter;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.deviceauthorization.filter.DeviceAuthorizationFilter;
import io.quarkus.test.QuarkusUnitTest;

@DisplayName("Without the extension, REST clients that count on its tokens are told of when the application is built")
class DisabledFilterTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClass(Things.class))
            .overrideConfigKey("quarkus.device-authorization.enabled", "false")
            .setLogRecordPredicate(record -> record.getLoggerName().startsWith("io.quarkiverse.deviceauthorization"))
            .assertLogRecords(records -> assertThat(records).extracting(record -> record.getLevel() + " "
                    + String.format(record.getMessage(),
                            record.getParameters() == null ? new Object[0] : record.getParameters()))
                    .containsExactly("WARN quarkus.device-authorization.enabled=false: calls of these REST clients are sent"
                            + " without tokens: [" + Things.class.getName() + "]"));

    @Path("things")
    @DeviceAuthorizationFilter
    public interface Things {

        @GET
        String get();
    }

    @Test
    void isBuilt() {
    }
}

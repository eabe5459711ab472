package io.quarkiverse.deviceauthorization.deployment.filter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.logging.LogRecord;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;

import org.jboss.logmanager.ExtLogRecord;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.deviceauthorization.DeviceAuthorization;
import io.quarkiverse.deviceauthorization.Tokens;
import io.quarkiverse.deviceauthorization.filter.DeviceAuthorizationFilter;
import io.quarkus.test.QuarkusUnitTest;

@DisplayName("REST clients that log their requests, and repeat them, show no token and no proof")
class LoggedCallsTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = application();

    private static QuarkusUnitTest application() {
        QuarkusUnitTest application = FilterApplication.of()
                .overrideConfigKey("quarkus.device-authorization.dpop", "true")
                .overrideConfigKey("quarkus.rest-client.logging.scope", "request-response")
                .overrideConfigKey("quarkus.log.min-level", "TRACE")
                .overrideConfigKey("quarkus.log.console.level", "INFO")
                .setLogRecordPredicate(log -> true)
                .assertLogRecords(LoggedCallsTest::assertNothingLeaked);
        List.of("io.quarkiverse.deviceauthorization", "org.jboss.resteasy.reactive", "io.quarkus.rest.client", "io.smallrye",
                "io.vertx").forEach(
                        category -> application.overrideConfigKey("quarkus.log.category.\"" + category + "\".level",
                                "TRACE"));
        return application;
    }

    /** Quarkus 3.33 writes the first one, later ones write the second. */
    private static final String MASK = "(\\*{4}|<hidden>)";

    private static void assertNothingLeaked(List<LogRecord> log) {
        List<String> lines = log.stream().map(LoggedCallsTest::line).toList();
        String secret = System.clearProperty("filter-test.secret");
        assertThat(secret).isNotBlank();
        assertThat(lines).anySatisfy(line -> assertThat(line).contains("Request: GET")
                .containsPattern("Authorization=" + MASK).containsPattern("DPoP=" + MASK))
                .allSatisfy(line -> assertThat(line).doesNotContain(secret).doesNotContain("eyJ"));
    }

    private static String line(LogRecord log) {
        StringWriter line = new StringWriter();
        line.append(log instanceof ExtLogRecord formatted ? formatted.getFormattedMessage() : log.getMessage());
        if (log.getThrown() != null) {
            log.getThrown().printStackTrace(new PrintWriter(line, true));
        }
        return line.toString();
    }

    @DeviceAuthorizationFilter
    public interface Things {

        @GET
        String get();
    }

    @Inject
    DeviceAuthorization client;

    @Inject
    Api api;

    @Test
    void theyAreHidden() {
        Tokens tokens = Api.signIn(client);
        System.setProperty("filter-test.secret", tokens.accessToken().value());
        api.refuse(tokens);
        assertThat(api.client(Things.class).get()).isEqualTo("hello");
        assertThat(api.calls()).hasSize(2).allSatisfy(call -> assertThat(call.headers().contains("DPoP")).isTrue());
    }
}

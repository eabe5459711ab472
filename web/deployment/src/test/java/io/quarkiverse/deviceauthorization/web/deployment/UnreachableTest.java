package io.quarkiverse.deviceauthorization.web.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import org.jboss.logmanager.ExtLogRecord;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.deviceauthorization.web.deployment.Browser.Answer;
import io.quarkus.test.QuarkusUnitTest;
import io.quarkus.test.common.http.TestHTTPResource;

@DisplayName("The sign-in page of a client whose server can't be asked")
class UnreachableTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClass(Browser.class))
            .overrideConfigKey("quarkus.device-authorization.auth-server-url", "http://127.0.0.1:1")
            .overrideConfigKey("quarkus.device-authorization.client-id", "kiosk")
            .overrideConfigKey("quarkus.device-authorization-web.clients", "<default>,away")
            .overrideConfigKey("quarkus.device-authorization.away.auth-server-url", "http://127.0.0.1:1")
            .overrideConfigKey("quarkus.device-authorization.away.client-id", "away")
            .overrideRuntimeConfigKey("quarkus.device-authorization.away.active", "false")
            .setLogRecordPredicate(entry -> entry.getLoggerName().endsWith(".SignInPage"))
            .assertLogRecords(entries -> assertThat(entries)
                    .extracting(entry -> entry.getLevel() + " " + ExtLogRecord.wrap(entry).getFormattedMessage())
                    .anyMatch(text -> text.startsWith("WARN The sign-in page of client '<default>' can't do what it should: The"
                            + " authorization server of the default client can't be asked: http://127.0.0.1:1 refuses"))
                    .anyMatch(text -> text.startsWith("WARN The sign-in page of client 'away' can't do what it should: ")
                            && text.contains("quarkus.device-authorization.away.active=false")));

    @TestHTTPResource("sign-in")
    String page;

    @Test
    @DisplayName("says so, in words for people, and lets them try again")
    void unreachable() {
        Answer answer = new Browser(page).start();

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.header("Retry-After")).isEqualTo("60");
        assertThat(answer.text()).contains("The sign-in service can't be reached at the moment").contains("Sign in")
                .doesNotContain("127.0.0.1").doesNotContain("Exception");
    }

    @Test
    @DisplayName("says that it isn't possible when the client is switched off")
    void inactive() {
        Answer answer = new Browser(page + "/away").start();

        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.text()).contains("Signing in is not possible at the moment").doesNotContain("quarkus.");
    }
}

package io.quarkiverse.deviceauthorization;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.Optional;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The exception of a sign-in that did not succeed")
class DeviceAuthorizationExceptionTest {

    private static final OAuthError ERROR = new OAuthError("access_denied", Optional.of("The person said no"),
            Optional.of("https://login.example.com/errors/1"), 403);

    @Test
    @DisplayName("has what the server said")
    void answered() {
        DeviceAuthorizationException problem = new AccessDeniedException("The person refused", ERROR);

        assertThat(problem.error()).contains("access_denied");
        assertThat(problem.errorDescription()).contains("The person said no");
        assertThat(problem.errorUri()).contains("https://login.example.com/errors/1");
        assertThat(problem.status()).hasValue(403);
        assertThat(ERROR).hasToString("access_denied (The person said no), HTTP status 403");
        assertThat(new OAuthError("slow_down", Optional.empty(), Optional.empty(), 400))
                .hasToString("slow_down, HTTP status 400");
    }

    @Test
    @DisplayName("says that the server said nothing, where it didn't: no status at all is not a status of zero")
    void notAnswered() {
        DeviceAuthorizationException problem = new AuthorizationServerException("No connection", 0, null);

        assertThat(problem.error()).isEmpty();
        assertThat(problem.errorDescription()).isEmpty();
        assertThat(problem.errorUri()).isEmpty();
        assertThat(problem.status()).isEmpty();
        assertThat(new AuthorizationServerException("A gateway", 502, null).status()).hasValue(502);
    }

    @Test
    @DisplayName("keeps its message and status when it is sent to another program, and nothing of what the server said")
    void serialized() throws Exception {
        ByteArrayOutputStream sent = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(sent)) {
            out.writeObject(new AccessDeniedException("The person refused", ERROR));
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(sent.toByteArray()))) {
            DeviceAuthorizationException received = (DeviceAuthorizationException) in.readObject();
            assertThat(received).isInstanceOf(AccessDeniedException.class).hasMessage("The person refused");
            assertThat(received.error()).isEmpty();
            assertThat(received.status()).hasValue(403);
        }
    }
}

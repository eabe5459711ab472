package io.quarkiverse.deviceauthorization.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.quarkiverse.deviceauthorization.DeviceAuthorizationException;
import io.quarkiverse.deviceauthorization.PendingAuthorization;
import io.quarkiverse.deviceauthorization.Secret;
import io.quarkiverse.deviceauthorization.Tokens;
import io.quarkiverse.deviceauthorization.event.Approved;
import io.quarkiverse.deviceauthorization.event.Pending;
import io.quarkiverse.deviceauthorization.event.SignedOut;
import io.quarkiverse.deviceauthorization.event.SlowedDown;
import io.quarkiverse.deviceauthorization.event.TransientFailure;

/** What comes of an answer. A poll was sent 5 s after the start; a flow has not been started yet. */
interface Outcome {

    /** In a few words. */
    String text();

    void check(Scenario scenario);

    /** Endpoints are found. */
    record Endpoints(String deviceAuthorization) implements Outcome {

        @Override
        public String text() {
            return "endpoints";
        }

        @Override
        public void check(Scenario scenario) {
            scenario.start();
            assertThat(scenario.last().endpoint()).hasToString(deviceAuthorization);
        }
    }

    /**
     * A flow starts.
     *
     * @param complete the complete verification URI, or null
     */
    record Codes(String deviceCode, String userCode, String uri, String complete, long expiresIn, long interval,
            Map<String, Object> parameters) implements Outcome {

        @Override
        public String text() {
            return "codes";
        }

        @Override
        public void check(Scenario scenario) {
            PendingAuthorization flow = scenario.start();
            assertThat(flow.deviceCode().value()).isEqualTo(deviceCode);
            assertThat(flow.userCode()).isEqualTo(userCode);
            assertThat(flow.verificationUri()).hasToString(uri);
            assertThat(flow.verificationUriComplete().map(Object::toString).orElse(null)).isEqualTo(complete);
            assertThat(flow.expiresAt()).isEqualTo(Scenario.BEGINNING.plusSeconds(expiresIn));
            assertThat(flow.interval()).isEqualTo(Duration.ofSeconds(interval));
            assertThat(flow.parameters()).isEqualTo(parameters);
        }
    }

    /** No flow starts: the exact exception and message. */
    record NoFlow(Class<? extends Exception> type, String message) implements Outcome {

        @Override
        public String text() {
            return type.getSimpleName();
        }

        @Override
        public void check(Scenario scenario) {
            assertThat(catchThrowable(scenario::start)).isExactlyInstanceOf(type).hasMessage(message);
            assertThat(scenario.events()).isEmpty();
        }
    }

    /** The person has not decided: the next poll comes an interval later. */
    record NotYet() implements Outcome {

        @Override
        public String text() {
            return "pending: asked again after the interval";
        }

        @Override
        public void check(Scenario scenario) {
            int requests = scenario.sent().size();
            scenario.advance(4);
            assertThat(scenario.sent()).hasSize(requests);
            scenario.advance(1);
            assertThat(scenario.sent()).hasSize(requests + 1);
            assertThat(scenario.events(Pending.class)).hasSize(2);
            assertThat(scenario.events(TransientFailure.class)).isEmpty();
            scenario.stillWaits();
        }
    }

    /** The client is too fast: the interval is longer from now on. */
    record Slower(long interval) implements Outcome {

        @Override
        public String text() {
            return "slow_down: from now on every " + interval + " s";
        }

        @Override
        public void check(Scenario scenario) {
            assertThat(scenario.events(SlowedDown.class)).extracting(SlowedDown::interval)
                    .containsExactly(Duration.ofSeconds(interval));
            int requests = scenario.sent().size();
            scenario.advance(interval - 1);
            assertThat(scenario.sent()).hasSize(requests);
            scenario.advance(1 + interval);
            assertThat(scenario.sent()).hasSize(requests + 2);
            scenario.stillWaits();
        }
    }

    /** The flow has ended, by the exact exception, and nothing more is sent. */
    record Ended(Class<? extends DeviceAuthorizationException> type, String code, int status, String description)
            implements
                Outcome {

        @Override
        public String text() {
            return type.getSimpleName() + " (" + code + ")";
        }

        @Override
        public void check(Scenario scenario) {
            int requests = scenario.sent().size();
            scenario.advance(3600);
            assertThat(scenario.sent()).as("nothing more is sent").hasSize(requests);
            assertThat(scenario.refusal()).isExactlyInstanceOf(type).isInstanceOfSatisfying(
                    DeviceAuthorizationException.class, refusal -> {
                        assertThat(refusal.error()).contains(code);
                        assertThat(refusal.status()).hasValue(status);
                        assertThat(refusal.errorDescription().orElse(null)).isEqualTo(description);
                    });
        }
    }

    /** That was no answer: the flow survives, and the next poll comes later than the interval. */
    record NoAnswer(String message, double next) implements Outcome {

        @Override
        public String text() {
            return "no OAuth answer: the flow goes on " + (int) (next - 5) + " s later";
        }

        @Override
        public void check(Scenario scenario) {
            assertThat(scenario.events(TransientFailure.class)).extracting(TransientFailure::message).containsExactly(message);
            int requests = scenario.sent().size();
            scenario.advance(400);
            assertThat(scenario.sent().get(requests).at()).isEqualTo(next);
            scenario.stillWaits();
        }
    }

    /**
     * The person has approved.
     *
     * @param refreshToken the refresh token, or null
     * @param expiresAt when the access token ends, or null
     */
    record Granted(String accessToken, String type, String refreshToken, Instant expiresAt, List<String> scopes,
            Map<String, Object> parameters) implements Outcome {

        @Override
        public String text() {
            return "tokens";
        }

        @Override
        public void check(Scenario scenario) {
            Tokens tokens = scenario.granted();
            assertThat(tokens.accessToken().value()).isEqualTo(accessToken);
            assertThat(tokens.tokenType()).isEqualTo(type);
            assertThat(tokens.refreshToken().map(Secret::value).orElse(null)).isEqualTo(refreshToken);
            assertThat(tokens.expiresAt().orElse(null)).isEqualTo(expiresAt);
            assertThat(tokens.scopes()).containsExactlyElementsOf(scopes);
            assertThat(tokens.parameters()).isEqualTo(parameters);
            assertThat(scenario.events(Approved.class)).hasSize(1);
        }
    }

    /** The tokens are revoked and forgotten. */
    record Revoked() implements Outcome {

        @Override
        public String text() {
            return "revoked";
        }

        @Override
        public void check(Scenario scenario) {
            scenario.signOut();
            assertThat(scenario.events(SignedOut.class)).hasSize(1);
        }
    }
}

package io.quarkiverse.deviceauthorization.conformance;

import static io.quarkiverse.deviceauthorization.conformance.ServerAnswer.codes;
import static io.quarkiverse.deviceauthorization.conformance.ServerAnswer.tokens;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import io.quarkiverse.deviceauthorization.runtime.config.ConfigValues;
import io.quarkiverse.deviceauthorization.runtime.provider.Provider;

/**
 * What comes of an answer that a provider really sends.
 *
 * @param fixture the name of the file that has the answer
 * @param from who sends it
 * @param step what it answers
 * @param outcome what comes of it
 */
record Expectation(String fixture, Sender from, Step step, Outcome outcome) {

    /** What was sent before the answer came. */
    enum Step {

        METADATA("metadata"),
        START("device authorization"),
        POLL("poll"),
        REVOCATION("revocation");

        private final String text;

        Step(String text) {
            this.text = text;
        }

        String text() {
            return text;
        }
    }

    /** Who sends it, and how the client is configured for that. */
    enum Sender {

        AUTH0("Auth0", Provider.AUTH0, "auth-server-url", "https://login.example.com", "audience", "https://api.example.com"),
        YOTO("Yoto", Provider.YOTO),
        GOOGLE("Google", Provider.GOOGLE, "credentials.secret", "s3cret"),
        GITHUB("GitHub", Provider.GITHUB),
        ENTRA("Microsoft Entra", Provider.MICROSOFT, "auth-server-url", "https://login.microsoftonline.com/common/v2.0"),
        OKTA("Okta", Provider.OKTA, "auth-server-url", "https://home.okta.com", "device-authorization-path", "/device",
                "token-path", "/token"),
        /** The signatures of the fixtures are no signatures. */
        KEYCLOAK("Keycloak", Provider.KEYCLOAK, "auth-server-url", "https://keycloak.example.com/realms/tv", "id-token.check",
                "false"),
        DEX("Dex", null, "auth-server-url", "https://dex.example.com", "device-authorization-path", "/device/code",
                "token-path", "/token"),
        TWITCH("Twitch", Provider.TWITCH),
        TRAKT("Trakt", Provider.TRAKT, "credentials.secret", "s3cret"),
        /** The ID token of the fixture names nothing that could be checked. */
        SALESFORCE("Salesforce", Provider.SALESFORCE, "id-token.check", "false"),
        AWS("AWS SSO OIDC", null, "auth-server-url", "https://oidc.eu-west-1.amazonaws.com", "device-authorization-path",
                "/device_authorization", "token-path", "/token"),
        FACEBOOK("Facebook", null, "auth-server-url", "https://graph.facebook.com", "device-authorization-path",
                "/device/login", "token-path", "/device/login_status"),
        GATEWAY("Any server, or what is in front of it", null, "auth-server-url", "https://login.example.com",
                "device-authorization-path", "/device", "token-path", "/token");

        private final String text;
        private final Optional<Provider> preset;
        private final List<String> settings;

        Sender(String text, Provider preset, String... settings) {
            this.text = text;
            this.preset = Optional.ofNullable(preset);
            this.settings = List.of(settings);
        }

        String text() {
            return text;
        }

        /** What {@code provider} is set to, if it is. */
        Optional<String> preset() {
            return preset.map(ConfigValues::spelling);
        }

        private Scenario scenario() {
            return Scenario.configured(Stream.concat(settings.stream(), Stream.concat(Stream.of("client-id", "tv"),
                    preset().stream().flatMap(name -> Stream.of("provider", name)))).toArray(String[]::new));
        }

        private boolean discovers() {
            return this == KEYCLOAK;
        }
    }

    /** A client of the sender, which gets the answer, and then "not yet" for ever. */
    private Scenario scenario() {
        Scenario scenario = from.scenario();
        if (from.discovers() && step != Step.METADATA) {
            scenario.answering(ServerAnswer.fixture("keycloak-metadata"));
        }
        return switch (step) {
            case METADATA -> scenario.answering(ServerAnswer.fixture(fixture), codes());
            case START -> scenario.answering(ServerAnswer.fixture(fixture));
            case POLL -> scenario.answering(codes(), ServerAnswer.fixture(fixture));
            case REVOCATION -> scenario.answering(codes(), tokens("1"), ServerAnswer.fixture(fixture));
        };
    }

    void check() {
        Scenario scenario = scenario();
        if (step == Step.POLL || step == Step.REVOCATION) {
            scenario.signIn().advance(5);
        }
        outcome.check(scenario);
    }

    /** What it is, for the names of cases and for the documentation. */
    String text() {
        return step.text + ", " + outcome.text();
    }
}

package io.quarkiverse.deviceauthorization.runtime.prompt;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;

import io.quarkiverse.deviceauthorization.PendingAuthorization;
import io.quarkiverse.deviceauthorization.event.DeviceAuthorizationEvent;
import io.quarkiverse.deviceauthorization.event.Failed;
import io.quarkiverse.deviceauthorization.event.GaveUp;
import io.quarkiverse.deviceauthorization.event.SlowedDown;
import io.quarkiverse.deviceauthorization.event.TransientFailure;
import io.quarkiverse.deviceauthorization.prompt.Prompt;

/**
 * Writes a JSON object for each thing that happens, on a line of its own (JSON Lines), in ASCII, for programs and agents that
 * run this one. Members are called as in RFC 8628 §3.2, and the device code is none of them.
 */
final class JsonPrompt implements Prompt {

    private final PrintStream out;
    private final Locale locale;
    private final InstantSource clock;

    JsonPrompt(PrintStream out, Locale locale, InstantSource clock) {
        this.out = out;
        this.locale = locale;
        this.clock = clock;
    }

    @Override
    public void show(PendingAuthorization pending) {
        Line line = new Line("prompt", pending)
                .add("verification_uri", pending.verificationUri().toString())
                .add("user_code", pending.userCode());
        if (pending.verificationUriComplete().isPresent()) {
            line.add("verification_uri_complete", pending.verificationUriComplete().get().toString());
        }
        Duration left = Duration.between(clock.instant(), pending.expiresAt());
        write(line.add("expires_at", pending.expiresAt().toString())
                .add("expires_in", Math.max(0, left.toSeconds()))
                .add("interval", pending.interval().toSeconds())
                .add("warning", PromptTexts.of(locale, StandardCharsets.UTF_8).get(PromptTexts.Text.WARNING)));
    }

    @Override
    public void onEvent(PendingAuthorization pending, DeviceAuthorizationEvent event) {
        Line line = new Line(name(event), pending);
        if (event instanceof SlowedDown slowedDown) {
            line.add("interval", slowedDown.interval().toSeconds());
        } else if (event instanceof TransientFailure failure) {
            line.add("failures", failure.failures()).add("message", failure.message());
        } else if (event instanceof GaveUp gaveUp) {
            line.add("message", gaveUp.message());
        } else if (event instanceof Failed failed) {
            line.add("error", failed.error());
        }
        write(line);
    }

    /** @return the name of the event's type, as JSON has names: {@code slowed_down} */
    private static String name(DeviceAuthorizationEvent event) {
        String type = event.getClass().getSimpleName();
        StringBuilder name = new StringBuilder(type.length() + 1);
        for (int i = 0; i < type.length(); i++) {
            char letter = type.charAt(i);
            if (i > 0 && Character.isUpperCase(letter)) {
                name.append('_');
            }
            name.append(Character.toLowerCase(letter));
        }
        return name.toString();
    }

    /** One call, so that lines of others don't get in between. */
    private void write(Line line) {
        out.print(line.json.append("}\n"));
        out.flush();
    }

    private static final class Line {

        private final StringBuilder json = new StringBuilder(300).append('{');

        private Line(String event, PendingAuthorization pending) {
            add("event", event).add("id", pending.id()).add("client", pending.client()).add("owner", pending.owner());
        }

        private Line add(String name, String value) {
            name(name).append('"');
            for (int i = 0; i < value.length(); i++) {
                append(value.charAt(i));
            }
            json.append('"');
            return this;
        }

        private Line add(String name, long value) {
            name(name).append(value);
            return this;
        }

        private StringBuilder name(String name) {
            return json.append(json.length() > 1 ? "," : "").append('"').append(name).append("\":");
        }

        private void append(char character) {
            if (character == '"' || character == '\\') {
                json.append('\\').append(character);
            } else if (character >= ' ' && character <= '~') {
                json.append(character);
            } else {
                String code = Integer.toHexString(character);
                json.append("\\u").append("0".repeat(4 - code.length())).append(code);
            }
        }
    }
}

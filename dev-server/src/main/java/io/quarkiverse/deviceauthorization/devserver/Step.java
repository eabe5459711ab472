package io.quarkiverse.deviceauthorization.devserver;

import java.util.Locale;
import java.util.function.Consumer;

/** A step of the script. Its {@code toString} is what the status shows. */
sealed interface Step {

    /** What one poll gets. */
    enum PollAnswer implements Step {
        PENDING,
        SLOW_DOWN;

        OAuthException error(DeviceFlow flow) {
            return this == SLOW_DOWN ? TokenEndpoint.slowDown(flow)
                    : new OAuthException("authorization_pending", "The user has yet to approve the request");
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What the person does with all pending flows. */
    record Decision(String name, Consumer<DeviceFlow> effect) implements Step {
        @Override
        public String toString() {
            return name;
        }
    }

    /** A fault: this answer instead of the server's own. */
    record Answer(Response response) implements Step {
        @Override
        public String toString() {
            return response.dropped() ? "drop_connection" : "answer " + response.status();
        }
    }

    /** A fault: the server's answer is lost on its way. */
    record LoseAnswer() implements Step {
        @Override
        public String toString() {
            return "lose_answer";
        }
    }
}

package io.quarkiverse.deviceauthorization.it.redis;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;

/** One sign-in of the plan, and what those who asked for it have heard. */
final class SignIn {

    static final String TOKENS = "tokens";

    /**
     * How it has ended, as a node tells it.
     *
     * @param kind {@link #TOKENS}, or the type of an exception
     * @param held which tokens, or why not
     */
    record Outcome(String kind, JsonNode held) {

        static Outcome of(Http.Answer answer) {
            if (answer.status() == 404) {
                return new Outcome("unknown", MissingNode.getInstance());
            }
            JsonNode body = answer.json();
            return new Outcome(answer.status() == 200 ? TOKENS : body.path("type").asText(), body);
        }

        boolean granted() {
            return kind.equals(TOKENS);
        }
    }

    /**
     * A request to a node.
     *
     * @param node the process
     * @param at when, in microseconds
     */
    record Asked(Incarnation node, long at) {
    }

    final Plan plan;
    private final List<Outcome> heard = new CopyOnWriteArrayList<>();
    private final List<Asked> cancelling = new CopyOnWriteArrayList<>();
    private volatile int repetitions;
    private volatile String id;
    private volatile String userCode;
    private volatile long decidedAt;
    private volatile Outcome outcome;

    SignIn(Plan plan) {
        this.plan = plan;
    }

    /** A start that nobody heard of may have been one all the same: the next one is somebody else's. */
    void startAgain() {
        repetitions++;
    }

    int repetitions() {
        return repetitions;
    }

    String path() {
        return "/accounts/" + owner() + "/sign-in";
    }

    String owner() {
        return "person-" + plan.number() + (repetitions > 0 ? "-" + repetitions : "");
    }

    void started(JsonNode answer) {
        userCode = answer.get("userCode").textValue();
        id = answer.get("id").textValue();
    }

    Optional<String> id() {
        return Optional.ofNullable(id);
    }

    String userCode() {
        return userCode;
    }

    void decided() {
        decidedAt = Micros.now();
    }

    long decidedAt() {
        return decidedAt;
    }

    /** Somebody who waited got this. */
    void heard(Outcome outcome) {
        heard.add(outcome);
    }

    List<Outcome> heard() {
        return heard;
    }

    /** This process was asked to cancel it. */
    void cancelling(Incarnation by) {
        cancelling.add(new Asked(by, Micros.now()));
    }

    List<Asked> cancelling() {
        return cancelling;
    }

    void ended(Outcome outcome) {
        this.outcome = outcome;
    }

    Optional<Outcome> outcome() {
        return Optional.ofNullable(outcome);
    }

    @Override
    public String toString() {
        return "flow " + id + " (" + owner() + ", " + userCode + "), planned " + plan + ", decided " + decidedAt
                + ", cancelled by " + cancelling + ", heard " + heard + ", outcome " + outcome;
    }
}

package io.quarkiverse.deviceauthorization.it.redis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import io.quarkiverse.deviceauthorization.it.redis.NodeEvents.Told;
import io.quarkiverse.deviceauthorization.it.redis.SignIn.Outcome;

/** Compares how each sign-in has ended with what was decided, what the server answered, and what was done to the nodes. */
final class Judgement {

    /** How a sign-in has ended. */
    enum Verdict {
        TOKENS("approved, with tokens"),
        DENIED("denied"),
        CANCELLED("cancelled"),
        EXPIRED("expired"),
        LOST("approved, and the tokens ended with the process that had just got them"),
        WRONG("anything else");

        final String text;

        Verdict(String text) {
            this.text = text;
        }
    }

    /** How the end of a sign-in was told. */
    enum Telling {
        ONCE("told once"),
        NEVER("never told: the process was killed first"),
        CORRECTED("told as failed, and then as approved: by a process that was frozen with the tokens"),
        WRONG("anything else");

        final String text;

        Telling(String text) {
            this.text = text;
        }
    }

    private static final long NEAR = Micros.of(Duration.ofSeconds(10));

    /** How long after it was killed a process may seem to be asked. */
    private static final long LITTLE = Micros.of(Duration.ofSeconds(1));

    private final Cluster cluster;
    private final ServerJournal journal;
    private final NodeEvents events;
    private final List<Span> outages;
    private final Map<Verdict, Integer> verdicts = new TreeMap<>();
    private final Map<Telling, Integer> tellings = new TreeMap<>();
    private final List<String> wrong = new ArrayList<>();
    private final List<Long> livedAfterTokens = new ArrayList<>();
    private final List<Long> livedAfterEnd = new ArrayList<>();

    /** @param outages when the store was away */
    Judgement(Cluster cluster, ServerJournal journal, List<Span> outages) {
        this.cluster = cluster;
        this.journal = journal;
        this.events = new NodeEvents(cluster.incarnations());
        this.outages = outages;
    }

    void judge(SignIn signIn) {
        ServerFlow flow = journal.flow(signIn.userCode()).orElseThrow();
        Verdict verdict = verdict(signIn, flow);
        List<Told> told = events.ends(signIn.id().orElseThrow());
        Telling telling = telling(signIn, flow, verdict, told);
        verdicts.merge(verdict, 1, Integer::sum);
        if (verdict == Verdict.LOST) {
            TokenExchange grant = flow.grant().orElseThrow();
            livedAfterTokens.add(cluster.incarnation(grant.node).livedAfter(grant.performedAt()));
        }
        tellings.merge(telling, 1, Integer::sum);
        if (verdict == Verdict.WRONG || telling == Telling.WRONG || !heardTheSame(signIn, telling)) {
            wrong.add(verdict + ", " + telling + ": " + signIn + "\n  told " + told + "\n  " + flow);
        }
    }

    private Verdict verdict(SignIn signIn, ServerFlow flow) {
        String kind = signIn.outcome().map(Outcome::kind).orElse("");
        boolean approved = flow.grant().isPresent();
        return switch (signIn.plan.decision()) {
            case APPROVE -> approved(signIn.outcome(), flow);
            case DENY -> kind.equals("AccessDeniedException") ? Verdict.DENIED : Verdict.WRONG;
            case EXPIRE -> kind.equals("DeviceCodeExpiredException") ? Verdict.EXPIRED : Verdict.WRONG;
            case CANCEL -> kind.equals("AuthorizationCancelledException") && !approved ? Verdict.CANCELLED : Verdict.WRONG;
            case APPROVE_AND_CANCEL -> kind.equals("AuthorizationCancelledException") ? Verdict.CANCELLED
                    : approved(signIn.outcome(), flow);
        };
    }

    private Verdict approved(Optional<Outcome> outcome, ServerFlow flow) {
        if (outcome.filter(Outcome::granted).isPresent()) {
            return flow.issued(outcome.get().held().path("accessToken").asText(),
                    outcome.get().held().path("refreshToken").asText()) ? Verdict.TOKENS : Verdict.WRONG;
        }
        boolean typed = outcome.map(Outcome::kind).filter(kind -> kind.equals("InvalidGrantException")
                || kind.equals("DeviceCodeExpiredException")).isPresent();
        if (!typed || flow.grant().isEmpty()) {
            return Verdict.WRONG;
        }
        return diedWithItsProcess(flow.grant().get()) ? Verdict.LOST : Verdict.WRONG;
    }

    /** Whether the process has ended before it can have stored what the server has just given it. */
    boolean diedWithItsProcess(TokenExchange exchange) {
        Incarnation asker = cluster.incarnation(exchange.node);
        long at = exchange.performedAt();
        return asker.killedSoonAfter(at, storeAway(at)) || asker.stoppedSoonAfter(at, storeAway(at));
    }

    private boolean storeAway(long at) {
        return outages.stream().anyMatch(outage -> outage.touches(at - NEAR, at + NEAR));
    }

    private Telling telling(SignIn signIn, ServerFlow flow, Verdict verdict, List<Told> told) {
        List<String> kinds = told.stream().map(Told::kind).toList();
        if (kinds.equals(List.of(event(verdict)))
                || verdict == Verdict.LOST && kinds.equals(List.of("Expired"))) {
            return Telling.ONCE;
        }
        if (kinds.isEmpty() && killedBeforeItTold(signIn, flow)) {
            return Telling.NEVER;
        }
        return verdict == Verdict.TOKENS && kinds.size() == 2 && kinds.containsAll(List.of("Failed", "Approved"))
                && frozenWithItsAnswer(flow) ? Telling.CORRECTED : Telling.WRONG;
    }

    /** Whether one of those that got an answer which ends the flow was frozen with it, or right before it asked for it. */
    private boolean frozenWithItsAnswer(ServerFlow flow) {
        return flow.polls.stream().filter(TokenExchange::ends).anyMatch(poll -> cluster.incarnation(poll.node)
                .frozenWithin(poll.receivedAt - Traffic.RIGHT_AFTER_FREEZE, poll.performedAt() + NEAR));
    }

    private static String event(Verdict verdict) {
        return switch (verdict) {
            case TOKENS -> "Approved";
            case DENIED -> "Denied";
            case CANCELLED -> "Cancelled";
            case EXPIRED -> "Expired";
            case LOST -> "Failed";
            case WRONG -> "?";
        };
    }

    /**
     * Any of those that got an answer which ends the flow, or were asked to cancel it, may have been the one who had to tell.
     */
    private boolean killedBeforeItTold(SignIn signIn, ServerFlow flow) {
        List<Long> lived = new ArrayList<>();
        flow.polls.stream().filter(TokenExchange::ends)
                .forEach(poll -> lived.addAll(lived(cluster.incarnation(poll.node), poll.performedAt())));
        signIn.cancelling().stream().filter(asked -> asked.node().livedUntil(asked.at() - LITTLE))
                .forEach(asked -> lived.addAll(lived(asked.node(), asked.at())));
        lived.stream().min(Long::compare).ifPresent(livedAfterEnd::add);
        return !lived.isEmpty();
    }

    private List<Long> lived(Incarnation asked, long at) {
        return asked.killedSoonAfter(at, storeAway(at)) || asked.stoppedSoonAfter(at, false) ? List.of(asked.livedAfter(at))
                : List.of();
    }

    /** Who has waited on a node was told what counts in the end, or else what was told as an event until that was corrected. */
    private static boolean heardTheSame(SignIn signIn, Telling telling) {
        return signIn.outcome().isPresent() && signIn.heard().stream().map(Outcome::kind)
                .allMatch(heard -> heard.equals(signIn.outcome().get().kind())
                        || telling == Telling.CORRECTED && heard.equals("InvalidGrantException"));
    }

    int count(Verdict verdict) {
        return verdicts.getOrDefault(verdict, 0);
    }

    int count(Telling telling) {
        return tellings.getOrDefault(telling, 0);
    }

    /** How long processes still had that ended with tokens which they could not store, in microseconds, sorted. */
    List<Long> livedAfterTokens() {
        return livedAfterTokens.stream().sorted().toList();
    }

    /** The same, of those that ended before they could tell how a flow had ended. */
    List<Long> livedAfterEnd() {
        return livedAfterEnd.stream().sorted().toList();
    }

    NodeEvents events() {
        return events;
    }

    /** What is not as it should be, with all that is known about it. */
    List<String> wrong() {
        return wrong;
    }
}

package io.quarkiverse.deviceauthorization.it.redis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the requests of all nodes together look like to the server: intervals, refresh tokens that came again, takeovers. */
final class Traffic {

    /** A little less than what the server itself forgives: whatever it counts is found here. */
    private static final long TOLERANCE = Micros.of(Duration.ofMillis(10));

    /** What a process has decided before it was frozen, it does as soon as it goes on: within this time on a busy machine. */
    static final long RIGHT_AFTER_FREEZE = Micros.of(Duration.ofSeconds(3));

    private static final long RIGHT_AFTER = Micros.of(Duration.ofSeconds(1));

    /** By how much the server's interval grows when it is asked too early. */
    private static final long SLOW_DOWN = Micros.of(Duration.ofSeconds(5));

    private final Cluster cluster;
    private final Judgement judgement;
    private final long interval;
    private final List<String> early = new ArrayList<>();
    private final List<String> thawed = new ArrayList<>();
    private final List<String> reused = new ArrayList<>();
    private final List<String> reusedAfterKill = new ArrayList<>();
    private final List<Long> afterKill = new ArrayList<>();
    private final List<Long> afterStop = new ArrayList<>();
    private int polls;
    private int refreshes;

    Traffic(Cluster cluster, ServerJournal journal, Judgement judgement, Duration interval) {
        this.cluster = cluster;
        this.judgement = judgement;
        this.interval = Micros.of(interval);
        journal.flows().forEach(this::look);
        Collections.sort(afterKill);
        Collections.sort(afterStop);
    }

    private void look(ServerFlow flow) {
        long before = flow.startedAt;
        TokenExchange last = null;
        long asked = interval;
        for (TokenExchange poll : flow.polls) {
            long wait = poll.receivedAt - before;
            if (wait < asked - TOLERANCE) {
                // others than the one that was told to slow down still keep to the interval of before
                boolean excused = justThawed(poll) || last != null && justThawed(last) || wait >= interval - TOLERANCE;
                asked += SLOW_DOWN;
                (excused ? thawed : early)
                        .add((poll.receivedAt - before) / 1000 + " ms after the one before: " + poll + "\n  of "
                                + flow.userCode + " " + flow);
            }
            if (last != null && !last.node.equals(poll.node) && !last.ends()) {
                takenOver(last, poll);
            }
            before = poll.receivedAt;
            last = poll;
        }
        polls += flow.polls.size();
        refreshes += flow.refreshes.size();
        reuses(flow);
    }

    private boolean justThawed(TokenExchange poll) {
        return cluster.incarnation(poll.node).thawedWithin(poll.receivedAt - RIGHT_AFTER_FREEZE, poll.receivedAt);
    }

    private void takenOver(TokenExchange last, TokenExchange next) {
        Incarnation gone = cluster.incarnation(last.node);
        if (gone.killedAt() > last.receivedAt - RIGHT_AFTER && gone.killedAt() < next.receivedAt) {
            afterKill.add(next.receivedAt - gone.killedAt());
        } else if (gone.stoppedAt() > last.receivedAt - RIGHT_AFTER && gone.stoppedAt() < next.receivedAt) {
            afterStop.add(next.receivedAt - gone.stoppedAt());
        }
    }

    private void reuses(ServerFlow flow) {
        Map<String, TokenExchange> spent = new HashMap<>();
        for (TokenExchange refresh : flow.refreshes) {
            TokenExchange first = spent.putIfAbsent(refresh.spent.orElseThrow(), refresh);
            if (first != null) {
                (judgement.diedWithItsProcess(first) ? reusedAfterKill : reused)
                        .add(refresh + "\n  of " + flow.userCode + " " + flow);
            }
        }
    }

    int polls() {
        return polls;
    }

    int refreshes() {
        return refreshes;
    }

    /** Polls before the interval was over. */
    List<String> early() {
        return early;
    }

    /** The same, by a process that was frozen after it had made sure that it was its turn, and before it sent its request. */
    List<String> thawed() {
        return thawed;
    }

    /** Refresh tokens that were sent again although whoever had spent them could have stored the next one. */
    List<String> reused() {
        return reused;
    }

    /** The same, where it could not. */
    List<String> reusedAfterKill() {
        return reusedAfterKill;
    }

    /** From when a process was killed until another one asked for the first time for a flow, in microseconds, sorted. */
    List<Long> afterKill() {
        return afterKill;
    }

    /** The same, from when it was asked to end. */
    List<Long> afterStop() {
        return afterStop;
    }

}

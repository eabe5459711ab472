package io.quarkiverse.deviceauthorization.it.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Phaser;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

import io.quarkiverse.deviceauthorization.devserver.DeviceAuthorizationServer;
import io.quarkiverse.deviceauthorization.devserver.Script;
import io.quarkiverse.deviceauthorization.it.redis.SignIn.Outcome;

/** Those who sign in: start flows on any node, decide on another device, wait for the outcome on any node. */
final class People implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration ONE_OUTCOME = Duration.ofSeconds(15);
    private static final Duration BEFORE_REFRESH = Duration.ofSeconds(2);
    private static final Duration UNSEEN = Duration.ofSeconds(10);
    private static final int MOST_REFRESHES = 6;
    private static final int AT_ONCE = 24;

    private final Cluster cluster;
    private final DeviceAuthorizationServer server;
    private final ServerJournal journal;
    private final List<SignIn> signIns;
    private final Duration oneAnswer;
    private final Set<String> unseen = new HashSet<>();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final ExecutorService people = Executors.newCachedThreadPool();
    private final Phaser busy = new Phaser(1);
    private final Queue<Throwable> problems = new ConcurrentLinkedQueue<>();

    /** @param oneAnswer how long they wait for an answer before they ask somebody else */
    People(Cluster cluster, DeviceAuthorizationServer server, ServerJournal journal, List<Plan> plans, Duration oneAnswer) {
        this.cluster = cluster;
        this.server = server;
        this.journal = journal;
        this.signIns = plans.stream().map(SignIn::new).toList();
        this.oneAnswer = oneAnswer;
    }

    void begin() {
        signIns.forEach(signIn -> after(signIn.plan.start(), () -> start(signIn)));
        clock.scheduleWithFixedDelay(this::expireUnseen, 1, 1, TimeUnit.SECONDS);
    }

    /** What a node has started before it was killed, and nobody has heard of. */
    private void expireUnseen() {
        long before = Micros.now() - Micros.of(UNSEEN);
        Set<String> seen = signIns.stream().map(SignIn::userCode).filter(Objects::nonNull).collect(Collectors.toSet());
        journal.flows().stream().filter(flow -> flow.startedAt < before && !seen.contains(flow.userCode))
                .filter(flow -> unseen.add(flow.userCode)).forEach(flow -> server.script().expire(flow.userCode));
    }

    /** Waits until everybody has done what they wanted. */
    void finish() {
        busy.arriveAndAwaitAdvance();
        problems.forEach(problem -> {
            throw new AssertionError("Somebody could not do what was planned", problem);
        });
    }

    List<SignIn> signIns() {
        return signIns;
    }

    private void after(Duration delay, Runnable work) {
        busy.register();
        clock.schedule(() -> people.execute(() -> {
            try {
                work.run();
            } catch (RuntimeException | AssertionError e) {
                problems.add(e);
            } finally {
                busy.arriveAndDeregister();
            }
        }), delay.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void start(SignIn signIn) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        Optional<Http.Answer> answer = Optional.empty();
        while (answer.isEmpty() && System.nanoTime() < end) {
            AtomicBoolean asked = new AtomicBoolean();
            answer = cluster.tryOnce("POST", signIn.path(), oneAnswer, any -> asked.set(true));
            if (answer.isEmpty() && asked.get()) {
                signIn.startAgain();
            }
            if (answer.isEmpty()) {
                LockSupport.parkNanos(Cluster.PAUSE.toNanos());
            }
        }
        signIn.started(answer.filter(started -> started.status() == 200)
                .orElseThrow(() -> new AssertionError("No node starts " + signIn)).json());
        after(signIn.plan.decideAfter(), () -> decide(signIn));
        if (signIn.plan.awaited()) {
            after(Duration.ZERO, () -> cluster.ask("GET", path(signIn) + "/outcome", PATIENCE, ONE_OUTCOME, any -> {
            }).map(Outcome::of).ifPresent(signIn::heard));
        }
    }

    private static String path(SignIn signIn) {
        return signIn.path() + "/" + signIn.id().orElseThrow();
    }

    private void decide(SignIn signIn) {
        Script script = server.script();
        switch (signIn.plan.decision()) {
            case APPROVE -> script.approve(signIn.userCode(), "alice");
            case DENY -> script.deny(signIn.userCode());
            case EXPIRE -> script.expire(signIn.userCode());
            case CANCEL -> cancel(signIn);
            case APPROVE_AND_CANCEL -> {
                script.approve(signIn.userCode(), "alice");
                cancel(signIn);
            }
        }
        signIn.decided();
        if (signIn.plan.decision() == Plan.Decision.APPROVE && signIn.plan.refreshes() > 0) {
            after(BEFORE_REFRESH, () -> refresh(signIn, signIn.plan.refreshes(), MOST_REFRESHES));
        }
    }

    private void cancel(SignIn signIn) {
        cluster.ask("DELETE", path(signIn), PATIENCE, oneAnswer, signIn::cancelling)
                .orElseThrow(() -> new AssertionError("No node cancels " + signIn));
    }

    private void refresh(SignIn signIn, int times, int attempts) {
        boolean done = cluster.tryOnce("POST", "/accounts/" + signIn.owner() + "/tokens/refreshed", ONE_OUTCOME, any -> {
        }).filter(answer -> answer.status() == 200).isPresent();
        int left = done ? times - 1 : times;
        if (left > 0 && attempts > 0) {
            after(BEFORE_REFRESH, () -> refresh(signIn, left, attempts - 1));
        }
    }

    /** Asks the nodes, when all live, how each has ended. */
    void askForOutcomes() {
        ExecutorService some = Executors.newFixedThreadPool(AT_ONCE);
        signIns.forEach(signIn -> some.execute(() -> cluster
                .ask("GET", path(signIn) + "/outcome", PATIENCE, ONE_OUTCOME, any -> {
                }).map(Outcome::of).ifPresent(signIn::ended)));
        some.shutdown();
        try {
            assertThat(some.awaitTermination(10, TimeUnit.MINUTES)).as("all outcomes are known").isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
        people.shutdownNow();
    }
}

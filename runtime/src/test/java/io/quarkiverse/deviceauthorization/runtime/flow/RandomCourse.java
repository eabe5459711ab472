package io.quarkiverse.deviceauthorization.runtime.flow;

import static io.quarkiverse.deviceauthorization.runtime.ScriptedServer.error;
import static io.quarkiverse.deviceauthorization.runtime.ScriptedServer.pending;
import static io.quarkiverse.deviceauthorization.runtime.ScriptedServer.slowDown;
import static io.quarkiverse.deviceauthorization.runtime.ScriptedServer.unreachable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;

import io.quarkiverse.deviceauthorization.AuthorizationRequest;
import io.quarkiverse.deviceauthorization.PendingAuthorization;
import io.quarkiverse.deviceauthorization.event.Approved;
import io.quarkiverse.deviceauthorization.event.DeviceAuthorizationEvent;
import io.quarkiverse.deviceauthorization.runtime.AskedServer;
import io.quarkiverse.deviceauthorization.runtime.NodeTime;
import io.quarkiverse.deviceauthorization.runtime.ScriptedServer;
import io.quarkiverse.deviceauthorization.runtime.UnreliableStore;
import io.quarkiverse.deviceauthorization.runtime.VirtualTime;
import io.quarkiverse.deviceauthorization.runtime.protocol.Telemetry;
import io.quarkiverse.deviceauthorization.runtime.protocol.TokenAnswer;
import io.quarkiverse.deviceauthorization.runtime.protocol.TokenAnswer.Meaning;
import io.quarkiverse.deviceauthorization.runtime.token.RefreshPolicy;
import io.quarkiverse.deviceauthorization.runtime.token.TokenVault;
import io.quarkiverse.deviceauthorization.store.StoredFlow;
import io.quarkiverse.deviceauthorization.store.StoredFlow.Status;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;

/**
 * A followed flow, processes that share a store, the store and the server, on virtual time. A seed chooses all that happens to
 * them: who is killed, stopped, started or stands still, which answers are late, lost or of no use, and what the person does.
 * After some time all goes well again.
 */
final class RandomCourse {

    private static final double INTERVAL = 5;
    private static final double LIFE = 300;
    private static final double END = 1000;

    /** How long before the end of the codes all has to be well for an approval to be noticed. */
    private static final double IN_TIME = 90;

    /** How long a process that stops waits for what is under way. */
    private static final Duration STOPS = Duration.ofSeconds(3);

    private final Random random;
    private final VirtualTime time = new VirtualTime();
    private final ScriptedServer codes = new ScriptedServer(time);
    private final HandingOverStore memory = new HandingOverStore();
    private final UnreliableStore.Faults storeFaults;
    private final double serverFaults;
    private final double healsAt;
    private final double decidesAt;
    private final boolean denies;
    private final List<DeviceAuthorizationEvent> events = new ArrayList<>();
    private final List<Node> nodes = new ArrayList<>();
    private final List<String> course = new ArrayList<>();
    private final List<String> broken = new ArrayList<>();

    private PendingAuthorization flow;
    private boolean trouble;
    private boolean asking;
    private double answeredAt;
    private Node spentBy;
    private boolean lost;

    RandomCourse(long seed) {
        this.random = new Random(seed);
        this.codes.lifespan = Duration.ofSeconds((long) LIFE);
        this.storeFaults = new UnreliableStore.Faults(random, time, () -> trouble, one(0, 0.05, 0.3),
                Duration.ofMillis((long) (1000 * one(0, 0.5, 3))), this::say);
        this.serverFaults = one(0, 0.1, 0.5);
        this.healsAt = 20 + random.nextInt(260);
        this.decidesAt = random.nextInt(5) == 0 ? Double.MAX_VALUE : 1 + random.nextInt(290);
        this.denies = random.nextInt(4) == 0;
    }

    private double one(double... of) {
        return of[random.nextInt(of.length)];
    }

    /** One process. */
    private final class Node {

        private final String name = "node " + nodes.size();
        private final NodeTime clock = new NodeTime(name, time);
        private final Flows flows;
        private boolean living = true;
        private boolean still;

        private Node() {
            nodes.add(this);
            UnreliableStore store = new UnreliableStore(memory, storeFaults, clock);
            AskedServer server = new AskedServer(codes, polled -> ask(this), codes::refresh);
            TokenVault tokens = new TokenVault(FlowFixture.CLIENT, server, store,
                    new RefreshPolicy(Duration.ofSeconds(30), Duration.ofMinutes(1)), time, clock, events::add, Telemetry.NONE);
            flows = new Flows(FlowFixture.CLIENT, server, store, tokens, new PollingPolicy(Duration.ofMinutes(10),
                    Duration.ofMinutes(1), 1000, Duration.ofSeconds(10), 256, 100), time, clock, events::add, Telemetry.NONE);
            flows.takeOver();
            say(name + " starts");
        }
    }

    /** @return which promises were broken */
    List<String> run() {
        Node first = new Node();
        flow = soon(first.flows.start(FlowFixture.OWNER, AuthorizationRequest.defaults()));
        soon(first.flows.follow(flow));
        for (int others = random.nextInt(3); others > 0; others--) {
            new Node();
        }
        trouble = true;
        while (time.seconds() < END) {
            time.advance(Duration.ofMillis(random.nextInt(3000)));
            memory.looks = 0;
            if (trouble && time.seconds() < healsAt) {
                somethingHappens();
            } else if (trouble) {
                heal();
            }
        }
        judge();
        return broken;
    }

    private <T> T soon(Uni<T> work) {
        UniAssertSubscriber<T> done = work.subscribe().withSubscriber(UniAssertSubscriber.create());
        time.advance(1);
        return done.assertCompleted().getItem();
    }

    private void somethingHappens() {
        List<Node> living = nodes.stream().filter(node -> node.living).toList();
        Node one = living.get(random.nextInt(living.size()));
        switch (random.nextInt(40)) {
            case 0 -> kill(one);
            case 1 -> stop(one);
            case 2 -> new Node();
            case 3 -> standStill(one);
            case 4, 5 -> one.flows.await(flow).subscribe().with(tokens -> {
            }, problem -> {
            });
            case 6 -> one.flows.await(flow).subscribe().with(tokens -> {
            }, problem -> {
            }).cancel();
            case 7, 8, 9 -> one.flows.poll(flow).subscribe().with(result -> {
            }, problem -> {
            });
            default -> {
                // nothing
            }
        }
        if (nodes.stream().noneMatch(node -> node.living && !node.still)) {
            new Node();
        }
    }

    private void kill(Node node) {
        say(node.name + " is killed");
        node.living = false;
        node.clock.kill();
        lost |= spentBy == node && isNotKept();
    }

    private void stop(Node node) {
        say(node.name + " stops");
        node.living = false;
        node.flows.stop();
        time.schedule(STOPS, () -> kill(node));
    }

    private void standStill(Node node) {
        if (!node.still) {
            say(node.name + " stands still");
            node.still = true;
            node.clock.pause();
            time.schedule(Duration.ofSeconds(random.nextInt(60)), () -> wake(node));
        }
    }

    private void wake(Node node) {
        if (node.still) {
            say(node.name + " goes on");
            node.still = false;
            node.clock.goOn();
        }
    }

    private void heal() {
        say("all is well");
        trouble = false;
        nodes.forEach(this::wake);
    }

    private StoredFlow stored() {
        return memory.findFlow(FlowFixture.CLIENT, flow.id()).await().indefinitely().orElseThrow();
    }

    private boolean isNotKept() {
        return stored().status() != Status.APPROVED && stored().granted().isEmpty();
    }

    /** The server's side of a token request: it takes some time. */
    private Uni<TokenAnswer> ask(Node node) {
        double now = time.seconds();
        if (asking) {
            breaks("asks while another request is under way", node);
        }
        if (now - answeredAt < INTERVAL - 1e-6) {
            breaks("asks " + (now - answeredAt) + " s after the last answer", node);
        }
        asking = true;
        TokenAnswer answer = answer(now, node);
        say(node.name + " asks: " + (answer instanceof TokenAnswer.Error error ? error.error().code()
                : answer.getClass().getSimpleName()));
        return Uni.createFrom().emitter(waiting -> time.schedule(Duration.ofMillis(random.nextInt(3000)), () -> {
            asking = false;
            answeredAt = time.seconds();
            node.clock.schedule(Duration.ZERO, () -> waiting.complete(answer));
        }));
    }

    private TokenAnswer answer(double now, Node node) {
        if (trouble && random.nextDouble() < serverFaults) {
            return unreachable();
        } else if (spentBy != null) {
            return error(Meaning.REFUSED, "invalid_grant");
        } else if (now > LIFE) {
            return error(Meaning.EXPIRED, "expired_token");
        } else if (now < decidesAt) {
            return random.nextInt(20) == 0 ? slowDown() : pending();
        } else if (denies) {
            return error(Meaning.DENIED, "access_denied");
        }
        spentBy = node;
        return codes.granted("a");
    }

    private void judge() {
        StoredFlow end = stored();
        boolean noticed = decidesAt < LIFE - IN_TIME && healsAt < LIFE - IN_TIME;
        if (lost) {
            return;
        } else if (spentBy != null) {
            expect(Status.APPROVED, end);
            if (memory.findTokens(FlowFixture.CLIENT, FlowFixture.OWNER).await().indefinitely().isEmpty()) {
                breaks("has spent the code, and its tokens are nowhere", spentBy);
            }
        } else if (noticed) {
            expect(denies ? Status.DENIED : Status.APPROVED, end);
        } else if (decidesAt > LIFE) {
            expect(Status.EXPIRED, end);
        }
        long told = events.stream().filter(Approved.class::isInstance).count();
        if (told > 1 && storeFaults.lost() == 0) { // of two that end it alike, one whose write got lost takes the other's for its own
            broken.add("an approval is told " + told + " times");
        }
    }

    private void expect(Status status, StoredFlow end) {
        if (end.status() != status) {
            broken.add("the flow should be " + status + ", and is " + end.status());
        }
    }

    private void breaks(String what, Node node) {
        say(node.name + " " + what + "!");
        broken.add(node.name + " " + what);
    }

    private void say(String what) {
        course.add(String.format(Locale.ROOT, "%7.3f %s", time.seconds(), what));
    }

    /** @return the device code is spent, and who did it has been killed before anybody could know */
    Optional<String> excuse() {
        return lost ? Optional.of("killed in the wrong moment") : Optional.empty();
    }

    /** Shows what has happened. */
    @Override
    public String toString() {
        return String.join("\n", course);
    }
}

package io.quarkiverse.deviceauthorization.runtime.token;

import static io.quarkiverse.deviceauthorization.runtime.ScriptedServer.error;
import static io.quarkiverse.deviceauthorization.runtime.ScriptedServer.unreachable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

import io.quarkiverse.deviceauthorization.Tokens;
import io.quarkiverse.deviceauthorization.runtime.AskedServer;
import io.quarkiverse.deviceauthorization.runtime.NodeTime;
import io.quarkiverse.deviceauthorization.runtime.ScriptedServer;
import io.quarkiverse.deviceauthorization.runtime.UnreliableStore;
import io.quarkiverse.deviceauthorization.runtime.VirtualTime;
import io.quarkiverse.deviceauthorization.runtime.protocol.Telemetry;
import io.quarkiverse.deviceauthorization.runtime.protocol.TokenAnswer;
import io.quarkiverse.deviceauthorization.runtime.protocol.TokenAnswer.Meaning;
import io.quarkiverse.deviceauthorization.store.StoredTokens;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;

/**
 * The tokens of one owner in processes that share a store, and a server whose refresh tokens are good for one use, on virtual
 * time. A seed chooses all that happens to them, until all goes well again.
 */
final class RandomRefreshes {

    private static final Duration ACCESS_TOKENS_LIVE = Duration.ofSeconds(60);
    private static final Duration LEASE = Duration.ofMinutes(1);
    private static final double HEALS = 400;

    /** How long a process that stops waits for what is under way. */
    private static final Duration STOPS = Duration.ofSeconds(3);
    private static final double END = 700;

    private final Random random;
    private final VirtualTime time = new VirtualTime();
    private final ScriptedServer script = new ScriptedServer(time);
    private final SharedStore memory = new SharedStore(time);
    private final UnreliableStore.Faults storeFaults;
    private final double serverFaults;
    private final List<Node> nodes = new ArrayList<>();
    private final List<String> course = new ArrayList<>();
    private final List<String> broken = new ArrayList<>();

    private boolean trouble;
    private int generation;
    private Node refreshedBy;
    private boolean lost;

    RandomRefreshes(long seed) {
        this.random = new Random(seed);
        this.storeFaults = new UnreliableStore.Faults(random, time, () -> trouble, random.nextInt(3) * 0.05,
                Duration.ofMillis(random.nextInt(3) * 1000L), this::say);
        this.serverFaults = random.nextInt(3) * 0.2;
    }

    /** One process. */
    private final class Node {

        private final String name = "node " + nodes.size();
        private final NodeTime clock = new NodeTime(name, time);
        private final TokenVault vault;
        private final OwnerTokens tokens;
        private boolean living = true;
        private double stoodStill = -1000;

        private Node() {
            nodes.add(this);
            vault = new TokenVault("tv", new AskedServer(script, flow -> Uni.createFrom().nothing(), old -> ask(this, old)),
                    new UnreliableStore(memory, storeFaults, clock),
                    new RefreshPolicy(Duration.ofSeconds(30), LEASE), time, clock, event -> {
                    }, Telemetry.NONE);
            tokens = vault.of("alice");
            say(name + " starts");
        }
    }

    /** @return which promises were broken */
    List<String> run() {
        Node first = new Node();
        UniAssertSubscriber<Tokens> granted = first.tokens.granted(tokens(), "flow").subscribe()
                .withSubscriber(UniAssertSubscriber.create());
        time.advance(1);
        granted.assertCompleted();
        new Node();
        trouble = true;
        while (time.seconds() < END) {
            time.advance(Duration.ofMillis(random.nextInt(3000)));
            somethingHappens();
        }
        UniAssertSubscriber<Tokens> last = new Node().tokens.get().subscribe().withSubscriber(UniAssertSubscriber.create());
        time.advance(LEASE);
        if (!lost && (last.getItem() == null || !isNewestStored())) {
            broken.add("The tokens that somebody has signed in for are gone: " + last.getFailure());
        }
        return broken;
    }

    private void somethingHappens() {
        trouble = time.seconds() < HEALS;
        List<Node> living = nodes.stream().filter(node -> node.living).toList();
        Node one = living.get(random.nextInt(living.size()));
        switch (trouble ? random.nextInt(60) : 10) {
            case 0 -> kill(one);
            case 1 -> stop(one);
            case 2 -> new Node();
            case 3 -> standStill(one);
            case 4, 5, 6 -> one.tokens.otherThan(tokens()).subscribe().with(found -> {
            }, problem -> {
            });
            default -> one.tokens.get().subscribe().with(found -> {
            }, problem -> {
            });
        }
        if (nodes.stream().noneMatch(node -> node.living)) {
            new Node();
        }
    }

    /** What the server answered last, and is not stored yet, goes with who has it. */
    private void kill(Node node) {
        say(node.name + " is killed");
        node.living = false;
        node.clock.kill();
        lost |= refreshedBy == node && !isNewestStored();
    }

    private void stop(Node node) {
        say(node.name + " stops");
        node.living = false;
        node.vault.stop();
        time.schedule(STOPS, () -> kill(node));
    }

    /** For less than the lease lasts, also with the time that answers take. */
    private void standStill(Node node) {
        if (time.seconds() - node.stoodStill < 100) {
            return;
        }
        node.stoodStill = time.seconds();
        say(node.name + " stands still");
        node.clock.pause();
        time.schedule(Duration.ofSeconds(random.nextInt(20)), node.clock::goOn);
    }

    private Tokens tokens() {
        return script.tokens(String.valueOf(generation), ACCESS_TOKENS_LIVE);
    }

    private boolean isNewestStored() {
        return memory.findTokens("tv", "alice").await().indefinitely().map(StoredTokens::tokens).filter(this::isNewest)
                .isPresent();
    }

    private boolean isNewest(Tokens tokens) {
        return tokens.refreshToken().equals(tokens().refreshToken());
    }

    /** The server's side of a refresh: it takes some time. */
    private Uni<TokenAnswer> ask(Node node, Tokens old) {
        TokenAnswer answer;
        if (trouble && random.nextDouble() < serverFaults) {
            answer = unreachable();
        } else if (isNewest(old)) {
            generation++;
            refreshedBy = node;
            answer = new TokenAnswer.Granted(tokens());
        } else {
            answer = error(Meaning.REFUSED, "invalid_grant");
            if (!lost) {
                broken.add(node.name + " spends a refresh token that is spent");
            }
        }
        say(node.name + " asks with " + old.refreshToken().orElseThrow().value() + ": "
                + answer.getClass().getSimpleName());
        return Uni.createFrom().emitter(waiting -> time.schedule(Duration.ofMillis(random.nextInt(3000)),
                () -> node.clock.schedule(Duration.ZERO, () -> waiting.complete(answer))));
    }

    private void say(String what) {
        course.add(String.format(Locale.ROOT, "%7.3f %s", time.seconds(), what));
    }

    /** @return how many refreshes there were */
    int refreshes() {
        return generation;
    }

    /** @return whether a process was killed that had the only copy of the tokens */
    boolean isExcused() {
        return lost;
    }

    /** Shows what has happened. */
    @Override
    public String toString() {
        return String.join("\n", course);
    }
}

package io.quarkiverse.deviceauthorization.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Stream;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import io.quarkiverse.deviceauthorization.AccessDeniedException;
import io.quarkiverse.deviceauthorization.AuthorizationCancelledException;
import io.quarkiverse.deviceauthorization.AuthorizationInterruptedException;
import io.quarkiverse.deviceauthorization.AuthorizationServerException;
import io.quarkiverse.deviceauthorization.DeviceAuthorizationException;
import io.quarkiverse.deviceauthorization.DeviceCodeExpiredException;
import io.quarkiverse.deviceauthorization.OAuthError;
import io.quarkiverse.deviceauthorization.PendingAuthorization;
import io.quarkiverse.deviceauthorization.Secret;
import io.quarkiverse.deviceauthorization.Tokens;
import io.quarkiverse.deviceauthorization.event.Approved;
import io.quarkiverse.deviceauthorization.event.Cancelled;
import io.quarkiverse.deviceauthorization.event.Denied;
import io.quarkiverse.deviceauthorization.event.DeviceAuthorizationEvent;
import io.quarkiverse.deviceauthorization.event.Expired;
import io.quarkiverse.deviceauthorization.event.Failed;
import io.quarkiverse.deviceauthorization.event.GaveUp;
import io.quarkiverse.deviceauthorization.event.Pending;
import io.quarkiverse.deviceauthorization.event.SlowedDown;
import io.quarkiverse.deviceauthorization.event.TransientFailure;
import io.quarkiverse.deviceauthorization.prompt.Prompt;
import io.quarkiverse.deviceauthorization.runtime.protocol.Events;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import io.smallrye.mutiny.subscription.UniEmitter;

@DisplayName("A flow that login() shows")
class PromptedFlowsTest {

    private static final Tokens TOKENS = new Tokens(Secret.of("access"), "Bearer", Optional.empty(), Optional.empty(),
            Optional.empty(), Set.of(), Map.of());

    private final List<Object> told = new ArrayList<>();
    private final List<DeviceAuthorizationEvent> observed = new ArrayList<>();
    private final Deque<Runnable> tasks = new ArrayDeque<>();
    private final List<UniEmitter<? super Tokens>> waiting = new ArrayList<>();
    private final PendingAuthorization flow = flow("flow");
    private boolean observersWantPending;
    private boolean interactive;
    private RuntimeException problem;

    private final PromptedFlows flows = new PromptedFlows(new Prompt() {
        @Override
        public void show(PendingAuthorization pending) {
            told.add("show " + pending.id());
            if (problem != null) {
                throw problem;
            }
        }

        @Override
        public void onEvent(PendingAuthorization pending, DeviceAuthorizationEvent event) {
            told.add(event);
            if (problem != null) {
                throw problem;
            }
        }

        @Override
        public void hide(PendingAuthorization pending) {
            told.add("hide " + pending.id());
        }

        @Override
        public boolean isInteractive() {
            if (problem != null) {
                throw problem;
            }
            return interactive;
        }
    }, new Events() {
        @Override
        public void accept(DeviceAuthorizationEvent event) {
            observed.add(event);
        }

        @Override
        public boolean wants(Class<? extends DeviceAuthorizationEvent> kind) {
            return observersWantPending;
        }
    }, tasks::add);

    private static PendingAuthorization flow(String id) {
        return new PendingAuthorization("tv", "family", id, "WDJB-MJHT", URI.create("https://example.com"), Optional.empty(),
                Instant.EPOCH, Duration.ofSeconds(5), Secret.of("device-code"), Map.of());
    }

    private UniAssertSubscriber<Tokens> login(PendingAuthorization pending) {
        return flows.show(pending, shown -> Uni.createFrom().emitter(waiting::add)).subscribe()
                .withSubscriber(UniAssertSubscriber.create());
    }

    private void run() {
        while (!tasks.isEmpty()) {
            tasks.remove().run();
        }
    }

    @Test
    @DisplayName("is shown before anybody waits for it, told what happens to it, and hidden before its callers go on")
    void wholeLife() {
        UniAssertSubscriber<Tokens> caller = login(flow);
        assertThat(waiting).as("not shown yet").isEmpty();
        run();
        Pending pending = new Pending("tv", "family", "flow");
        SlowedDown slowedDown = new SlowedDown("tv", "family", "flow", Duration.ofSeconds(10));
        TransientFailure failure = new TransientFailure("tv", "family", "flow", 1, "away");
        flows.accept(pending);
        flows.accept(slowedDown);
        flows.accept(failure);
        waiting.get(0).complete(TOKENS);
        caller.assertNotTerminated();
        run();

        assertThat(told).containsExactly("show flow", pending, slowedDown, failure, new Approved("tv", "family", "flow"),
                "hide flow");
        assertThat(caller.assertCompleted().getItem()).isSameAs(TOKENS);
        assertThat(observed).as("observers hear of it as always").containsExactly(pending, slowedDown, failure);
    }

    @Test
    @DisplayName("is shown once to all who wait at the same time, and once more to who comes later")
    void once() {
        UniAssertSubscriber<Tokens> first = login(flow);
        UniAssertSubscriber<Tokens> second = login(flow);
        run();
        waiting.forEach(caller -> caller.fail(new AuthorizationServerException("away", 503, null)));
        run();
        assertThat(told).containsExactly("show flow", new GaveUp("tv", "family", "flow", "away"), "hide flow");
        assertThat(first.getFailure()).hasMessage("away");
        assertThat(second.getFailure()).hasMessage("away");

        login(flow);
        run();
        assertThat(told).endsWith("hide flow", "show flow");
    }

    @Test
    @DisplayName("is hidden when the last caller stops waiting, and told nothing from then on")
    void nobodyWaits() {
        UniAssertSubscriber<Tokens> first = login(flow);
        UniAssertSubscriber<Tokens> second = login(flow);
        run();
        first.cancel();
        run();
        assertThat(told).containsExactly("show flow");

        second.cancel();
        flows.accept(new Pending("tv", "family", "flow"));
        run();
        assertThat(told).containsExactly("show flow", "hide flow");
    }

    @Test
    @DisplayName("is told of itself only, and of no end that others decide")
    void onlyItsOwnEvents() {
        login(flow);
        run();
        flows.accept(new Pending("tv", "family", "other"));
        flows.accept(new Approved("tv", "family", "flow"));
        run();

        assertThat(told).containsExactly("show flow");
        assertThat(observed).hasSize(2);
    }

    @Test
    @DisplayName("makes the engine tell of each poll only while it is shown")
    void wants() {
        assertThat(flows.wants(Pending.class)).isFalse();
        UniAssertSubscriber<Tokens> caller = login(flow);
        assertThat(flows.wants(Pending.class)).isTrue();
        run();
        caller.cancel();
        assertThat(flows.wants(Pending.class)).isFalse();

        observersWantPending = true;
        assertThat(flows.wants(Pending.class)).isTrue();
    }

    static Stream<Arguments> endings() {
        return Stream.of(Arguments.of(new AccessDeniedException("no", null), new Denied("tv", "family", "flow")),
                Arguments.of(new DeviceCodeExpiredException("late", null), new Expired("tv", "family", "flow")),
                Arguments.of(new AuthorizationCancelledException("stop", null), new Cancelled("tv", "family", "flow")),
                Arguments.of(
                        new DeviceAuthorizationException("bad",
                                new OAuthError("invalid_grant", Optional.empty(), Optional.empty(), 400), null),
                        new Failed("tv", "family", "flow", "invalid_grant")),
                Arguments.of(new IllegalStateException("broken"), new Failed("tv", "family", "flow", "unknown")));
    }

    @ParameterizedTest
    @MethodSource("endings")
    @DisplayName("is told how it ended, wherever that was decided")
    void isToldItsEnd(RuntimeException outcome, DeviceAuthorizationEvent event) {
        UniAssertSubscriber<Tokens> caller = login(flow);
        run();
        waiting.get(0).fail(outcome);
        run();

        assertThat(told).containsExactly("show flow", event, "hide flow");
        assertThat(caller.getFailure()).isSameAs(outcome);
    }

    @Test
    @DisplayName("is only hidden when the application stops, since it has not ended")
    void applicationStops() {
        login(flow);
        run();
        waiting.get(0).fail(new AuthorizationInterruptedException("shutting down"));
        run();

        assertThat(told).containsExactly("show flow", "hide flow");
    }

    @Test
    @DisplayName("is not waited for when it can't be shown, and can be shown again")
    void notShown() {
        problem = new IllegalStateException("no screen");
        UniAssertSubscriber<Tokens> caller = login(flow);
        run();
        assertThat(caller.getFailure()).hasMessage("no screen");
        assertThat(waiting).isEmpty();
        assertThat(told).containsExactly("show flow");

        problem = null;
        login(flow);
        run();
        assertThat(waiting).hasSize(1);
    }

    @Test
    @DisplayName("goes on when its prompt fails later")
    void unrulyPrompt() {
        UniAssertSubscriber<Tokens> caller = login(flow);
        run();
        problem = new IllegalStateException("the screen broke");
        flows.accept(new Pending("tv", "family", "flow"));
        waiting.get(0).complete(TOKENS);
        run();

        assertThat(caller.assertCompleted().getItem()).isSameAs(TOKENS);
        assertThat(told).endsWith("hide flow");
    }

    @Test
    @DisplayName("is told its end also when no thread is left for that")
    void noThreads() {
        PromptedFlows closing = new PromptedFlows(pending -> told.add("show " + pending.id()), observed::add, task -> {
            throw new RejectedExecutionException("closed");
        });
        UniAssertSubscriber<Tokens> caller = closing.show(flow, shown -> Uni.createFrom().item(TOKENS)).subscribe()
                .withSubscriber(UniAssertSubscriber.create());

        caller.assertCompleted();
        assertThat(told).containsExactly("show flow");
    }

    @Test
    @DisplayName("is cancelled when the application stops, if it is shown to a person who ends that")
    void interactive() {
        List<String> cancelled = new ArrayList<>();
        login(flow);
        login(flow("other"));
        run();
        flows.cancelInteractive(pending -> Uni.createFrom().voidItem().onItem().invoke(() -> cancelled.add(pending.id())),
                Duration.ofMillis(1));
        assertThat(cancelled).isEmpty();

        interactive = true;
        flows.cancelInteractive(pending -> Uni.createFrom().voidItem().onItem().invoke(() -> {
            cancelled.add(pending.id());
            waiting.remove(0).fail(new AuthorizationCancelledException("cancelled", null));
            run();
        }), Duration.ofMillis(1));
        assertThat(cancelled).containsExactlyInAnyOrder("flow", "other");
        assertThat(told).contains(new Cancelled("tv", "family", "flow"), "hide flow");
    }

    @Test
    @DisplayName("is left alone when the application stops, if its prompt fails to say who ends that")
    void promptThatCantSay() {
        List<String> cancelled = new ArrayList<>();
        login(flow);
        run();
        problem = new IllegalStateException("the screen broke");
        flows.cancelInteractive(pending -> Uni.createFrom().voidItem().onItem().invoke(() -> cancelled.add(pending.id())),
                Duration.ofMillis(1));

        assertThat(cancelled).isEmpty();
    }

    @Test
    @DisplayName("and can't be cancelled when the application stops is named in the log, and keeps no other from being so")
    void notCancelled() {
        List<String> cancelled = new ArrayList<>();
        interactive = true;
        login(flow);
        login(flow("other"));
        run();
        try (FlowEntries entries = new FlowEntries(PromptedFlows.class.getName())) {
            flows.cancelInteractive(pending -> pending.id().equals("flow")
                    ? Uni.createFrom().failure(new IllegalStateException("The store is not there"))
                    : Uni.createFrom().voidItem().onItem().invoke(() -> {
                        cancelled.add(pending.id());
                        waiting.remove(1).fail(new AuthorizationCancelledException("cancelled", null));
                        run();
                    }), Duration.ofMillis(1));

            assertThat(entries.all).contains(
                    "DEBUG tv flow: A sign-in that was shown could not be cancelled: The store is not there");
        }
        assertThat(cancelled).containsExactly("other");
    }
}

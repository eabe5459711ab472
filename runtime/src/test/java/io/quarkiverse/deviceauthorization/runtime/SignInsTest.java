package io.quarkiverse.deviceauthorization.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import io.quarkiverse.deviceauthorization.AuthorizationCancelledException;
import io.quarkiverse.deviceauthorization.AuthorizationServerException;
import io.quarkiverse.deviceauthorization.PendingAuthorization;
import io.quarkiverse.deviceauthorization.Secret;
import io.quarkiverse.deviceauthorization.Tokens;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import io.smallrye.mutiny.subscription.UniEmitter;

@DisplayName("Those who log in as one owner")
class SignInsTest {

    private final Set<String> over = new HashSet<>();
    private final List<String> lookedAt = new ArrayList<>();
    private final SignIns signIns = new SignIns(flow -> {
        lookedAt.add(flow.id());
        return over.contains(flow.id());
    });
    private final List<PendingAuthorization> started = new ArrayList<>();
    private final List<UniEmitter<? super Tokens>> waiting = new ArrayList<>();

    @Test
    void shareOneFlow() {
        UniAssertSubscriber<Tokens> first = login("family");
        UniAssertSubscriber<Tokens> second = login("family");
        login("neighbours");
        waiting.get(0).complete(tokens());
        waiting.get(1).complete(tokens());

        assertThat(started).extracting(PendingAuthorization::owner).containsExactly("family", "neighbours");
        assertThat(first.getItem()).isNotNull();
        assertThat(second.getItem()).isNotNull();
    }

    @Test
    void beginAnotherFlowWhenTheOneBeforeHasEndedThoughNobodyWaitedForIt() {
        login("family").cancel();
        over.add(started.get(0).id());
        login("family");

        assertThat(started).hasSize(2);
    }

    @Test
    void areNotLookedAtForEachLoginOfOthers() {
        for (int i = 0; i < 4096; i++) {
            login("owner-" + i);
        }

        assertThat(lookedAt).hasSizeLessThan(3 * 4096);
    }

    @Test
    void areForgottenWithTheirFlowThoughNobodyLogsInAsThemAgain() {
        login("family").cancel();
        over.add(started.get(0).id());
        for (int i = 0; i < 100; i++) {
            login("owner-" + i);
        }
        lookedAt.clear();
        for (int i = 100; i < 1000; i++) {
            login("owner-" + i);
        }

        assertThat(lookedAt).isNotEmpty().doesNotContain(started.get(0).id());
    }

    @Test
    void goOnWithTheFlowOfOneWhoHasStoppedWaiting() {
        login("family").cancel();
        login("family");

        assertThat(started).hasSize(1);
    }

    @Test
    void beginAnotherFlowAfterOneThatWasCancelledButNotAfterAnOutage() {
        login("family");
        waiting.get(0).fail(new AuthorizationServerException("The server is away", 0, null));
        login("family");
        assertThat(started).hasSize(1);
        waiting.get(1).fail(new AuthorizationCancelledException("Cancelled", null));
        login("family");

        assertThat(started).hasSize(2);
    }

    @Test
    void beginAnotherFlowWhenOneCouldNotBeStarted() {
        UniAssertSubscriber<Tokens> failed = signIns
                .join("family", () -> Uni.createFrom().failure(new AuthorizationServerException("Away", 0, null)), this::await)
                .subscribe().withSubscriber(UniAssertSubscriber.create());
        login("family");

        assertThat(failed.getFailure()).hasMessage("Away");
        assertThat(started).hasSize(1);
    }

    private UniAssertSubscriber<Tokens> login(String owner) {
        return signIns.join(owner, () -> Uni.createFrom().item(() -> start(owner)), this::await)
                .subscribe().withSubscriber(UniAssertSubscriber.create());
    }

    private PendingAuthorization start(String owner) {
        PendingAuthorization flow = new PendingAuthorization("tv", owner, "flow-" + started.size(), "WDJB-MJHT",
                URI.create("https://example.com"), Optional.empty(), Instant.EPOCH, Duration.ofSeconds(5),
                Secret.of("device-code"), Map.of());
        started.add(flow);
        return flow;
    }

    private Uni<Tokens> await(PendingAuthorization flow) {
        return Uni.createFrom().emitter(waiting::add);
    }

    private static Tokens tokens() {
        return new Tokens(Secret.of("access"), "Bearer", Optional.empty(), Optional.empty(), Optional.empty(), Set.of(),
                Map.of());
    }
}

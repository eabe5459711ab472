package io.quarkiverse.deviceauthorization.runtime;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

import io.quarkiverse.deviceauthorization.AuthorizationRequest;
import io.quarkiverse.deviceauthorization.AuthorizationServerException;
import io.quarkiverse.deviceauthorization.OAuthError;
import io.quarkiverse.deviceauthorization.Secret;
import io.quarkiverse.deviceauthorization.Tokens;
import io.quarkiverse.deviceauthorization.runtime.protocol.AuthorizationServer;
import io.quarkiverse.deviceauthorization.runtime.protocol.DeviceCodes;
import io.quarkiverse.deviceauthorization.runtime.protocol.TokenAnswer;
import io.quarkiverse.deviceauthorization.runtime.protocol.TokenAnswer.Meaning;
import io.quarkiverse.deviceauthorization.runtime.protocol.TokenRequest;
import io.quarkiverse.deviceauthorization.store.FlowBinding;
import io.quarkiverse.deviceauthorization.store.StoredFlow;
import io.smallrye.mutiny.Uni;

/** An authorization server that answers what a test says, and otherwise "pending". */
public final class ScriptedServer implements AuthorizationServer {

    private final VirtualTime time;
    private final Deque<Supplier<Uni<TokenAnswer>>> answers = new ArrayDeque<>();

    /** When each token request came, in seconds since the start. */
    public final List<Double> requests = new ArrayList<>();
    /** For which flow each token request came. */
    public final List<String> asked = new ArrayList<>();
    public final List<Secret> refreshed = new ArrayList<>();
    public final List<Tokens> revoked = new ArrayList<>();
    public int starts;
    /** What comes of the next device authorization requests before any codes do; all others are answered at once. */
    public final Deque<Uni<Void>> startsHeld = new ArrayDeque<>();
    /** How many times a token request can't be prepared. */
    public int preparationFailures;
    public Duration interval = Duration.ofSeconds(5);
    public Duration lifespan = Duration.ofMinutes(15);
    /** What comes of the next checks of an ID token; all others are well. */
    public final Deque<Uni<Void>> idTokenChecks = new ArrayDeque<>();
    public Optional<RuntimeException> revocationFailure = Optional.empty();
    public Optional<String> registration = Optional.of("client-1 at https://login.example.com");

    public ScriptedServer(VirtualTime time) {
        this.time = time;
    }

    public ScriptedServer answer(TokenAnswer... next) {
        for (TokenAnswer answer : next) {
            answers.add(() -> Uni.createFrom().item(answer));
        }
        return this;
    }

    /** The next answer comes when the test says so. */
    public ScriptedServer answer(Uni<TokenAnswer> later) {
        answers.add(() -> later);
        return this;
    }

    public static TokenAnswer pending() {
        return error(Meaning.PENDING, "authorization_pending");
    }

    public static TokenAnswer slowDown() {
        return error(Meaning.SLOW_DOWN, "slow_down");
    }

    public static TokenAnswer error(Meaning meaning, String code) {
        return new TokenAnswer.Error(meaning, new OAuthError(code, Optional.empty(), Optional.empty(), 400), Optional.empty(),
                Optional.empty());
    }

    public static TokenAnswer unreachable() {
        return new TokenAnswer.Unavailable(new AuthorizationServerException("The server is not there", 0, null),
                Optional.empty());
    }

    public TokenAnswer granted(String name) {
        return new TokenAnswer.Granted(tokens(name, Duration.ofHours(1)));
    }

    public Tokens tokens(String name, Duration lifetime) {
        return new Tokens(Secret.of("access-" + name), "Bearer", Optional.of(Secret.of("refresh-" + name)), Optional.empty(),
                Optional.of(time.instant().plus(lifetime)), Set.of("openid"), Map.of());
    }

    @Override
    public Uni<DeviceCodes> requestCodes(AuthorizationRequest request) {
        return (startsHeld.isEmpty() ? Uni.createFrom().voidItem() : startsHeld.poll()).onItem().transform(nothing -> {
            starts++;
            return new DeviceCodes(Secret.of("device-code-" + starts), "WDJB-MJHT", URI.create("https://example.com/device"),
                    Optional.empty(), lifespan, interval, Map.of(),
                    new FlowBinding(Optional.empty(), Optional.empty(), Optional.empty(), registration));
        });
    }

    @Override
    public Optional<String> registration() {
        return registration;
    }

    @Override
    public TokenRequest deviceTokenRequest(StoredFlow flow) {
        if (preparationFailures-- > 0) {
            throw new IllegalStateException("Not prepared");
        }
        return () -> Uni.createFrom().deferred(() -> {
            asked.add(flow.pending().id());
            return next();
        });
    }

    @Override
    public Uni<Void> checkIdToken(Tokens tokens, FlowBinding binding) {
        return Uni.createFrom().deferred(() -> idTokenChecks.isEmpty() ? Uni.createFrom().voidItem()
                : idTokenChecks.poll());
    }

    @Override
    public Uni<TokenAnswer> refresh(Tokens tokens) {
        return Uni.createFrom().deferred(() -> {
            refreshed.add(tokens.refreshToken().orElseThrow());
            return next();
        });
    }

    private Uni<TokenAnswer> next() {
        return Uni.createFrom().deferred(() -> {
            requests.add(time.seconds());
            return answers.isEmpty() ? Uni.createFrom().item(pending()) : answers.poll().get();
        });
    }

    @Override
    public Uni<Void> revoke(Tokens tokens) {
        return Uni.createFrom().deferred(() -> {
            if (revocationFailure.isPresent()) {
                return Uni.createFrom().failure(revocationFailure.get());
            }
            revoked.add(tokens);
            return Uni.createFrom().voidItem();
        });
    }
}

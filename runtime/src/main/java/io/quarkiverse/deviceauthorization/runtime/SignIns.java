package io.quarkiverse.deviceauthorization.runtime;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

import io.quarkiverse.deviceauthorization.AuthorizationServerException;
import io.quarkiverse.deviceauthorization.PendingAuthorization;
import io.quarkiverse.deviceauthorization.Tokens;
import io.smallrye.mutiny.Uni;

/** The flows that {@code login()} has begun: those who log in as one owner share one. */
final class SignIns {

    private static final class SignIn {

        private final Uni<PendingAuthorization> started;
        private volatile PendingAuthorization pending;

        private SignIn(Uni<PendingAuthorization> start) {
            this.started = start.onItem().invoke(flow -> pending = flow).memoize().indefinitely();
        }
    }

    /** With fewer than so many, nobody looks for those that are over. */
    private static final int FEW = 16;

    private final Predicate<PendingAuthorization> over;
    private final Map<String, SignIn> byOwner = new ConcurrentHashMap<>();
    private volatile int many = FEW;

    /** @param over tells whether nobody can be signed in by a flow any more */
    SignIns(Predicate<PendingAuthorization> over) {
        this.over = over;
    }

    /**
     * Those who log in at the same time share one flow, also with those who have stopped waiting, until it ends.
     *
     * @param start starts a flow
     * @param await shows and awaits it
     */
    Uni<Tokens> join(String owner, Supplier<Uni<PendingAuthorization>> start,
            Function<PendingAuthorization, Uni<Tokens>> await) {
        forgetOver(owner);
        SignIn mine = new SignIn(Uni.createFrom().deferred(start::get));
        SignIn first = byOwner.putIfAbsent(owner, mine);
        SignIn shared = first != null ? first : mine;
        return shared.started
                .onFailure().invoke(() -> byOwner.remove(owner, shared))
                .onItem().transformToUni(pending -> await.apply(pending)
                        .onItem().invoke(() -> byOwner.remove(owner, shared))
                        .onFailure(problem -> !(problem instanceof AuthorizationServerException))
                        .invoke(() -> byOwner.remove(owner, shared)));
    }

    /** All of them are looked at when there are twice as many as after the last time: for each login it would be too often. */
    private void forgetOver(String owner) {
        byOwner.computeIfPresent(owner, (name, signIn) -> isOver(signIn) ? null : signIn);
        if (byOwner.size() >= many) {
            byOwner.values().removeIf(this::isOver);
            many = Math.max(FEW, 2 * byOwner.size());
        }
    }

    /** One that is only being started has no flow yet. */
    private boolean isOver(SignIn signIn) {
        PendingAuthorization pending = signIn.pending;
        return pending != null && over.test(pending);
    }
}

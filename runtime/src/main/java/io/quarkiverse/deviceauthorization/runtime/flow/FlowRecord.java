package io.quarkiverse.deviceauthorization.runtime.flow;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import io.quarkiverse.deviceauthorization.runtime.protocol.Step;
import io.quarkiverse.deviceauthorization.store.AuthorizationStore;
import io.quarkiverse.deviceauthorization.store.StoredFlow;
import io.quarkiverse.deviceauthorization.store.StoredFlow.Status;
import io.smallrye.mutiny.Uni;

/**
 * What the store has of one flow. One change is written after the other, each over what we know to be there, so that other
 * processes are noticed: by turns, they may poll the same flow, and any of them may end it.
 */
final class FlowRecord {

    /** How many writes are remembered that may have been done, though they failed. */
    private static final int MOST_UNSURE = 8;

    /** @param turn whether it was our turn when it was written */
    private record Unsure(StoredFlow flow, boolean turn) {
    }

    private final AuthorizationStore store;
    private StoredFlow current;
    private boolean ours;
    /** Whether we have said until when the others leave the server alone: who only changes something else has not. */
    private boolean turn;
    private List<Unsure> unsure = List.of();
    private Uni<?> last;

    /** @param ours whether nobody else can have written it since */
    FlowRecord(AuthorizationStore store, StoredFlow current, boolean ours) {
        this.store = store;
        this.current = current;
        this.ours = ours;
        this.turn = ours;
    }

    /** @return the flow as it was last read or written */
    synchronized StoredFlow flow() {
        return current;
    }

    /** Stores a flow that nobody else knows yet: there is nothing that it has to wait for. */
    Uni<Optional<StoredFlow>> begin() {
        return insist(UnaryOperator.identity());
    }

    /**
     * Takes the next turn in asking the server, unless another process has it, or has changed the flow.
     *
     * @param until how long the others shall leave the server alone
     * @param longest for how long anybody claims it at most: what goes on for longer was claimed by a clock that has been set
     *        since
     * @return nothing when it is our turn; else the flow as it is now
     */
    Uni<Optional<StoredFlow>> takeTurn(Instant now, Instant until, Instant longest) {
        return inTurn(() -> {
            Instant claimed = flow().nextRequest();
            return hasTurn() || !now.isBefore(claimed) || claimed.isAfter(longest) ? claim(until) : look();
        });
    }

    /** Keeps our turn for as long at least, if it is ours. */
    Uni<Void> keepTurn(Instant until) {
        return inTurn(() -> hasTurn() ? insist(stored -> stored.leftAlone(until)).replaceWithVoid()
                : Uni.createFrom().voidItem());
    }

    private Uni<Optional<StoredFlow>> claim(Instant until) {
        StoredFlow flow = flow();
        return replace(flow, flow.claimed(until), true).onItem().transformToUni(done -> done
                ? Uni.createFrom().item(Optional.empty())
                : look().onItem().transformToUni(found -> mayClaimAgain(flow) ? claim(until)
                        : Uni.createFrom().item(found)));
    }

    /** It is our turn all the same: others have only changed something else, or the store has lost it. */
    private synchronized boolean mayClaimAgain(StoredFlow tried) {
        return turn && current.status() == Status.PENDING && current.version() != tried.version();
    }

    /** Lets others have the flow from then on, if it is our turn. */
    Uni<Void> release(Instant from) {
        return inTurn(() -> {
            StoredFlow flow = flow();
            return hasTurn() && flow.status() == Status.PENDING ? replace(flow, flow.claimed(from), true).replaceWithVoid()
                    : Uni.createFrom().voidItem();
        });
    }

    /**
     * Changes the flow, whatever others have made of it, unless it has ended. Tokens are no less granted because another
     * process took their code for refused or expired: that it was spent on them.
     *
     * @return nothing when it is done; else how the flow has ended
     */
    Uni<Optional<StoredFlow>> change(UnaryOperator<StoredFlow> change) {
        return inTurn(() -> insist(change));
    }

    /** @return the flow, if another process has ended it or been granted tokens for it */
    Uni<Optional<StoredFlow>> spent() {
        return inTurn(this::look).onItem()
                .transform(found -> found.filter(flow -> flow.status() != Status.PENDING || flow.granted().isPresent()));
    }

    private Uni<Optional<StoredFlow>> insist(UnaryOperator<StoredFlow> change) {
        StoredFlow flow = flow();
        StoredFlow changed = change.apply(flow).replacing(flow.version());
        if (isOver(flow, changed)) { // whoever has just looked has read it, and nobody has been told yet
            return Uni.createFrom().item(isOurs() && flow.status() == changed.status() ? Optional.empty() : Optional.of(flow));
        }
        return Step.then(replace(flow, changed, hasTurn()), done -> done
                ? Uni.createFrom().item(Optional.empty())
                : look().onItem().transformToUni(found -> {
                    if (isOurs() && flow().equals(changed)) {
                        return Uni.createFrom().item(Optional.empty());
                    }
                    return found.filter(now -> isOver(now, change.apply(now))).isPresent() ? Uni.createFrom().item(found)
                            : insist(change);
                }));
    }

    private static boolean isOver(StoredFlow found, StoredFlow wanted) {
        boolean granted = wanted.granted().isPresent() || wanted.status() == Status.APPROVED;
        return found.status() != Status.PENDING && !(isOnlyRefused(found) && granted);
    }

    /** @return whether a process has ended it that was granted nothing, which another one may have been all the same */
    static boolean isOnlyRefused(StoredFlow found) {
        return found.status() == Status.FAILED || found.status() == Status.EXPIRED;
    }

    /** What the store has lost is written anew. */
    private Uni<Optional<StoredFlow>> look() {
        StoredFlow known = flow();
        return store.findFlow(known.pending().client(), known.pending().id()).onItem()
                .transform(found -> Optional.of(found(found.orElse(known.replacing(-1)))));
    }

    /** @param our whether it is our turn, once that is written */
    private Uni<Boolean> replace(StoredFlow flow, StoredFlow replacement, boolean our) {
        StoredFlow next = replacement.replacing(flow.version());
        return store.replaceFlow(flow.version(), next).plug(answer -> new Step<>(answer, done -> {
            if (done) {
                read(next, true, our);
            }
            return done;
        }, problem -> {
            unsure(new Unsure(next, our));
            throw (RuntimeException) problem;
        }));
    }

    /**
     * What could not be written may have been written all the same, when only the store's answer got lost. One of those that
     * were tried one after the other, since each expects what was there before them.
     */
    private synchronized void unsure(Unsure write) {
        if (unsure.contains(write)) {
            return;
        }
        if (unsure.isEmpty()) {
            unsure = new ArrayList<>(1);
        } else if (unsure.size() == MOST_UNSURE) {
            unsure.remove(MOST_UNSURE - 1); // it was in the midst of a long outage
        }
        unsure.add(write);
    }

    /** It is still our turn unless somebody else has said since until when the others leave the server alone. */
    private synchronized StoredFlow found(StoredFlow flow) {
        for (Unsure write : unsure) {
            if (write.flow.equals(flow)) {
                return read(flow, true, write.turn);
            }
        }
        return read(flow, false, turn && flow.nextRequest().equals(current.nextRequest()));
    }

    private synchronized StoredFlow read(StoredFlow flow, boolean written, boolean our) {
        current = flow;
        ours = written;
        turn = our;
        unsure = List.of();
        return flow;
    }

    private synchronized boolean hasTurn() {
        return turn;
    }

    private synchronized boolean isOurs() {
        return ours;
    }

    /** After what is being written now, however that ends. */
    private synchronized <T> Uni<T> inTurn(Supplier<Uni<T>> work) {
        Uni<?> before = last;
        Uni<T> mine = (before == null ? Uni.createFrom().deferred(work::get)
                : before.onItemOrFailure().transformToUni((done, problem) -> work.get())).memoize().indefinitely();
        last = mine;
        return mine.onTermination().invoke(() -> forget(mine));
    }

    private synchronized void forget(Uni<?> done) {
        if (last == done) {
            last = null;
        }
    }
}

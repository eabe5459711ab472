package io.quarkiverse.deviceauthorization.runtime.dev;

import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;

import io.quarkiverse.deviceauthorization.event.DeviceAuthorizationEvent;
import io.quarkiverse.deviceauthorization.event.Failed;
import io.quarkiverse.deviceauthorization.event.GaveUp;
import io.quarkiverse.deviceauthorization.event.RefreshRejected;
import io.quarkiverse.deviceauthorization.event.SlowedDown;
import io.quarkiverse.deviceauthorization.event.Started;
import io.quarkiverse.deviceauthorization.event.TransientFailure;
import io.quarkiverse.deviceauthorization.runtime.dev.FlowView.Entry;

/** What has happened to one flow, or to the tokens of one owner: the first event, and the latest ones. */
final class Timeline {

    private static final Set<String> ENDS = Set.of("Approved", "Denied", "Expired", "Failed", "Cancelled");

    private final String client;
    private final String owner;
    private final String id;
    private final int atMost;
    private final Deque<Entry> latest = new ArrayDeque<>();
    private Entry first;
    private int omitted;
    private Long expiresAt;
    private boolean over;

    /**
     * @param id the id of the flow; null for what happens to tokens
     * @param atMost how many events are kept besides the first one
     */
    Timeline(String client, String owner, String id, int atMost) {
        this.client = client;
        this.owner = owner;
        this.id = id;
        this.atMost = atMost;
    }

    void add(DeviceAuthorizationEvent event, long at) {
        Entry entry = new Entry(at, event.getClass().getSimpleName(), detail(event));
        if (event instanceof Started started) {
            expiresAt = started.expiresAt().toEpochMilli();
        }
        over = ENDS.contains(entry.kind());
        if (first == null) {
            first = entry;
            return;
        }
        if (latest.size() == atMost) {
            latest.removeFirst();
            omitted++;
        }
        latest.add(entry);
    }

    boolean isOver() {
        return over;
    }

    /** @return whether somebody may still decide at this time */
    boolean waits(long now) {
        return id != null && !over && (expiresAt == null || now < expiresAt);
    }

    FlowView view() {
        List<Entry> entries = new ArrayList<>(latest.size() + 1);
        entries.add(first);
        entries.addAll(latest);
        return new FlowView(client, owner, id, expiresAt, entries.get(entries.size() - 1).kind(), over, omitted, entries);
    }

    private static String detail(DeviceAuthorizationEvent event) {
        if (event instanceof SlowedDown slowedDown) {
            return "The server wants "
                    + BigDecimal.valueOf(slowedDown.interval().toMillis(), 3).stripTrailingZeros().toPlainString()
                    + " s between two polls";
        } else if (event instanceof TransientFailure failure) {
            return failure.message();
        } else if (event instanceof GaveUp gaveUp) {
            return gaveUp.message();
        } else if (event instanceof Failed failed) {
            return failed.error();
        } else if (event instanceof RefreshRejected rejected) {
            return rejected.error();
        }
        return null;
    }
}

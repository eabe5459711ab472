package io.quarkiverse.deviceauthorization.runtime.flow;

import java.util.Arrays;

/**
 * Entries by their time, the earliest first: a binary heap whose entries know their own place in it. So one is added, moved or
 * removed in O(log n), for the price of a reference each. Not thread-safe.
 */
final class TimeHeap {

    /** Something that has a time. It is in one heap at most. */
    abstract static class Entry {

        private TimeHeap heap;
        private int place;
        private long at;
    }

    private static final int SMALLEST = 16;

    private Entry[] entries = new Entry[SMALLEST];
    private int size;

    /** @return the entry with the earliest time, or null */
    Entry first() {
        return entries[0];
    }

    /** @return the earliest time, as long as there is an entry */
    long earliest() {
        return entries[0].at;
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** Adds an entry, or moves it to another time, from another heap if it is in one. */
    void put(Entry entry, long at) {
        if (entry.heap == this) {
            boolean later = at - entry.at > 0;
            entry.at = at;
            if (later) {
                sink(entry, entry.place);
            } else {
                rise(entry, entry.place);
            }
            return;
        }
        remove(entry);
        if (size == entries.length) {
            entries = Arrays.copyOf(entries, size + (size >> 1));
        }
        entry.heap = this;
        entry.at = at;
        rise(entry, size++);
    }

    /** Removes an entry from the heap that it is in, if any. */
    static void remove(Entry entry) {
        TimeHeap heap = entry.heap;
        if (heap != null) {
            entry.heap = null;
            heap.close(entry.place);
        }
    }

    /** The last entry takes the place of one that has left. */
    private void close(int place) {
        Entry last = entries[--size];
        entries[size] = null;
        if (place != size) {
            sink(last, place);
            rise(last, last.place);
        }
        if (size < entries.length / 4 && entries.length > SMALLEST) {
            entries = Arrays.copyOf(entries, Math.max(SMALLEST, entries.length / 2));
        }
    }

    private void rise(Entry entry, int from) {
        int place = from;
        while (place > 0) {
            int above = (place - 1) / 2;
            if (entries[above].at - entry.at <= 0) {
                break;
            }
            settle(entries[above], place);
            place = above;
        }
        settle(entry, place);
    }

    private void sink(Entry entry, int from) {
        int place = from;
        for (int below = 2 * place + 1; below < size; below = 2 * place + 1) {
            if (below + 1 < size && entries[below + 1].at - entries[below].at < 0) {
                below++;
            }
            if (entries[below].at - entry.at >= 0) {
                break;
            }
            settle(entries[below], place);
            place = below;
        }
        settle(entry, place);
    }

    private void settle(Entry entry, int place) {
        entries[place] = entry;
        entry.place = place;
    }
}

package io.quarkiverse.deviceauthorization.it.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The events that all processes have told of, as their journals have them. */
final class NodeEvents {

    private static final Set<String> ENDS = Set.of("Approved", "Denied", "Expired", "Cancelled", "Failed");

    /**
     * An event.
     *
     * @param at when it was told, in microseconds
     * @param by the process
     * @param kind the type of the event
     */
    record Told(long at, Incarnation by, String kind) {

        @Override
        public String toString() {
            return kind + " at " + at + " by " + by;
        }
    }

    private final Map<String, List<Told>> ends = new HashMap<>();
    private int gaveUp;
    private int rejected;

    NodeEvents(List<Incarnation> incarnations) {
        incarnations.forEach(this::read);
    }

    private void read(Incarnation incarnation) {
        for (String line : lines(incarnation)) {
            String[] words = line.split(" ");
            if (ENDS.contains(words[1])) {
                ends.computeIfAbsent(words[2], id -> new ArrayList<>())
                        .add(new Told(Long.parseLong(words[0]), incarnation, words[1]));
            } else if (words[1].equals("GaveUp")) {
                gaveUp++;
            } else if (words[1].equals("RefreshRejected")) {
                rejected++;
            }
        }
    }

    /** A line that a kill has cut short is none. */
    private static List<String> lines(Incarnation incarnation) {
        try {
            if (!Files.exists(incarnation.journal)) {
                return List.of();
            }
            String text = Files.readString(incarnation.journal);
            return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The ends of this flow that were told. There should be one. */
    List<Told> ends(String id) {
        return ends.getOrDefault(id, List.of());
    }

    int gaveUp() {
        return gaveUp;
    }

    int rejected() {
        return rejected;
    }
}

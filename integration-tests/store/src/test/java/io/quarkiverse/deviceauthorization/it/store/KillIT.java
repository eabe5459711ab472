package io.quarkiverse.deviceauthorization.it.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import io.quarkiverse.deviceauthorization.it.store.Journal.Refresh;
import io.quarkiverse.deviceauthorization.it.store.Kill.Moment;
import io.quarkiverse.deviceauthorization.it.store.StoredFiles.StoredRefresh;

/** {@code kill -9}, at any moment of a refresh. How often is said by the system property {@code kills}. */
@DisplayName("A process that is killed while it refreshes")
class KillIT {

    private static final int KILLS = Integer.getInteger("kills", 150);

    @Test
    @DisplayName("leaves a store behind that the next one goes on with, and costs a sign-in in one window only")
    void killed() throws Exception {
        long begin = System.nanoTime();
        long seed = Long.getLong("kills.seed", begin);
        ExecutorService executor = Executors.newFixedThreadPool(2);
        try (Victim forgiven = new Victim("leeway", Duration.ofSeconds(60), seed);
                Victim unforgiven = new Victim("strict", Duration.ZERO, seed + 1)) {
            List<Future<?>> both = new ArrayList<>();
            for (Victim victim : List.of(forgiven, unforgiven)) {
                both.add(executor.submit(() -> victim.suffer(KILLS / 2)));
            }
            for (Future<?> one : both) {
                one.get();
            }
            tell(forgiven, unforgiven, begin, seed);

            assertThat(forgiven.losses()).as("sign-ins lost at a server that forgives").isEmpty();
            assertThat(unforgiven.losses()).as("sign-ins lost at a server that forgives nothing: each by a kill between its"
                    + " answer and the storage").containsExactlyInAnyOrderElementsOf(
                            unforgiven.kills().stream().filter(kill -> kill.lostAnswer(unforgiven.journal())).toList());
            for (Victim victim : List.of(forgiven, unforgiven)) {
                assertThat(moments(victim).keySet()).as("moments at which processes were killed").containsExactlyInAnyOrder(
                        Moment.values());
                assertAskedAgainAtOnce(victim);
            }
        } finally {
            executor.shutdownNow();
        }
    }

    /** Whoever finds the note that a refresh began asks with the same refresh token, before anything else. */
    private static void assertAskedAgainAtOnce(Victim victim) {
        Map<String, List<String>> found = new HashMap<>();
        victim.runs().forEach((name, run) -> found.put(name, run.told("found")));
        for (Kill kill : victim.kills()) {
            kill.after().filter(stored -> stored.refreshStarted().isPresent()).map(StoredRefresh::refreshToken)
                    .ifPresent(token -> {
                        String next = victim.after(kill.run());
                        assertThat(victim.journal().by(next).stream().limit(1).map(refresh -> refresh.spent))
                                .as("what the process after %s refreshed first", kill.run()).allMatch(token::equals);
                        assertThat(found.get(next)).as("what the process after %s found", kill.run())
                                .noneMatch(line -> line.endsWith(Journal.digest(token)));
                    });
        }
    }

    private static Map<Moment, List<Kill>> moments(Victim victim) {
        Map<Moment, List<Kill>> moments = new HashMap<>();
        victim.kills().forEach(
                kill -> moments.computeIfAbsent(kill.moment(victim.journal()), moment -> new ArrayList<>()).add(kill));
        return moments;
    }

    /**
     * From when the server has spent a refresh token until the program has stored the one that came for it, in microseconds.
     */
    private static List<Long> windows(Victim victim) {
        List<Long> windows = new ArrayList<>();
        victim.runs().forEach((name, run) -> {
            Map<String, Long> stored = new HashMap<>();
            for (String what : List.of("found", "refreshed")) {
                run.told(what).stream().map(line -> line.split(" ")).filter(words -> words.length == 2)
                        .forEach(words -> stored.put(words[1], Long.parseLong(words[0])));
            }
            for (Refresh refresh : victim.journal().by(name)) {
                refresh.issued().map(Journal::digest).map(stored::get).ifPresent(at -> windows.add(at - refresh.performedAt()));
            }
        });
        Collections.sort(windows);
        return windows;
    }

    private static void tell(Victim forgiven, Victim unforgiven, long begin, long seed) {
        StringBuilder table = new StringBuilder(String.format("%n%d processes killed while they refresh (seed %d, %.0f s)%n",
                forgiven.kills().size() + unforgiven.kills().size(), seed, (System.nanoTime() - begin) / 1e9));
        row(table, "", "leeway of 60 s", "no leeway");
        row(table, "killed", forgiven.kills().size(), unforgiven.kills().size());
        for (Moment moment : Moment.values()) {
            row(table, "  " + moment.text, moments(forgiven).getOrDefault(moment, List.of()).size(),
                    moments(unforgiven).getOrDefault(moment, List.of()).size());
        }
        row(table, "sign-ins lost", forgiven.losses().size(), unforgiven.losses().size());
        for (Moment moment : Moment.values()) {
            row(table, "  " + moment.text, lost(forgiven, moment), lost(unforgiven, moment));
        }
        List<Long> windows = new ArrayList<>(windows(forgiven));
        List<Long> others = windows(unforgiven);
        row(table, "refreshes that were stored", windows.size(), others.size());
        row(table, "spent to stored: median", millis(windows, 0.5), millis(others, 0.5));
        row(table, "spent to stored: 99 of 100", millis(windows, 0.99), millis(others, 0.99));
        row(table, "spent to stored: longest", millis(windows, 1), millis(others, 1));
        System.out.println(table);
    }

    private static long lost(Victim victim, Moment moment) {
        return victim.losses().stream().filter(kill -> kill.moment(victim.journal()) == moment).count();
    }

    private static String millis(List<Long> sorted, double share) {
        return String.format("%.1f ms", sorted.get((int) Math.ceil(share * sorted.size()) - 1) / 1000.0);
    }

    private static void row(StringBuilder table, String name, Object... cells) {
        table.append(String.format("%-32s", name));
        Arrays.stream(cells).forEach(cell -> table.append(String.format("%16s", cell)));
        table.append(String.format("%n"));
    }
}

package io.quarkiverse.deviceauthorization.runtime.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** Guesses which key somebody meant who has written one that there is not. */
final class MeantKey {

    /** What others call the same thing: {@code quarkus.oidc-client}, and the metadata of servers (RFC 8414 §2). */
    private static final Map<String, String> ELSEWHERE = Map.ofEntries(
            Map.entry("client-secret", "credentials.secret"),
            Map.entry("client-secret.value", "credentials.secret"),
            Map.entry("client-secret.method", "credentials.method"),
            Map.entry("client-secret.provider.name", "credentials.provider.name"),
            Map.entry("client-secret.provider.key", "credentials.provider.key"),
            Map.entry("client-secret.provider.keyring-name", "credentials.provider.keyring-name"),
            Map.entry("jwt.secret", "credentials.secret"),
            Map.entry("jwt.token-key-id", "credentials.jwt.key-id"),
            Map.entry("refresh-token-time-skew", "tokens.refresh-skew"),
            Map.entry("connection-timeout", "connect-timeout"),
            Map.entry("max-pool-size", "polling.max-in-flight"),
            Map.entry("client-enabled", "active"),
            Map.entry("enabled", "active"),
            Map.entry("proxy.host", "proxy-configuration-name"),
            Map.entry("issuer", "auth-server-url"),
            Map.entry("device-authorization-endpoint", "device-authorization-path"),
            Map.entry("token-endpoint", "token-path"),
            Map.entry("revocation-endpoint", "revoke-path"),
            Map.entry("revocation-path", "revoke-path"),
            Map.entry("userinfo-endpoint", "user-info-path"),
            Map.entry("jwks-uri", "jwks-path"));

    private static final String CREDENTIALS = "credentials.";

    private final OwnKeys keys;

    MeantKey(OwnKeys keys) {
        this.keys = keys;
    }

    /**
     * @param key a key, without the prefix
     * @param letters in how many letters it differs from what is written
     * @param signs in how many letters, dots and dashes
     */
    record Guess(String key, int letters, int signs) {

        Guess behind(String client) {
            return new Guess(client + key, letters, signs);
        }

        boolean isNearerThan(Optional<Guess> other) {
            return other.isEmpty() || letters < other.get().letters
                    || letters == other.get().letters && signs < other.get().signs;
        }
    }

    /** @return the key that is spelt nearly so, in whatever way words are put together */
    Optional<Guess> near(String written) {
        TreeSet<String> all = new TreeSet<>(keys.others());
        all.addAll(keys.ofClients());
        return nearest(written, all);
    }

    /** @return the key of a client that is spelt nearly so */
    Optional<Guess> nearOfClient(String written) {
        return nearest(written, new TreeSet<>(keys.ofClients()));
    }

    /** @return the key of a client that is spelt nearly so, is called so elsewhere, or is the same on another level */
    Optional<String> ofClient(String written) {
        String member = written.replace("\"", "");
        String elsewhere = ELSEWHERE.get(member.startsWith(CREDENTIALS) ? member.substring(CREDENTIALS.length()) : member);
        if (elsewhere != null && keys.ofClients().contains(elsewhere)) {
            return Optional.of(elsewhere);
        }
        return nearOfClient(written).map(Guess::key).or(() -> onAnotherLevel(member));
    }

    private Optional<String> onAnotherLevel(String member) {
        String found = null;
        for (String key : keys.ofClients()) {
            if (key.endsWith("." + member) || member.endsWith("." + key)) {
                if (found != null) {
                    return Optional.empty(); // several, and nobody knows which
                }
                found = key;
            }
        }
        return Optional.ofNullable(found);
    }

    private static Optional<Guess> nearest(String written, SortedSet<String> all) {
        Optional<Guess> nearest = Optional.empty();
        for (String key : all) {
            Optional<Guess> guess = key.contains(OwnKeys.ANY) ? withNames(written, key) : guess(key, written, key);
            if (guess.isPresent() && guess.get().isNearerThan(nearest)) {
                nearest = guess;
            }
        }
        return nearest;
    }

    private static Optional<Guess> guess(String key, String written, String known) {
        String letters = plain(written, "");
        String knownLetters = plain(known, "");
        int most = Math.max(1, Math.min(3, letters.length() / 6));
        if (Math.abs(knownLetters.length() - letters.length()) > most) {
            return Optional.empty();
        }
        int distance = distance(letters, knownLetters);
        return distance > most ? Optional.empty()
                : Optional.of(new Guess(key, distance, distance(plain(written, "-"), plain(known, "-"))));
    }

    /** @return the key with the names that are written, such as that of a header, if all else is spelt nearly so */
    private static Optional<Guess> withNames(String written, String pattern) {
        List<String> known = OwnKeys.segments(pattern);
        List<String> segments = OwnKeys.segments(written);
        boolean open = known.get(known.size() - 1).equals(OwnKeys.ANY);
        if (segments.size() < known.size() || segments.size() > known.size() && !open) {
            return Optional.empty();
        }
        List<String> key = new ArrayList<>();
        List<String> words = new ArrayList<>();
        for (int index = 0; index < segments.size(); index++) {
            String segment = segments.get(index);
            if (index < known.size() && !known.get(index).equals(OwnKeys.ANY)) {
                key.add(known.get(index));
                words.add(segment);
            } else {
                key.add(segment.contains(".") ? '"' + segment + '"' : segment);
            }
        }
        known.removeIf(OwnKeys.ANY::equals);
        return guess(String.join(".", key), String.join(".", words), String.join(".", known));
    }

    /** @return the letters, in small ones, with that between the words */
    private static String plain(String key, String between) {
        return key.replaceAll("[^A-Za-z0-9]+", between).toLowerCase(Locale.ROOT);
    }

    /** How many letters are missing, too many, wrong, or swapped with their neighbours (optimal string alignment). */
    private static int distance(String left, String right) {
        int[][] steps = new int[left.length() + 1][right.length() + 1];
        for (int row = 0; row <= left.length(); row++) {
            for (int column = 0; column <= right.length(); column++) {
                steps[row][column] = row == 0 || column == 0 ? row + column : step(steps, left, right, row, column);
            }
        }
        return steps[left.length()][right.length()];
    }

    private static int step(int[][] steps, String left, String right, int row, int column) {
        int changed = left.charAt(row - 1) == right.charAt(column - 1) ? 0 : 1;
        int least = Math.min(steps[row - 1][column - 1] + changed,
                Math.min(steps[row - 1][column], steps[row][column - 1]) + 1);
        boolean swapped = row > 1 && column > 1 && left.charAt(row - 1) == right.charAt(column - 2)
                && left.charAt(row - 2) == right.charAt(column - 1);
        return swapped ? Math.min(least, steps[row - 2][column - 2] + 1) : least;
    }
}

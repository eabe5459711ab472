package io.quarkiverse.deviceauthorization.runtime.idtoken;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

import org.jose4j.jwk.JsonWebKey;
import org.jose4j.lang.JoseException;

import io.quarkiverse.deviceauthorization.runtime.protocol.SingleFlight;
import io.smallrye.mutiny.Uni;

/** The keys that the server signs ID tokens with (RFC 7517 §5). They change: an unknown one is looked for again. */
final class SigningKeys {

    /** However many tokens with unknown keys come, the server is asked for new ones no more often than this. */
    private static final Duration PAUSE = Duration.ofSeconds(10);

    /** Keys that the server has withdrawn are not trusted for longer than this. */
    private static final Duration LIFE = Duration.ofHours(1);

    /**
     * What was read.
     *
     * @param again whether it was read for a key that was not known
     */
    private record Known(List<JsonWebKey> keys, long readMillis, boolean again) {
    }

    private final InstantSource clock;
    private final SingleFlight<List<JsonWebKey>> reading = new SingleFlight<>();
    private volatile Known known;

    SigningKeys(InstantSource clock) {
        this.clock = clock;
    }

    /** @return the keys in memory; none when they were not read yet, or don't fit any more */
    List<JsonWebKey> inMemory() {
        Known current = known;
        return current == null ? List.of() : current.keys;
    }

    /**
     * @param reader reads the members of the JWK set from where it is now; fails when the server can't be asked
     * @return the keys, from memory if they are there; to be subscribed to at once, since those who ask meanwhile share it
     */
    Uni<List<JsonWebKey>> keys(Supplier<Uni<Map<String, Object>>> reader) {
        Known current = known;
        if (current == null) {
            return reading.join(() -> read(reader, false));
        }
        return Math.abs(clock.millis() - current.readMillis) < LIFE.toMillis() ? Uni.createFrom().item(current.keys)
                : reading.join(() -> read(reader, false)).onFailure().recoverWithItem(current.keys);
    }

    /**
     * @param reader reads the members of the JWK set from where it is now; fails when the server can't be asked
     * @param begin when the check began that needs them
     * @return the keys as they are now, or those in memory when they were read since then; empty when they were read again just
     *         before, and the server is left alone
     */
    Uni<Optional<List<JsonWebKey>>> newKeys(Supplier<Uni<Map<String, Object>>> reader, long begin) {
        Known current = known;
        if (current != null && current.readMillis >= begin) {
            return Uni.createFrom().item(Optional.of(current.keys));
        }
        boolean tooSoon = current != null && current.again
                && Math.abs(clock.millis() - current.readMillis) < PAUSE.toMillis();
        return tooSoon ? Uni.createFrom().item(Optional.empty())
                : reading.join(() -> read(reader, true)).onItem().transform(Optional::of);
    }

    private Uni<List<JsonWebKey>> read(Supplier<Uni<Map<String, Object>>> reader, boolean again) {
        return Uni.createFrom().deferred(reader::get).onItem().transform(set -> {
            List<JsonWebKey> keys = parse(set);
            known = new Known(keys, clock.millis(), again);
            return keys;
        });
    }

    /** Keys of a kind that this Java doesn't know are left out; others may still fit. */
    private static List<JsonWebKey> parse(Map<String, Object> set) {
        List<JsonWebKey> keys = new ArrayList<>();
        if (set.get("keys") instanceof Collection<?> members) {
            for (Object member : members) {
                if (member instanceof Map<?, ?> parameters) {
                    try {
                        @SuppressWarnings("unchecked")
                        Map<String, Object> key = (Map<String, Object>) parameters;
                        keys.add(JsonWebKey.Factory.newJwk(key));
                    } catch (JoseException | RuntimeException e) {
                        // this one is left out
                    }
                }
            }
        }
        return List.copyOf(keys);
    }
}

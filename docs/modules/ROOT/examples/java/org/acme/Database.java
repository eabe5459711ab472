package org.acme;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;

import io.quarkiverse.deviceauthorization.store.StoredFlow;
import io.quarkiverse.deviceauthorization.store.StoredTokens;

/** Stands for a database: three tables, and a transaction around each method. */
@ApplicationScoped
public class Database {

    record Key(String client, String name) {

        Key {
            Objects.requireNonNull(client, "client");
            Objects.requireNonNull(name, "name");
        }
    }

    record Lease(String holder, Instant until) {
    }

    private final Map<Key, StoredFlow> flows = new HashMap<>();
    private final Map<Key, StoredTokens> tokens = new HashMap<>();
    private final Map<Key, Lease> leases = new HashMap<>();

    synchronized Optional<StoredFlow> flow(Key key) {
        return Optional.ofNullable(flows.get(key));
    }

    synchronized List<StoredFlow> flows(Predicate<StoredFlow> wanted) {
        return flows.values().stream().filter(wanted).toList();
    }

    synchronized boolean replace(Key key, long expectedVersion, StoredFlow replacement) {
        if (flow(key).map(StoredFlow::version).orElse(0L) != expectedVersion) {
            return false;
        }
        flows.put(key, replacement);
        return true;
    }

    synchronized Optional<StoredTokens> tokens(Key key) {
        return Optional.ofNullable(tokens.get(key));
    }

    synchronized boolean replace(Key key, long expectedVersion, Optional<StoredTokens> replacement) {
        Objects.requireNonNull(replacement, "replacement");
        if (tokens(key).map(StoredTokens::version).orElse(0L) != expectedVersion) {
            return false;
        }
        replacement.ifPresentOrElse(newer -> tokens.put(key, newer), () -> tokens.remove(key));
        return true;
    }

    synchronized Set<String> owners(String client) {
        Objects.requireNonNull(client, "client");
        return tokens.keySet().stream().filter(key -> key.client().equals(client)).map(Key::name).collect(Collectors.toSet());
    }

    synchronized boolean lease(Key key, String holder, Instant now, Instant until) {
        Lease held = leases.get(key);
        if (held != null && now.isBefore(held.until())) {
            return false;
        }
        leases.put(key, new Lease(holder, until));
        return true;
    }

    synchronized void release(Key key, String holder) {
        Lease held = leases.get(key);
        if (held != null && held.holder().equals(holder)) {
            leases.remove(key);
        }
    }
}

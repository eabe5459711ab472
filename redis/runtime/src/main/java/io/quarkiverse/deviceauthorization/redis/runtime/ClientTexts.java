package io.quarkiverse.deviceauthorization.redis.runtime;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

import io.quarkiverse.deviceauthorization.runtime.store.BrokenContentException;
import io.quarkiverse.deviceauthorization.runtime.store.Encryption;
import io.quarkiverse.deviceauthorization.runtime.store.StoredJson;
import io.quarkiverse.deviceauthorization.store.AuthorizationStoreException;
import io.quarkiverse.deviceauthorization.store.StoredFlow;
import io.quarkiverse.deviceauthorization.store.StoredTokens;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;

/** The texts that flows and tokens are stored as, encrypted or not, which differs from client to client. */
final class ClientTexts {

    private static final StoredJson PLAIN = new StoredJson(Optional.empty());

    private final Function<String, Optional<Encryption>> encryption;
    private final Map<String, Optional<Encryption>> known = new ConcurrentHashMap<>();

    /** @param encryption finds the encryption of a client, if there is one */
    ClientTexts(Function<String, Optional<Encryption>> encryption) {
        this.encryption = encryption;
    }

    /** @return what reads and writes the client's texts. Who knows the key may block, and is asked on a thread that can wait */
    Uni<StoredJson> of(String client) {
        Optional<Encryption> mine = known.computeIfAbsent(client, encryption);
        if (mine.isEmpty()) {
            return Uni.createFrom().item(PLAIN);
        }
        Uni<StoredJson> encrypted = mine.get().json();
        return mine.get().isKnown() ? encrypted : encrypted.runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
    }

    static StoredFlow flow(StoredJson json, ClientKeys keys, String id, String text) {
        String place = place(keys.flow(id));
        try {
            StoredFlow flow = json.readFlow(text, keys.client(), place);
            if (flow.pending().client().equals(keys.client()) && flow.pending().id().equals(id)) {
                return flow;
            }
            throw foreign(place);
        } catch (BrokenContentException e) {
            throw broken(place, e);
        }
    }

    static StoredTokens tokens(StoredJson json, ClientKeys keys, String owner, String text) {
        String place = place(keys.tokens(owner));
        try {
            StoredJson.Owned owned = json.readTokens(text, keys.client(), place);
            if (owned.client().equals(keys.client()) && owned.owner().equals(owner)) {
                return owned.stored();
            }
            throw foreign(place);
        } catch (BrokenContentException e) {
            throw broken(place, e);
        }
    }

    private static String place(String key) {
        return "What Redis has under the key " + key;
    }

    private static AuthorizationStoreException broken(String place, BrokenContentException e) {
        return new AuthorizationStoreException(place + " is broken: " + e.getMessage()
                + ". Find out who writes there, and delete the key to sign in again", null);
    }

    private static AuthorizationStoreException foreign(String place) {
        return new AuthorizationStoreException(place + " belongs to somebody else, or to another client, and is not used."
                + " Find out who writes there, and delete the key to sign in again", null);
    }
}

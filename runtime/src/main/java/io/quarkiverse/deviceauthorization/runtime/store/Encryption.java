package io.quarkiverse.deviceauthorization.runtime.store;

import java.util.Optional;
import java.util.function.Supplier;

import io.quarkiverse.deviceauthorization.runtime.protocol.SingleFlight;
import io.quarkiverse.deviceauthorization.store.AuthorizationStoreException;
import io.smallrye.mutiny.Uni;

/** Where the key comes from that stored flows and tokens are encrypted with, and what is read that is not encrypted. */
public final class Encryption {

    private final Supplier<Uni<String>> secret;
    private final boolean acceptPlain;
    private final SingleFlight<StoredJson> asking = new SingleFlight<>();
    private volatile StoredJson known;

    private Encryption(Supplier<Uni<String>> secret, boolean acceptPlain, StoredJson known) {
        this.secret = secret;
        this.acceptPlain = acceptPlain;
        this.known = known;
    }

    /**
     * @param secret what {@code tokens.encryption.key} says
     * @return encryption with the SHA-256 digest of that secret
     * @throws IllegalArgumentException if it has less than 32 characters
     */
    public static Encryption withKey(String secret) {
        return new Encryption(null, false, new StoredJson(Optional.of(EncryptionKey.of(secret))));
    }

    /**
     * @param secret asks for the secret when it is first needed, and again as long as it fails; what it once was is kept, since
     *        what is stored can be read with no other one. It may block, and should end within a time that a caller can wait
     * @return encryption with the SHA-256 digest of that secret
     */
    public static Encryption withKeyFrom(Supplier<Uni<String>> secret) {
        return new Encryption(secret, false, null);
    }

    /** @return the same, which reads what is not encrypted, too: from before there was a key, or made up by somebody */
    public Encryption acceptingPlain() {
        StoredJson present = known;
        return new Encryption(secret, true, present == null ? null : present.acceptingPlain());
    }

    /** @return whether {@link #json()} neither blocks nor waits */
    public boolean isKnown() {
        return known != null;
    }

    /** @return what reads and writes; fails with an {@link AuthorizationStoreException} when there is no key */
    public Uni<StoredJson> json() {
        return Uni.createFrom().deferred(() -> {
            StoredJson present = known;
            return present != null ? Uni.createFrom().item(present) : asking.join(this::ask);
        });
    }

    private Uni<StoredJson> ask() {
        return secret.get().onItem().transform(text -> {
            known = new StoredJson(Optional.of(EncryptionKey.of(text)), acceptPlain);
            return known;
        }).onFailure(problem -> !(problem instanceof AuthorizationStoreException))
                .transform(problem -> new AuthorizationStoreException(
                        "The key to encrypt tokens with can't be had: " + problem.getMessage(), problem));
    }
}

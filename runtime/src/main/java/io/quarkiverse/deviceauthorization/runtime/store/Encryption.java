package io.quarkiverse.deviceauthorization.runtime.store;

import java.util.function.Supplier;

import io.quarkiverse.deviceauthorization.runtime.protocol.SingleFlight;
import io.quarkiverse.deviceauthorization.store.AuthorizationStoreException;
import io.smallrye.mutiny.Uni;

/** Where the key comes from that stored flows and tokens are encrypted with. */
public final class Encryption {

    private final Supplier<Uni<String>> secret;
    private final SingleFlight<EncryptionKey> asking = new SingleFlight<>();
    private volatile EncryptionKey known;

    private Encryption(Supplier<Uni<String>> secret, EncryptionKey known) {
        this.secret = secret;
        this.known = known;
    }

    /**
     * @param secret what {@code tokens.encryption.key} says
     * @return encryption with the SHA-256 digest of that secret
     * @throws IllegalArgumentException if it has less than 32 characters
     */
    public static Encryption withKey(String secret) {
        return new Encryption(null, EncryptionKey.of(secret));
    }

    /**
     * @param secret asks for the secret when it is first needed, and again as long as it fails; what it once was is kept, since
     *        what is stored can be read with no other one. It may block, and should end within a time that a caller can wait
     * @return encryption with the SHA-256 digest of that secret
     */
    public static Encryption withKeyFrom(Supplier<Uni<String>> secret) {
        return new Encryption(secret, null);
    }

    /** @return whether {@link #key()} neither blocks nor waits */
    public boolean isKnown() {
        return known != null;
    }

    /** @return the key; fails with an {@link AuthorizationStoreException} when there is none */
    public Uni<EncryptionKey> key() {
        return Uni.createFrom().deferred(() -> {
            EncryptionKey present = known;
            return present != null ? Uni.createFrom().item(present) : asking.join(this::ask);
        });
    }

    private Uni<EncryptionKey> ask() {
        return secret.get().onItem().transform(text -> {
            known = EncryptionKey.of(text);
            return known;
        }).onFailure(problem -> !(problem instanceof AuthorizationStoreException))
                .transform(problem -> new AuthorizationStoreException(
                        "The key to encrypt tokens with can't be had: " + problem.getMessage(), problem));
    }
}

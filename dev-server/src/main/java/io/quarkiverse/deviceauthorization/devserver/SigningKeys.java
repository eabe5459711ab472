package io.quarkiverse.deviceauthorization.devserver;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** The key of one server; the first is generated beside its start so that nobody waits for it. */
final class SigningKeys {

    private final Codes codes;
    private volatile CompletableFuture<SigningKey> current;

    SigningKeys(Codes codes, Executor executor) {
        this.codes = codes;
        current = CompletableFuture.supplyAsync(this::another, executor);
    }

    /** A key that is not published. */
    SigningKey another() {
        return SigningKey.generate(codes.opaque().substring(0, 12));
    }

    SigningKey current() {
        return current.join();
    }

    /** Signs with a new key from now on, and publishes that one only. */
    void rotate() {
        current = CompletableFuture.completedFuture(another());
    }

    /** What is published (RFC 7517 §5). */
    Map<String, Object> published() {
        return Map.of("keys", List.of(current().publicKey()));
    }
}

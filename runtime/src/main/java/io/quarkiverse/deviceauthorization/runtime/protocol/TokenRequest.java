package io.quarkiverse.deviceauthorization.runtime.protocol;

import io.smallrye.mutiny.Uni;

/** A token request that is ready to be sent, any number of times. */
@FunctionalInterface
public interface TokenRequest {

    /** @return the answer to one request; never fails, an unreachable server is an answer too */
    Uni<TokenAnswer> send();
}

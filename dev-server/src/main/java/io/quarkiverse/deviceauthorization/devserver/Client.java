package io.quarkiverse.deviceauthorization.devserver;

import java.util.Optional;

/**
 * A client.
 *
 * @param id its {@code client_id}
 * @param secret the secret of a confidential client; a public one has none
 * @param deviceGrant whether it may use the device authorization grant
 */
record Client(String id, Optional<String> secret, boolean deviceGrant) {

    @Override
    public String toString() {
        return id;
    }
}

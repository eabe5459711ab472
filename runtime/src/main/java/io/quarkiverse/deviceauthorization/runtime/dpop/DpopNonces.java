package io.quarkiverse.deviceauthorization.runtime.dpop;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The last nonce of each server, which the next proof has to repeat (RFC 9449 §8, §9). */
public final class DpopNonces {

    /** Longer ones make a header that servers refuse. */
    private static final int MAX_LENGTH = 1024;

    private final Map<String, String> nonces = new ConcurrentHashMap<>();

    /** @return the nonce for a request to this server */
    public Optional<String> of(URI server) {
        return Optional.ofNullable(nonces.get(key(server)));
    }

    /**
     * @param server who answered
     * @param header the {@code DPoP-Nonce} header of its answer, if there is one
     * @return whether the nonce is a new one
     */
    public boolean remember(URI server, Optional<String> header) {
        return header.filter(nonce -> nonce.length() <= MAX_LENGTH && nonce.matches("[\\x21\\x23-\\x5B\\x5D-\\x7E]+"))
                .filter(nonce -> !nonce.equals(nonces.put(key(server), nonce))).isPresent();
    }

    private static String key(URI server) {
        return server.getScheme() + "://" + server.getRawAuthority();
    }
}

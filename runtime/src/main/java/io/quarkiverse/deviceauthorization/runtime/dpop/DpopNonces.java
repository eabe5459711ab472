package io.quarkiverse.deviceauthorization.runtime.dpop;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The last nonce of each server, which the next proof has to repeat (RFC 9449 §8, §9). */
public final class DpopNonces {

    /** Longer ones make a header that servers refuse. */
    private static final int MAX_LENGTH = 1024;

    /** Nobody has so many servers. Who forgets a nonce is told it again. */
    private static final int MOST = 1000;

    private final Map<String, String> nonces = new ConcurrentHashMap<>();

    /** @return the nonce for a request to this server */
    public Optional<String> of(URI server) {
        return Optional.ofNullable(nonces.get(key(server)));
    }

    /**
     * @param server who answered
     * @param used the nonce of the request, if it had one
     * @param header the {@code DPoP-Nonce} header of the answer, if there is one
     * @return whether the answer brings another nonce than the request had, so that it may be sent again. Whether it is new to
     *         us doesn't matter: requests that are sent at the same time are all challenged by the same one
     */
    public boolean remember(URI server, Optional<String> used, Optional<String> header) {
        Optional<String> brought = header
                .filter(nonce -> nonce.length() <= MAX_LENGTH && nonce.matches("[\\x21\\x23-\\x5B\\x5D-\\x7E]+"));
        if (brought.isPresent() && nonces.size() >= MOST) {
            nonces.clear();
        }
        brought.ifPresent(nonce -> nonces.put(key(server), nonce));
        return brought.isPresent() && !brought.equals(used);
    }

    private static String key(URI server) {
        return server.getScheme() + "://" + server.getRawAuthority();
    }
}

package io.quarkiverse.deviceauthorization.runtime.config;

import java.net.URI;

/** Whether a URL stays on this machine. */
public final class Loopback {

    private Loopback() {
    }

    /**
     * Decides by the text alone: a name is never looked up.
     *
     * @param uri a URL
     * @return whether its host is {@code localhost} or a loopback address
     */
    public static boolean is(URI uri) {
        String host = uri.getHost();
        return host != null && (host.equalsIgnoreCase("localhost") || host.equals("[::1]")
                || host.matches("127(\\.[0-9]{1,3}){3}"));
    }
}

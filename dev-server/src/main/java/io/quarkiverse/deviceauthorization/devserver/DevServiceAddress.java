package io.quarkiverse.deviceauthorization.devserver;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/** Finds the server of a client in the configuration of the application that is being tested. */
final class DevServiceAddress {

    private static final String PREFIX = "quarkus.device-authorization.";
    private static final Set<String> LOOPBACK_HOSTS = Set.of("localhost", "127.0.0.1", "[::1]");

    private DevServiceAddress() {
    }

    static URI ofDefaultClient() {
        return of(List.of(PREFIX + "auth-server-url"));
    }

    /** A name with dots is quoted in keys; any name may be. */
    static URI ofClient(String name) {
        return of(List.of(PREFIX + name + ".auth-server-url", PREFIX + "\"" + name + "\".auth-server-url"));
    }

    private static URI of(List<String> keys) {
        Config config = ConfigProvider.getConfig();
        String url = keys.stream().flatMap(key -> value(config, key)).findFirst()
                .orElseThrow(() -> new IllegalStateException("No Dev Service has been started: " + keys.get(0)
                        + " has no value. Is the client injected, and the test one of Quarkus?"));
        return loopback(URI.create(url));
    }

    private static Stream<String> value(Config config, String key) {
        return config.getOptionalValue(key, String.class).stream();
    }

    /** Nothing else listens to scripts, and a real server should not even be asked. */
    static URI loopback(URI issuer) {
        return Optional.of(issuer).filter(uri -> LOOPBACK_HOSTS.contains(String.valueOf(uri.getHost())))
                .orElseThrow(() -> new IllegalStateException(
                        issuer + " is no development server: those listen on the loopback interface only"));
    }
}

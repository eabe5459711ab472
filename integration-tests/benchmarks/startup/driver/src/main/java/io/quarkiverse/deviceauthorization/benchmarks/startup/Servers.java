package io.quarkiverse.deviceauthorization.benchmarks.startup;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;

import io.quarkiverse.deviceauthorization.devserver.DeviceAuthorizationServer;

/** The servers that the programs ask, which run in this process. */
final class Servers {

    private Servers() {
    }

    static DeviceAuthorizationServer start() {
        return DeviceAuthorizationServer.builder().interval(Duration.ofSeconds(1)).start();
    }

    static void get(String address) {
        try (var answer = URI.create(address.replace("0.0.0.0", "127.0.0.1")).toURL().openStream()) {
            answer.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

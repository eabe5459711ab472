package io.quarkiverse.deviceauthorization.benchmarks.contender;

import java.net.URI;

import jakarta.inject.Singleton;

import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Where the stub is. */
@Singleton
class StubEndpoints {

    private final URI base;

    StubEndpoints(@ConfigProperty(name = "stub.port") int port,
            @ConfigProperty(name = "stub.interval", defaultValue = "5") int interval) {
        this.base = URI.create("http://127.0.0.1:" + port + "/" + interval + "/");
    }

    URI base() {
        return base;
    }

    URI device() {
        return base.resolve("device");
    }

    URI token() {
        return base.resolve("token");
    }
}

package io.quarkiverse.deviceauthorization.benchmarks.contender;

/** What every contender sends. */
final class Parameters {

    static final String CLIENT_ID = "benchmark";
    static final String SCOPE = "profile offline_access";
    static final String GRANT_TYPE = "urn:ietf:params:oauth:grant-type:device_code";

    private Parameters() {
    }
}

package io.quarkiverse.deviceauthorization.benchmarks.startup;

import io.quarkiverse.deviceauthorization.DeviceAuthorization;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.annotations.QuarkusMain;

/** Signs a person in: the prompt comes from the extension. */
@QuarkusMain
public class SignIn implements QuarkusApplication {

    private final DeviceAuthorization deviceAuthorization;

    SignIn(DeviceAuthorization deviceAuthorization) {
        this.deviceAuthorization = deviceAuthorization;
    }

    @Override
    public int run(String... args) {
        System.out.println("Signed in until " + deviceAuthorization.login().expiresAt().orElseThrow());
        return 0;
    }
}

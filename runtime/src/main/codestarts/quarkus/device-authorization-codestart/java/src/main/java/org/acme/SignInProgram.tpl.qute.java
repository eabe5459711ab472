{#if input.selected-extensions-ga.contains('io.quarkus:quarkus-rest') or input.selected-extensions-ga.contains('io.quarkus:quarkus-rest-jackson') or input.selected-extensions-ga.contains('io.quarkus:quarkus-picocli')}<SKIP>{#else}package org.acme;

import io.quarkiverse.deviceauthorization.DeviceAuthorizationException;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.annotations.QuarkusMain;
import jakarta.inject.Inject;

@QuarkusMain
public class SignInProgram implements QuarkusApplication {

    @Inject
    SignIn signIn;

    @Override
    public int run(String... args) {
        try {
            System.out.println(signIn.greet());
            return 0;
        } catch (DeviceAuthorizationException problem) { // denied, expired, unreachable …
            System.err.println(problem.getMessage());
            return 1;
        }
    }

}
{/if}
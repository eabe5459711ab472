package io.quarkiverse.deviceauthorization.it.minimal;

import io.quarkiverse.deviceauthorization.PendingAuthorization;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.annotations.QuarkusMain;

/** Signs one person in. */
@QuarkusMain
public class SignIn implements QuarkusApplication {

    private final Kiosk kiosk;

    SignIn(Kiosk kiosk) {
        this.kiosk = kiosk;
    }

    @Override
    public int run(String... arguments) {
        PendingAuthorization pending = kiosk.start();
        System.out.println("Open " + pending.verificationUri() + " and enter " + pending.userCode());
        kiosk.await(pending);
        System.out.println("You are signed in.");
        return 0;
    }
}

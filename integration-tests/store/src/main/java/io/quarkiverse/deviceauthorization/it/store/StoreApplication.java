package io.quarkiverse.deviceauthorization.it.store;

import org.eclipse.microprofile.config.inject.ConfigProperty;

import io.quarkiverse.deviceauthorization.AuthorizationRequiredException;
import io.quarkiverse.deviceauthorization.DeviceAuthorization;
import io.quarkiverse.deviceauthorization.DeviceAuthorizationException;
import io.quarkiverse.deviceauthorization.PendingAuthorization;
import io.quarkiverse.deviceauthorization.store.AuthorizationStoreException;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.annotations.QuarkusMain;

/** A program that tells each of its steps on a line of its own, so that a test can end it between any two of them. */
@QuarkusMain
public class StoreApplication implements QuarkusApplication {

    private static final int FAILED = 1;
    private static final int AUTHORIZATION_REQUIRED = 2;
    private static final int STORE_FAILED = 3;

    private final DeviceAuthorization deviceAuthorization;
    private final boolean stackTraces;

    StoreApplication(DeviceAuthorization deviceAuthorization,
            @ConfigProperty(name = "owner", defaultValue = "default") String owner,
            @ConfigProperty(name = "stack-traces", defaultValue = "false") boolean stackTraces) {
        this.deviceAuthorization = deviceAuthorization.forOwner(owner);
        this.stackTraces = stackTraces;
    }

    @Override
    public int run(String... arguments) throws InterruptedException {
        try {
            perform(arguments);
            return 0;
        } catch (DeviceAuthorizationException problem) {
            System.err.println(problem.getMessage());
            if (stackTraces) {
                problem.printStackTrace();
            }
            return exitCode(problem);
        }
    }

    private static int exitCode(DeviceAuthorizationException problem) {
        if (problem instanceof AuthorizationRequiredException) {
            return AUTHORIZATION_REQUIRED;
        }
        return problem instanceof AuthorizationStoreException ? STORE_FAILED : FAILED;
    }

    private void perform(String... arguments) throws InterruptedException {
        Refreshes refreshes = new Refreshes(deviceAuthorization);
        switch (arguments[0]) {
            case "start" -> {
                PendingAuthorization pending = deviceAuthorization.start();
                Output.line("started", pending.id(), pending.userCode());
            }
            case "poll" -> Output.line("polled", deviceAuthorization.poll(flow(arguments[1])));
            case "await" -> {
                PendingAuthorization pending = flow(arguments[1]);
                Output.line("waiting", pending.userCode());
                Output.line("tokens", deviceAuthorization.await(pending));
            }
            case "login" -> Output.line("tokens", deviceAuthorization.login());
            case "tokens" -> Output.line("tokens", deviceAuthorization.tokens());
            case "refresh" -> refreshes.oneAfterTheOther(Integer.parseInt(arguments[1]));
            case "refresh-without-end" -> refreshes.withoutEnd();
            case "refresh-at-once" -> refreshes.atOnce(Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]));
            case "owners" -> Output.line("owners", deviceAuthorization.owners());
            case "logout" -> deviceAuthorization.logout();
            case "logout-all" -> deviceAuthorization.logoutAll();
            default -> throw new IllegalArgumentException("There is no command " + arguments[0]);
        }
        Output.line("done");
    }

    private PendingAuthorization flow(String id) {
        return deviceAuthorization.resume(id).orElseThrow(() -> new IllegalArgumentException("There is no flow " + id));
    }
}

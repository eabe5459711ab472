package io.quarkiverse.deviceauthorization.it.cli;

import io.quarkiverse.deviceauthorization.DeviceAuthorization;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Revokes the tokens at the server, and forgets them. */
@Command(name = "logout", mixinStandardHelpOptions = true, description = "Signs you out.")
class Logout implements Runnable {

    @Spec
    CommandSpec command;

    private final DeviceAuthorization deviceAuthorization;

    Logout(DeviceAuthorization deviceAuthorization) {
        this.deviceAuthorization = deviceAuthorization;
    }

    @Override
    public void run() {
        deviceAuthorization.logout();
        command.commandLine().getOut().println("You are signed out.");
    }
}

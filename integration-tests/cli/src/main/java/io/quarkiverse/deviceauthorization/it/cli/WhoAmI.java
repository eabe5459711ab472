package io.quarkiverse.deviceauthorization.it.cli;

import io.quarkiverse.deviceauthorization.DeviceAuthorization;
import io.quarkiverse.deviceauthorization.UserInfo;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Asks the server, so that it is true also when the session has ended there. */
@Command(name = "whoami", mixinStandardHelpOptions = true, description = "Says who is signed in.")
class WhoAmI implements Runnable {

    @Spec
    CommandSpec command;

    private final DeviceAuthorization deviceAuthorization;

    WhoAmI(DeviceAuthorization deviceAuthorization) {
        this.deviceAuthorization = deviceAuthorization;
    }

    @Override
    public void run() {
        UserInfo person = deviceAuthorization.userInfo();
        command.commandLine().getOut().println(person.text("name").orElse(person.subject()));
    }
}

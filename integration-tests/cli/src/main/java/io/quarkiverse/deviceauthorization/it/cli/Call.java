package io.quarkiverse.deviceauthorization.it.cli;

import org.eclipse.microprofile.rest.client.inject.RestClient;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Calls the API with the token of whoever is signed in; never asks anybody to sign in, so that scripts don't hang. */
@Command(name = "call", mixinStandardHelpOptions = true, description = "Calls the API and prints its answer, in JSON.")
class Call implements Runnable {

    @Spec
    CommandSpec command;

    private final HelloApi api;

    Call(@RestClient HelloApi api) {
        this.api = api;
    }

    @Override
    public void run() {
        command.commandLine().getOut().println(api.hello());
    }
}

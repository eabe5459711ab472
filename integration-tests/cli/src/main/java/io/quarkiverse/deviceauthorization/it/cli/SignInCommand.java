package io.quarkiverse.deviceauthorization.it.cli;

import org.eclipse.microprofile.rest.client.inject.RestClient;

import com.fasterxml.jackson.databind.JsonNode;

import io.quarkiverse.deviceauthorization.DeviceAuthorization;
import io.quarkiverse.deviceauthorization.Tokens;
import io.quarkus.picocli.runtime.annotations.TopCommand;
import picocli.CommandLine.Command;

/** Signs a person in, says who it is, and calls a protected resource with the token. */
@TopCommand
@Command(name = "hello", mixinStandardHelpOptions = true, description = "Signs you in and greets you.")
class SignInCommand implements Runnable {

    private final DeviceAuthorization deviceAuthorization;
    private final HelloApi api;

    SignInCommand(DeviceAuthorization deviceAuthorization, @RestClient HelloApi api) {
        this.deviceAuthorization = deviceAuthorization;
        this.api = api;
    }

    @Override
    public void run() {
        Tokens tokens = deviceAuthorization.login();
        JsonNode person = api.whoAmI(tokens.authorizationHeader());
        System.out.println("Signed in as " + person.path("name").asText(person.path("sub").asText()));
        System.out.println("The protected resource answered " + api.hello(tokens.authorizationHeader()));
    }
}

package org.acme;

import jakarta.inject.Inject;

import org.eclipse.microprofile.rest.client.inject.RestClient;

import io.quarkiverse.deviceauthorization.DeviceAuthorization;
import io.quarkiverse.deviceauthorization.DeviceAuthorizationException;
import io.quarkiverse.deviceauthorization.Tokens;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.annotations.QuarkusMain;

// tag::program[]
@QuarkusMain
public class SignIn implements QuarkusApplication {

    @Inject
    DeviceAuthorization deviceAuthorization;

    @Inject
    @RestClient
    Hello hello;

    @Override
    public int run(String... arguments) {
        try {
            Tokens tokens = deviceAuthorization.login(); // <1>
            System.out.println(hello.hello(tokens.authorizationHeader())); // <2>
            return 0;
        } catch (DeviceAuthorizationException e) {
            System.err.println(e.getMessage()); // <3>
            return 1;
        }
    }
}
// end::program[]

package io.quarkiverse.deviceauthorization.benchmarks.startup;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.rest.client.inject.RestClient;

import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.annotations.QuarkusMain;

/** Asks for codes and shows the same prompt, without the extension; nobody waits for what the person does. */
@QuarkusMain
public class SignIn implements QuarkusApplication {

    private final AuthorizationServer server;
    private final String clientId;
    private final String scope;

    SignIn(@RestClient AuthorizationServer server, @ConfigProperty(name = "client-id") String clientId,
            @ConfigProperty(name = "scope") String scope) {
        this.server = server;
        this.clientId = clientId;
        this.scope = scope;
    }

    @Override
    public int run(String... args) {
        DeviceCodes codes = server.start(clientId, scope);
        System.err.print("\nTo sign in, open this page on any device:\n\n    " + codes.verificationUri()
                + "\n\nand enter this code:\n\n    " + codes.userCode()
                + "\n\nOr open this page, and check that it shows the same code:\n\n    " + codes.verificationUriComplete()
                + "\n\nOnly go on if you started this sign-in yourself, just now.\n\n");
        System.err.flush();
        return 0;
    }
}

package org.acme;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import io.quarkiverse.deviceauthorization.devserver.DeviceAuthorizationServer;

class ServerTest {

    @Test
    void canBeToldWhatHappens() {
        // tag::server[]
        try (DeviceAuthorizationServer server = DeviceAuthorizationServer.start()) {
            server.script().pending(2).approve("alice"); // <1>
            // … let your client sign in at server.issuer() …
            // end::server[]
            assertEquals("http://localhost:" + server.port(), server.issuer());
            // tag::server[]
            assertEquals(0, server.counters().earlyPolls()); // <2>
        }
        // end::server[]
    }
}

package org.acme.before;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import io.quarkiverse.deviceauthorization.devserver.DeviceAuthorizationServer;

class HandWrittenTest {

    @Test
    void worksOnAGoodDay() throws Exception {
        try (DeviceAuthorizationServer server = DeviceAuthorizationServer.builder().interval(Duration.ofSeconds(1)).start()) {
            server.script().pending(1).approve("alice");
            assertFalse(new HandWritten(server.issuer()).accessToken().isBlank());
            assertEquals(0, server.counters().earlyPolls());
        }
    }
}

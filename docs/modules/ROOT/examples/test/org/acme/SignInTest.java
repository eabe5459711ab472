package org.acme;

import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.inject.Inject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.quarkiverse.deviceauthorization.DeviceAuthorization;
import io.quarkiverse.deviceauthorization.Tokens;
import io.quarkiverse.deviceauthorization.devserver.Script;
import io.quarkus.test.junit.QuarkusTest;

// tag::test[]
@QuarkusTest
class SignInTest {

    Script script = Script.ofDevService(); // <1>

    @Inject
    DeviceAuthorization deviceAuthorization;

    @Test
    void aliceSignsIn() {
        script.approve("alice"); // <2>
        Tokens tokens = deviceAuthorization.login(); // <3>
        assertEquals("alice", tokens.identity().orElseThrow().getSubject());
    }
    // end::test[]

    // tag::clean[]
    @BeforeEach
    void forgetOtherTests() {
        script.reset(); // <1>
    }

    @AfterEach
    void signOut() {
        deviceAuthorization.logout(); // <2>
    }
    // end::clean[]
    // tag::test[]
}
// end::test[]

package org.acme;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import jakarta.inject.Inject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.quarkiverse.deviceauthorization.AccessDeniedException;
import io.quarkiverse.deviceauthorization.DeviceAuthorization;
import io.quarkiverse.deviceauthorization.DeviceCodeExpiredException;
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

    // tag::refused[]
    @Test
    void nobodyIsSignedInWhenThePersonSaysNo() {
        script.deny();
        assertThrows(AccessDeniedException.class, deviceAuthorization::login);
    }

    @Test
    void nobodyIsSignedInWhenNobodyComes() {
        script.expire();
        assertThrows(DeviceCodeExpiredException.class, deviceAuthorization::login);
    }
    // end::refused[]

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
